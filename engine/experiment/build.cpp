#include "engine/experiment/build.h"
#include "engine/base/limits.h"
#include "engine/experiment/describe.h"

namespace duet {

void require_valid(const Experiment &experiment) {
  const auto problems = check(experiment);
  if (!problems.empty())
    throw Error(ExitCode::usage, problems.front().text);
}

TrainerPlan build(const Experiment &experiment, int rows, int cols) {
  require_valid(experiment);
  const int pixels = rows * cols;
  const QuantumSettings &q = experiment.quantum;
  const std::string size = std::to_string(rows) + " x " + std::to_string(cols);
  if (has_quantum_branch(experiment)) {
    const int m = amplitude_qubits(pixels);
    if (q.input == QuantumInput::amplitude && q.qubits != m)
      throw Error(ExitCode::usage,
                  "quantum.qubits is " + std::to_string(q.qubits) +
                      "; with quantum.input set to amplitude, images of " + size + " pixels need " +
                      std::to_string(m) +
                      (m > most_trained_qubits ? ", more than the " + std::to_string(most_trained_qubits) +
                                                     " that can be trained."
                                               : "."));
    if (q.input == QuantumInput::pooled && q.qubits > pixels)
      throw Error(ExitCode::usage, "quantum.qubits is " + std::to_string(q.qubits) +
                                       "; with quantum.input set to pooled, images of " + size +
                                       " pixels allow at most " + std::to_string(pixels) + ".");
  }
  return {experiment.seed,
          {experiment.model, experiment.spiking, experiment.quantum, pixels},
          experiment.data,
          experiment.training};
}

} // namespace duet
