// What a circuit did on a device, as a table and as JSON.
#pragma once
#include "engine/simulator/device_circuit.h"
#include <nlohmann/json_fwd.hpp>

namespace duet {

/// Adds "noisy", "sampled" and "mitigated", each where it was asked for; raw values stand beside mitigated
/// ones.
void add_device_keys(nlohmann::ordered_json &result, const Device &device, const DeviceAnswer &answer);
/// exact: <Z_i> without a device.
std::string device_table(const Device &device, const DeviceAnswer &answer, std::span<const double> exact,
                         std::uint64_t seed);

} // namespace duet
