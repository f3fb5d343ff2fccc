// Files read and written whole, and digests.
#pragma once
#include "engine/base/error.h"
#include <filesystem>
#include <string>
#include <string_view>

namespace duet {

/// Whoever read at the other end of a pipe is gone. Nothing is wrong: a program ends on it without a word.
class ReaderGone : public Error {
public:
  explicit ReaderGone(const std::string &what_to)
      : Error(ExitCode::write, "Nobody reads " + what_to + " any more.") {}
};

/// Whole or not at all (Replacement); a device or a pipe, which cannot be replaced, is written to as it is.
/// Throws Error (exit 4), or ReaderGone.
void write_file(const std::filesystem::path &file, std::string_view bytes);
/// To standard output. Throws as write_file.
void write_to_standard_output(std::string_view bytes);
/// Throws Error: exit 2 when a named file is not there or cannot be read.
std::string read_file(const std::filesystem::path &file);
/// To its end. Throws as read_file.
std::string read_from_standard_input();
std::string sha256_hex(std::string_view bytes);
std::string md5_hex(std::string_view bytes);

} // namespace duet
