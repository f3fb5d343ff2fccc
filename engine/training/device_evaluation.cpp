#include "engine/training/device_evaluation.h"
#include "engine/training/evaluator.h"

namespace duet {

Evaluation evaluate_on_device(const Trainer &trainer, const Workers &workers, const Device &device,
                              double ratio, const NoiseSettings &noise, TestAnswers *answers,
                              std::stop_token stop) {
  const TrainerPlan &plan = trainer.plan();
  Network network(plan.architecture, plan.seed);
  import_tensors(network.layout(), trainer.weights(), "", network.weights());
  network.refresh();
  Evaluator evaluator(network, workers);
  evaluator.reserve();
  DataSettings data = plan.data;
  data.noise = noise;
  if (answers)
    answers->step = trainer.steps_done();
  const DeviceCircuit circuit = network.on_device(device);
  const ImageSet &test = trainer.dataset().test;
  const auto sums = evaluator.run(test, test.size(), data, plan.seed, ratio, answers, stop, &circuit);
  return sums ? evaluation_of(*sums, network) : Evaluation{};
}

} // namespace duet
