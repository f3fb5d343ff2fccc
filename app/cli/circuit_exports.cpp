#include "app/cli/circuit_exports.h"
#include "engine/base/error.h"
#include "engine/exchange/latex.h"
#include "engine/exchange/python.h"
#include "engine/io/files.h"
#include "engine/qasm/qasm.h"
#include <CLI/CLI.hpp>
#include <optional>

namespace duet {

namespace {

/// Nothing if no program is asked for.
std::optional<PythonLibrary> python_library(const CircuitOptions &options) {
  if (options.python.empty())
    return std::nullopt;
  const auto refuse = [&](const std::string &why) {
    throw Error(ExitCode::usage, "--python " + options.python + why);
  };
  if (options.python != "pennylane" && options.python != "qiskit")
    refuse(": the library must be pennylane or qiskit.");
  if (options.json || options.facts)
    refuse(std::string(" prints a program and nothing else; leave out ") +
           (options.json ? "--json." : "--facts."));
  return options.python == "qiskit" ? PythonLibrary::qiskit : PythonLibrary::pennylane;
}

} // namespace

void write_exports(const CircuitOptions &options, const Circuit &circuit, const std::vector<double> &features,
                   const std::vector<double> &weights) {
  python_library(options);
  if (!options.qasm2.empty())
    write_file(options.qasm2, write_qasm2(circuit, features, weights));
  if (!options.qasm3.empty())
    write_file(options.qasm3, write_qasm3(circuit));
  if (!options.latex.empty())
    write_file(options.latex, write_latex(circuit));
}

std::string python_program(const CircuitOptions &options, const Circuit &circuit,
                           const std::vector<double> &features, const std::vector<double> &weights) {
  return write_python(circuit, python_library(options).value(), features, weights);
}

void add_export_options(CLI::App &command, CircuitOptions &options) {
  command
      .add_option("--qasm2", options.qasm2,
                  "Writes it as OpenQASM 2 with the values of its inputs, at 17 digits.")
      ->type_name("FILE");
  command.add_option("--qasm3", options.qasm3, "Writes it as OpenQASM 3 with its inputs and their names.")
      ->type_name("FILE");
  command.add_option("--latex", options.latex, "Writes a LaTeX document that draws it (quantikz2).")
      ->type_name("FILE");
  command
      .add_option("--python", options.python,
                  "Prints a Python program that computes <Z> by PennyLane or Qiskit, instead of tables.")
      ->type_name("pennylane|qiskit");
}

} // namespace duet
