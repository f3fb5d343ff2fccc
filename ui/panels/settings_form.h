// The left dock: every setting, made from its description, in four groups.
#pragma once
#include "engine/data/dataset.h"
#include "engine/experiment/describe.h"
#include "ui/panels/side_scroll.h"
#include "ui/theme/text_size.h"
#include <memory>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace duet::ui {

class NeuronPlots;
struct SettingsGroup;
class SettingRow;

/// Shows an experiment and emits wishes; holds no document.
class SettingsForm : public SideScroll {
  Q_OBJECT
public:
  explicit SettingsForm(QWidget *parent = nullptr);

  void show(const Experiment &experiment);
  /// What the source of the experiment shown holds, null if that is not known.
  void setSurvey(const std::shared_ptr<const Survey> &survey);
  void setPending(const std::vector<std::string> &paths); ///< edited, but waiting for a reset
  /// Unfolds what hides it, scrolls there and focuses it.
  void reveal(const std::string &path);
  SettingRow *row(const std::string &path) const;

  QSize sizeHint() const override { return px({262, 700}); }

Q_SIGNALS:
  void gestureBegins();
  void edited(const std::string &path, const duet::Value &value);    ///< within a gesture
  void committed(const std::string &path, const duet::Value &value); ///< one edit of its own
  void resetWanted();
  void folderWanted();
  void circuitTextWanted(); ///< edit the custom circuit as text

private:
  struct Group {
    SettingGroup which = SettingGroup::data_and_model;
    std::vector<SettingRow *> rows, more;
    QWidget *folded = nullptr;
    QWidget *heading = nullptr;
    QPushButton *unfold = nullptr, *badge = nullptr;
    QVBoxLayout *layout = nullptr;
  };
  void makeGroup(std::size_t index);
  void makeHeading(Group &group, const SettingsGroup &description);
  void makeCircuitButton(Group &group);
  SettingRow *makeRow(const std::string &path, int voice, QVBoxLayout *layout);
  void fold(Group &group, bool folded);
  void alignLabels();

  std::vector<Group> groups_;
  Experiment shown_;
  NeuronPlots *plots_ = nullptr;
  QPushButton *circuit_text_ = nullptr;
};

} // namespace duet::ui
