#include "engine/simulator/device_circuit.h"
#include "engine/base/number_text.h"
#include "engine/base/streams.h"
#include "engine/circuit/gates.h"
#include "engine/simulator/density_matrix.h"
#include "engine/simulator/measurement.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

std::uint64_t fnv_1a(std::string_view text, std::uint64_t hash = 14695981039346656037ull) {
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

/// "cx 0 1;" "rx 0 (x3 1 0.5);": gates, qubits and angles as a * p + b.
std::string gate_text(const Operation &operation) {
  const GateFacts &record = facts(operation.gate);
  std::string text(record.qasm3);
  for (int q = 0; q < record.qubits; ++q)
    text += ' ' + std::to_string(operation.qubits[std::size_t(q)]);
  for (int a = 0; a < record.parameters; ++a) {
    const Angle &angle = operation.angles[std::size_t(a)];
    const bool constant = angle.source == Angle::Source::constant;
    text += constant ? " (" : " (" + InputNames{}.of(angle) + ' ' + number_text(angle.scale) + ' ';
    text += number_text(angle.offset) + ')';
  }
  return text + ';';
}

/// The gates of U (U^-1 U)^k for the scale 2 k + 1, one after the other.
template <class Visit> void for_folded(const std::vector<LocalGate> &gates, int scale, Visit visit) {
  std::vector<LocalGate> back;
  if (scale > 1)
    std::transform(gates.rbegin(), gates.rend(), std::back_inserter(back), undone);
  for (int way = 0; way < scale; ++way)
    for (const LocalGate &gate : way % 2 ? back : gates)
      visit(gate);
}

void add_squares(const Amplitudes &state, std::span<double> sums) {
  for (std::size_t k = 0; k < sums.size(); ++k)
    sums[k] += state.re[k] * state.re[k] + state.im[k] * state.im[k];
}

} // namespace

DeviceCircuit::DeviceCircuit(const Circuit &circuit, std::span<const double> weights, const Device &device,
                             std::uint64_t seed, bool amplitude_input)
    : qubits_(circuit.qubits), device_(device), seed_(seed), amplitude_input_(amplitude_input),
      weights_(weights.begin(), weights.end()), noise_(superoperator(device.noise)), jumps_(device.noise),
      text_hash_(fnv_1a("")) {
  for (const Operation &operation : circuit.operations) {
    if (operation.gate == Gate::barrier)
      continue;
    operations_.push_back(operation);
    gates_.push_back(local_gate(operation, {}, weights_));
    follows_features_.push_back(
        std::any_of(operation.angles.begin(), operation.angles.end(),
                    [](const Angle &angle) { return angle.source == Angle::Source::feature; }));
    text_hash_ = fnv_1a(gate_text(operation), text_hash_);
  }
}

std::uint32_t DeviceCircuit::key(int scale) const {
  const std::uint64_t hash = fnv_1a(std::to_string(scale), text_hash_);
  return std::uint32_t(hash) ^ std::uint32_t(hash >> 32);
}

DeviceCircuit::Gates DeviceCircuit::bound_to(std::span<const double> features) const {
  Gates gates = gates_;
  for (std::size_t k = 0; k < gates.size(); ++k)
    if (follows_features_[k])
      gates[k] = local_gate(operations_[k], features, weights_);
  return gates;
}

Amplitudes DeviceCircuit::first_state(std::span<const double> input) const {
  Amplitudes first;
  first.start(dimension());
  if (amplitude_input_)
    std::copy_n(input.begin(), dimension(), first.re.begin());
  return first;
}

DeviceCircuit::State DeviceCircuit::mean_of_trajectories(const Gates &gates, std::span<const double> input,
                                                         std::uint32_t image, int scale) const {
  const auto n = std::size_t(qubits_);
  const int count = trajectories_of(device_, qubits_);
  State mean{std::vector<double>(dimension()), {std::vector<double>(n), std::vector<double>(n)}};
  std::vector<double> squares(n), own(dimension());
  const Amplitudes first = first_state(input);
  Amplitudes state;
  for (int t = 0; t < count; ++t) {
    state = first;
    JumpDraws draws(seed_, image, key(scale), std::uint32_t(t));
    for_folded(gates, scale, [&](const LocalGate &gate) {
      apply(gate, qubits_, 0, state);
      for (const int qubit : gate.touched())
        jumps_.apply(qubit, qubits_, draws, state);
    });
    std::fill(own.begin(), own.end(), 0.0);
    add_squares(state, own);
    for (std::size_t k = 0; k < own.size(); ++k)
      mean.probabilities[k] += own[k] / count;
    const std::vector<double> z = expectation_z(own);
    for (std::size_t i = 0; i < n; ++i)
      squares[i] += z[i] * z[i];
  }
  const std::vector<double> z = expectation_z(mean.probabilities);
  for (std::size_t i = 0; i < n; ++i)
    mean.measured.standard_error[i] =
        std::sqrt(std::max(0.0, squares[i] / count - z[i] * z[i]) / std::max(1, count - 1));
  return mean;
}

DeviceCircuit::State DeviceCircuit::state(const Gates &gates, std::span<const double> input,
                                          std::uint32_t image, int scale) const {
  State result{std::vector<double>(dimension()), {{}, std::vector<double>(std::size_t(qubits_))}};
  if (!disturbs_gates(device_.noise)) {
    Amplitudes pure = first_state(input);
    for_folded(gates, scale, [&](const LocalGate &gate) { apply(gate, qubits_, 0, pure); });
    add_squares(pure, result.probabilities);
  } else if (qubits_ <= most_density_qubits) {
    DensityMatrix mixed(qubits_);
    if (amplitude_input_)
      mixed.start(input);
    for_folded(gates, scale, [&](const LocalGate &gate) {
      mixed.apply(gate);
      for (const int qubit : gate.touched())
        mixed.apply(noise_, qubit);
    });
    mixed.probabilities(result.probabilities);
  } else {
    result = mean_of_trajectories(gates, input, image, scale);
  }
  const double flip = readout_flip(device_.noise);
  flip_bits(flip, result.probabilities);
  result.measured.expectation_z = expectation_z(result.probabilities);
  for (double &error : result.measured.standard_error)
    error *= std::abs(1 - 2 * flip);
  return result;
}

std::vector<double> DeviceCircuit::sampled(const State &state, std::uint32_t image, int scale) const {
  return sampled_z(state.probabilities, device_.shots, RandomStream(seed_, streams::shots), image,
                   key(scale));
}

DeviceAnswer DeviceCircuit::look(std::span<const double> input, std::uint32_t image) const {
  const Gates gates = bound_to(amplitude_input_ ? std::span<const double>() : input);
  DeviceAnswer answer;
  const State raw = state(gates, input, image, 1);
  answer.noisy = raw.measured;
  if (disturbs_gates(device_.noise) && qubits_ > most_density_qubits)
    answer.trajectories = trajectories_of(device_, qubits_);
  if (device_.shots) {
    Measured &shown = answer.sampled.emplace();
    shown.expectation_z = sampled(raw, image, 1);
    for (std::size_t i = 0; i < shown.expectation_z.size(); ++i) {
      const double z = raw.measured.expectation_z[i], error = raw.measured.standard_error[i];
      shown.standard_error.push_back(
          std::sqrt(std::max(0.0, 1 - z * z) / double(device_.shots) + error * error));
    }
  }
  if (!device_.mitigation)
    return answer;
  std::vector<std::vector<double>> by_scale; ///< [scale][qubit]
  for (const int scale : device_.mitigation->scales) {
    const State folded = scale == 1 ? raw : state(gates, input, image, scale);
    by_scale.push_back(device_.shots ? sampled(folded, image, scale) : folded.measured.expectation_z);
  }
  std::vector<double> values(by_scale.size());
  auto &mitigated = answer.mitigated.emplace();
  for (std::size_t i = 0; i < std::size_t(qubits_); ++i) {
    std::transform(by_scale.begin(), by_scale.end(), values.begin(), [i](const auto &z) { return z[i]; });
    mitigated.push_back(at_zero_noise(device_.mitigation->fit, device_.mitigation->scales, values));
  }
  return answer;
}

} // namespace duet
