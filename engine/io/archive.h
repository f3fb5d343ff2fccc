// Reading of archives.
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace duet {

/// The regular files of a tar archive, plain or packed by gzip, by name; at most `limit` bytes of them.
/// name: what failures call it. Throws Error (exit 3) when it is damaged, ends early or holds more.
std::map<std::string, std::string> read_archive(std::string_view bytes, const std::string &name,
                                                std::size_t limit);

} // namespace duet
