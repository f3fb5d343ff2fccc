// Unpacking of gzip streams, safe against lying sizes.
#pragma once
#include <string>
#include <string_view>

namespace duet {

/// The two bytes every gzip stream begins with.
bool is_gzip(std::string_view bytes);

/// At most `limit` unpacked bytes of one or more gzip members; memory grows only with what is really
/// there. name: what to call the stream in a failure. Throws Error (exit 3) when it is damaged or ends early.
std::string gunzip(std::string_view bytes, const std::string &name, std::size_t limit);

} // namespace duet
