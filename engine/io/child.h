// Other programs, run to their end.
#pragma once
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace duet {

struct ChildResult {
  bool started = false; ///< false: there is no such program
  int exit_code = -1;   ///< 128 + signal when a signal ended it
  std::string output;   ///< what it printed, both streams
  bool ok() const { return started && exit_code == 0; }
  std::string last_line() const; ///< of the output, without empty lines
};

/// Runs a program from PATH in a folder, without input; a stop ends it and everything it started.
ChildResult run_child(const std::vector<std::string> &command, const std::filesystem::path &folder,
                      const std::stop_token &stop);

} // namespace duet
