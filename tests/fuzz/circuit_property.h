// The OpenQASM reader's property.
#pragma once
#include <string>
#include <string_view>

namespace duet::fuzz {

/// A circuit that is read is in range, can be drawn, and reads back from both writers.
std::string circuit(std::string_view bytes);

} // namespace duet::fuzz
