// Circuits as OpenQASM text, versions 2 and 3.
#pragma once
#include "engine/circuit/circuit.h"
#include <functional>
#include <string>
#include <string_view>

namespace duet {

/// A file that a program includes.
struct IncludedFile {
  std::string name; ///< the same for the same file, for messages too
  std::string text;
};
/// Finds the file that `file` (empty: the program itself) includes as `path`. Throws Error.
using Includes = std::function<IncludedFile(const std::string &path, const std::string &file)>;

constexpr std::size_t largest_qasm = std::size_t{64} << 20; ///< bytes of a program, included files too
constexpr std::size_t most_gates = 1'000'000;               ///< of one circuit, barriers too

/// Reads OpenQASM 2 (qelib1, gate definitions) or 3 (stdgates, `input float`, `gate`, `qubit[n]`, constants,
/// modifiers, for loops over constants, aliases); the version line decides. Inputs x<k> are features, w<k>
/// weights, any other input becomes the first free weight, in order of declaration; registers are joined in
/// order of declaration; definitions are inlined; measurements are read over. OpenQASM 2 divides as real
/// numbers do, OpenQASM 3 refuses whole numbers that leave a remainder. `name` is the file as the user knows
/// it. Without `includes` only qelib1.inc and stdgates.inc are known. Throws Error (exit 2): one sentence
/// "<name> line <n>: what is wrong, what is allowed".
Circuit read_qasm(std::string_view text, const std::string &name, const Includes &includes = {});

/// OpenQASM 3 that read_qasm turns into the same Circuit, and that Qiskit's importer opens. A weight whose
/// name means something in what is written, such as a gate's, gets _ behind it.
std::string write_qasm3(const Circuit &circuit);

/// OpenQASM 2, which knows constants only: features and weights are put in by value, missing ones as 0.
/// Angles are fractions of pi where they are that exactly, else numbers of 17 digits. Throws Error (exit 2)
/// where that makes an angle that is no finite number.
std::string write_qasm2(const Circuit &circuit, const std::vector<double> &features = {},
                        const std::vector<double> &weights = {});

} // namespace duet
