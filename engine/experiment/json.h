// Experiments as JSON text. engine/MODEL.md 3.
#pragma once
#include "engine/experiment/draft.h"
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duet {

/// What the text gives, checked for known keys, types and ranges. Throws Error (exit 2): one sentence
/// that names the source, the path, the value and what is allowed.
Draft parse_draft(std::string_view text, const std::string &source_name);
/// The same with every default filled in; problems between settings are not looked for.
Experiment parse_experiment(std::string_view text, const std::string &source_name);

/// Every key, in the order of the settings' table; numbers read back to the same bits.
std::string to_json(const Experiment &experiment);
/// As to_json without training.threads: two runs with the same text are the same run.
std::string identity(const Experiment &experiment);

/// A live change, one line of commands.jsonl: taken after `step` batches and `epochs` evaluated epochs.
struct LoggedChange {
  std::uint64_t step = 0;
  int epochs = 0;
  std::vector<std::pair<std::string, Value>> settings; ///< path and new value
  bool operator==(const LoggedChange &) const = default;
};
std::string to_json_line(const LoggedChange &change);
/// Throws Error (exit 2) naming source and line.
std::vector<LoggedChange> parse_log(std::string_view text, const std::string &source_name);

} // namespace duet
