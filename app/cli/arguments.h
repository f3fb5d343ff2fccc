// What several commands read from the command line in the same way.
#pragma once
#include "engine/base/words.h"
#include "engine/experiment/draft.h"
#include <cstdint>
#include <optional>
#include <string>

namespace duet {

/// A preset's name or an experiment's file; the default experiment for "". Throws Error (exit 2).
Draft draft_from(const std::string &preset_or_file);
/// "key.path=value" of --set; `quantum.circuit=@FILE` takes the file's text (`@-`: standard input's). Throws
/// Error (exit 2).
void give_setting(Draft &draft, const std::string &assignment);
/// All settings, one a line, with their ranges and choices: what --help prints below its options.
std::string settings_help();

/// Numbers of an option, the same in every locale. Throw Error (exit 2) naming the option and what is
/// allowed.
double real_argument(const std::string &option, const std::string &text, double min, double max);
std::uint64_t count_argument(const std::string &option, const std::string &text);

/// Shortest text that reads back to the same number; "null" for none.
std::string json_number(const std::optional<double> &value);

/// Results go to stdout in one piece. Throws Error (exit 4) when they cannot be written there, ReaderGone
/// when nobody reads them.
void print(const std::string &text);

} // namespace duet
