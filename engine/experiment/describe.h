// Every setting of an experiment, named once. Checking, JSON, --set, --help, the form in the window,
// tooltips and the diff of two runs all walk this.
#pragma once
#include "engine/base/error.h"
#include "engine/experiment/experiment.h"
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace duet {

/// When a changed setting takes effect.
enum class Effect {
  next_batch, ///< live, marked on the charts
  circuit,    ///< live where only the circuit is edited (is_circuit_edit), else needs a new run
  reset       ///< needs a new run
};

/// The part of the form a setting stands in.
enum class SettingGroup { data_and_model, spiking, quantum, training };

/// What a person sets it with.
enum class SettingControl {
  by_kind,  ///< as its type asks for
  images,   ///< a choice of known sets, or a folder
  labels,   ///< the labels of that set
  elsewhere ///< not in the form: the fader, the locks, the circuit's editor
};

/// A value of any setting. Choices are their names; lists are whole.
using Value = std::variant<bool, long long, double, std::string, std::vector<int>>;

/// What is known of one setting.
struct Field {
  std::string path;  ///< "spiking.neuron.tau_ms"
  std::string label; ///< "Membrane time constant"
  std::string unit;  ///< "ms", "" if none
  std::string help;  ///< one sentence
  Effect effect = Effect::reset;
  enum class Kind { boolean, integer, real, choice, text, list } kind = Kind::real;
  double min = -std::numeric_limits<double>::infinity(), max = std::numeric_limits<double>::infinity();
  bool min_excluded = false;         ///< the minimum itself is not allowed
  bool max_excluded = false;         ///< the maximum itself is not allowed
  double soft_min = 0, soft_max = 0; ///< range of the slider; equal = take min..max
  bool logarithmic = false;          ///< the slider's scale
  std::vector<std::string> choices;
  std::vector<std::string> choice_labels; ///< each in words: "LIF" for "lif"
  std::vector<std::string> choice_help;   ///< one sentence for each choice
  int min_entries = 0, max_entries = 0;   ///< of a list; min and max hold for each entry
  bool zero_is_all = false;               ///< a count for which 0 means all there are
  std::string short_label;                ///< beside a control: "\u03c4 membrane"
  SettingGroup group = SettingGroup::data_and_model;
  int row = 0; ///< place among the rows of its group that are always visible; 0: under "more"
  SettingControl control = SettingControl::by_kind;
  bool (*applies)(const Experiment &) = nullptr; ///< false where it has no meaning under the kinds chosen
};

/// All fields in the order of the file's keys. The same object for the life of the process.
std::span<const Field> fields();
const Field *find_field(const std::string &path);

Value get(const Experiment &experiment, const std::string &path);
/// Sets one value, after checking type and range; the problem, if any, leaves the experiment as it was.
std::optional<Problem> set(Experiment &experiment, const std::string &path, const Value &value);
/// How a number is written: as people type it into a field (base/typed_number.h), or as files and the command
/// line have it (base/plain_number.h).
enum class Notation { typed, plain };
/// The same from text.
std::optional<Problem> set_text(Experiment &experiment, const std::string &path, const std::string &text,
                                Notation notation = Notation::typed);
/// What is allowed, as the end of a sentence: "numbers from 0 to 1", "lif, if or rate".
std::string allowed(const Field &field);
/// The value of a text as the field's type; throws nothing: a problem names path, text and what is allowed.
std::variant<Value, Problem> parse_value(const Field &field, const std::string &text,
                                         Notation notation = Notation::typed);
/// "epochs is not a setting; did you mean training.epochs?" shown: the path as it is to stand there.
std::string unknown_setting(const std::string &path, const std::string &shown);
/// As text that set_text reads back; numbers round-trip.
std::string to_text(const Value &value);
/// A sentence that names settings by their paths, in other words: each path becomes what `name` calls it.
/// What is quoted, or an example of what to type (training.epochs=5), stays.
std::string rename_settings(const std::string &sentence,
                            const std::function<std::string(const Field &)> &name);
/// As set; a changed surrogate or neuron kind also brings the defaults that follow it (slope, dt_ms), a kind
/// of noise chosen while its amount is 0 an amount that is seen.
std::optional<Problem> set_with_defaults(Experiment &experiment, const std::string &path, const Value &value);
/// The default that follows the surrogate: 25, 2, 25, 1, 1.
double default_slope(Surrogate surrogate);
/// False where a setting has no meaning under the kinds chosen (tau of an `if` neuron); such rows are hidden.
/// Throws Error for a path that is no setting.
bool applies(const Experiment &experiment, const std::string &path);
/// All problems between settings (ranges are checked by set): serial needs quantum.input spiking, ...
std::vector<Problem> check(const Experiment &experiment);
/// The paths in which two experiments differ.
std::vector<std::string> difference(const Experiment &a, const Experiment &b);
/// Those of them that a run cannot take while it goes on. An edit of the circuit it can (is_circuit_edit).
std::vector<std::string> needing_reset(const Experiment &running, const Experiment &wanted);

} // namespace duet
