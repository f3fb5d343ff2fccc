// The trained network without some gates of its circuit.
#include "engine/circuit/edits.h"
#include "engine/qasm/qasm.h"
#include "engine/training/ratio_curve.h"
#include "engine/training/trainer_state.h"
#include <algorithm>

namespace duet {
namespace {

/// The output that answers for an image.
int answer_to(const TestAnswers &answers, std::size_t image, double ratio) {
  const auto highest = [](const Logits &logits) { return winner_at(logits, logits, 0); };
  if (answers.spiking.empty())
    return highest(answers.quantum[image]);
  return winner_at(answers.spiking[image], answers.quantum[image], ratio);
}

} // namespace

std::optional<MutedAnswers> Trainer::evaluate_without(std::vector<int> operations, double ratio,
                                                      const NoiseSettings &noise, std::stop_token stop) {
  State &s = *state_;
  std::ranges::sort(operations);
  operations.erase(std::unique(operations.begin(), operations.end()), operations.end());
  const Circuit &circuit = s.network.circuit();
  const auto gates = static_cast<int>(circuit.operations.size());
  if (!operations.empty() && (operations.front() < 0 || operations.back() >= gates))
    throw Error(ExitCode::usage,
                "There is no gate " +
                    std::to_string(operations.front() < 0 ? operations.front() : operations.back()) +
                    "; the circuit has gates 0 to " + std::to_string(gates - 1) + ".");
  TestAnswers with, muted;
  const Evaluation before = evaluate_test(ratio, noise, &with, stop);
  if (stop.stop_requested())
    return std::nullopt;
  Architecture architecture = s.plan.architecture;
  architecture.quantum.ansatz = Ansatz::custom;
  architecture.quantum.circuit = write_qasm3(remove(circuit, operations).circuit);
  Network network(architecture, s.plan.seed);
  carry_weights(s.network.layout(), s.network.weights(), network.layout(), network.weights());
  network.refresh();
  Evaluator evaluator(network, s.workers);
  evaluator.reserve();
  const auto sums = evaluator.run(s.dataset->test, s.dataset->test.size(), s.with_noise(noise), s.plan.seed,
                                  ratio, &muted, stop);
  if (!sums || stop.stop_requested())
    return std::nullopt;
  MutedAnswers answers{std::move(operations), s.now.position.step, sums->images, 0, before.accuracy, {}};
  answers.accuracy = evaluation_of(*sums, network).accuracy;
  for (std::uint32_t image = 0; image < sums->images; ++image)
    if (answer_to(with, image, ratio) != answer_to(muted, image, ratio))
      answers.changed.push_back(image);
  return answers;
}

} // namespace duet
