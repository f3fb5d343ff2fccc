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
/// What nothing that is read whole comes near; a device may have no end.
constexpr std::size_t largest_file = std::size_t{4} << 30;
/// Throws Error: exit 2 when a named file is not there, cannot be read or has more bytes than `most`.
std::string read_file(const std::filesystem::path &file, std::size_t most = largest_file);
/// All of standard input. Throws as read_file.
std::string read_standard_input(std::size_t most = largest_file);
std::string sha256_hex(std::string_view bytes);
std::string md5_hex(std::string_view bytes);

} // namespace duet
