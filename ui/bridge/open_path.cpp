#include "ui/bridge/open_path.h"
#include "engine/base/limits.h"
#include "engine/experiment/build.h"
#include "engine/experiment/json.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "engine/model/circuit_file.h"
#include "engine/qasm/qasm.h"
#include <algorithm>

namespace duet::ui {
namespace {

Opened open_circuit(const std::filesystem::path &path) {
  const Circuit circuit = read_circuit_file(path, path.filename().string());
  if (circuit.qubits > most_trained_qubits)
    throw Error(ExitCode::usage, path.filename().string() + " has " + std::to_string(circuit.qubits) +
                                     " qubits; the window trains circuits of at most " +
                                     std::to_string(most_trained_qubits) +
                                     ": look at it with `duet-cli circuit`.");
  Opened opened;
  opened.path = path;
  opened.is_circuit = true;
  opened.experiment.quantum.ansatz = Ansatz::custom;
  opened.experiment.quantum.qubits = circuit.qubits;
  opened.experiment.quantum.circuit = write_qasm3(circuit);
  const bool sees_image =
      std::any_of(circuit.operations.begin(), circuit.operations.end(), [](const Operation &operation) {
        return std::any_of(operation.angles.begin(), operation.angles.end(),
                           [](const Angle &angle) { return angle.source == Angle::Source::feature; });
      });
  if (!sees_image)
    opened.remark =
        path.filename().string() +
        " has no input x0, x1, ..., so the image cannot reach this circuit: give a gate an angle x0.";
  require_valid(opened.experiment);
  return opened;
}

} // namespace

Opened open_path(const std::filesystem::path &path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    throw Error(ExitCode::usage, "There is no file or folder " + path.string() + ".");
  Opened opened;
  opened.path = path;
  if (std::filesystem::is_directory(path, error)) {
    opened.experiment = current_experiment(read_recipe(path)); // the session reads the rest
    opened.is_run = true;
    return opened;
  }
  if (path.extension() == ".qasm")
    return open_circuit(path);
  opened.experiment = parse_experiment(read_file(path), path.filename().string());
  require_valid(opened.experiment);
  return opened;
}

} // namespace duet::ui
