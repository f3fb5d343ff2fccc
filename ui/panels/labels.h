// How settings are called and grouped in the narrow left dock, as engine/experiment/settings_table.h says.
#pragma once
#include "engine/experiment/describe.h"
#include "ui/theme/palette.h"
#include <QString>
#include <string>
#include <vector>

namespace duet::ui {

struct SettingsGroup {
  SettingGroup group = SettingGroup::data_and_model;
  QString title;
  Voice voice = Voice::neutral;
  std::vector<std::string> rows; ///< always visible (where they apply)
  std::vector<std::string> more; ///< folded
};

/// All settings the form shows, each once. What the top bar holds (fusion ratio, locks) and the circuit's
/// text are not among them.
std::vector<SettingsGroup> settings_groups();

QString short_label(const Field &field);
/// "LIF" for "lif", "fast sigmoid" for "fast_sigmoid".
QString choice_label(const Field &field, const std::string &choice);
/// Unit behind the number: "ms", "sd"; empty where the label already says it.
QString short_unit(const Experiment &experiment, const Field &field);
/// Rich text: what it is, what is allowed, when it takes effect.
QString setting_tooltip(const Field &field);
/// What is wrong, in the words that stand beside the controls instead of the paths of experiment.json.
QString in_words(const Problem &problem);
QString in_words(const std::string &sentence);
/// "7, 3, 41"
QString list_text(const std::vector<int> &list);
/// "spiking_neuron_tau_ms": objectName of a setting's row.
QString setting_object_name(const std::string &path);

} // namespace duet::ui
