// Failures as values and as sentences.
#pragma once
#include "engine/base/printable.h"
#include <stdexcept>
#include <string>
#include <vector>

namespace duet {

/// Exit codes of the commands; every Error carries one.
enum class ExitCode { done = 0, usage = 2, data = 3, write = 4, interrupted = 130 };

/// One thing wrong with what the user gave: where (a settings path, a file with line) and a sentence
/// that says what is wrong and what is allowed.
struct Problem {
  std::string path;
  std::string text;
  bool operator==(const Problem &) const = default;
};

/// A failure that ends the current operation: one sentence that says what, where, and what to do.
class Error : public std::runtime_error {
public:
  /// What it repeats of others is made printable.
  Error(ExitCode code, const std::string &sentence) : std::runtime_error(printable(sentence)), code_(code) {}
  ExitCode code() const { return code_; }

private:
  ExitCode code_;
};

/// The system lets this process start no thread at all.
class NoThreads : public Error {
public:
  NoThreads()
      : Error(ExitCode::usage,
              "The system lets Duet start no thread; raise the limit (`ulimit -u`) or end other programs.") {}
};

} // namespace duet
