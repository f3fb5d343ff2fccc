// Files from the network.
#pragma once
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>

namespace duet {

/// Called now and then with the bytes that are here and the bytes expected (0: not known).
using ByteProgress = std::function<void(std::size_t done, std::size_t total)>;

/// The bytes behind an http or https address. Throws Error: exit 3 with the reason, 130 when stopped.
std::string download(const std::string &url, const ByteProgress &progress, const std::stop_token &stop);

} // namespace duet
