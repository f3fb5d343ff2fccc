// Circuits as OpenQASM text, versions 2 and 3. Contract sections 3 and 4.
#pragma once
#include "engine/circuit/circuit.h"
#include <string>
#include <string_view>

namespace duet {

/// Reads OpenQASM 2 (qelib1, gate definitions) or 3 (stdgates, `input float`, `gate`, `qubit[n]`,
/// constants); the version line decides. Inputs x<k> are features, w<k> weights; registers are joined in
/// order of declaration; definitions are inlined; division is that of real numbers (1/2 is 0.5); measurements
/// are read over. `name` is the file as the user knows it. Throws Error (exit 2): one sentence "<name> line
/// <n>: what is wrong, what is allowed".
Circuit read_qasm(std::string_view text, const std::string &name);

/// OpenQASM 3 that read_qasm turns into the same Circuit, and that Qiskit's importer opens.
std::string write_qasm3(const Circuit &circuit);

/// OpenQASM 2, which knows constants only: features and weights are put in by value, missing ones as 0.
std::string write_qasm2(const Circuit &circuit, const std::vector<double> &features = {},
                        const std::vector<double> &weights = {});

} // namespace duet
