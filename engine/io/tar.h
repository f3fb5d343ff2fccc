// Reading of tar archives.
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace duet {

/// The regular files of an unpacked tar archive (ustar, also as written by npm and GNU tar), by name.
/// name: what failures call it. Throws Error (exit 3) when it is damaged or ends early.
std::map<std::string, std::string> read_tar(std::string_view archive, const std::string &name);

} // namespace duet
