// A pixel as the model sees it.
#pragma once
#include <cstdint>

namespace duet {

/// 0 to 1 (engine/MODEL.md 1).
constexpr float pixel_value(std::uint8_t byte) { return static_cast<float>(byte) / 255.0f; }

} // namespace duet
