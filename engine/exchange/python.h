// A circuit as a Python program for other people's simulators.
#pragma once
#include "engine/circuit/circuit.h"
#include <span>
#include <string>

namespace duet {

enum class PythonLibrary { pennylane, qiskit };

/// A whole program: a function of features x and weights w that returns <Z_i> of every qubit, their values,
/// and a line that prints the result. Missing values are 0. Gates that the library does not have by name are
/// written as those they are made of.
std::string write_python(const Circuit &circuit, PythonLibrary library, std::span<const double> features = {},
                         std::span<const double> weights = {});

} // namespace duet
