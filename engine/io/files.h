// Files written whole or not at all, and digests.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace duet {

/// Temp file beside the target, fdatasync, rename, fsync of the folder. Throws Error (exit 4).
void write_file(const std::filesystem::path &file, std::string_view bytes);
/// Throws Error: exit 2 when a named file is not there or cannot be read.
std::string read_file(const std::filesystem::path &file);
std::string sha256_hex(std::string_view bytes);
std::string md5_hex(std::string_view bytes);

} // namespace duet
