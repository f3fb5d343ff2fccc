// Random circuits and a check of Program against the dense simulator.
#pragma once
#include "engine/simulator/program.h"
#include "tests/support/dense_simulator.h"
#include <random>
#include <string>

namespace duet::dense {

/// Every gate but barrier.
std::vector<Gate> gates();

/// `operations` gates on random qubits; angles are constants, features (if any) and weights, many of them
/// shared, with scales and offsets. every_other: each second gate is this one.
Circuit random_circuit(std::mt19937 &random, int qubits, int operations, int features, int weights,
                       const Gate *every_other = nullptr);

/// The same of every gate there is, barriers too. Angles are not shared more than that, and half of the
/// constants are quarter turns, so that some of the weights cannot act.
Circuit random_circuit_of_all(std::mt19937 &random, int qubits, int operations, int features, int weights);

/// The largest differences from the dense simulator.
struct Errors {
  double expectation = 0; ///< of <Z_i>
  double gradient = 0;    ///< by features and weights, for cotangents whose absolute values sum to 1
  void add(const Errors &other);
};

/// Runs the circuit on random samples, values and gradients, both ways.
template <class Real>
Errors compare(const Circuit &circuit, bool amplitude_input, std::size_t samples, std::mt19937 &random,
               const Kernels &kernels, const MemoryLimits &limits = {});

extern template Errors compare<float>(const Circuit &, bool, std::size_t, std::mt19937 &, const Kernels &,
                                      const MemoryLimits &);
extern template Errors compare<double>(const Circuit &, bool, std::size_t, std::mt19937 &, const Kernels &,
                                       const MemoryLimits &);

} // namespace duet::dense
