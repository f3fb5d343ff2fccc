#include "engine/training/trainer.h"
#include "engine/base/number_text.h"
#include "engine/base/random.h"
#include "engine/base/streams.h"
#include "engine/training/memory.h"
#include "engine/training/trainer_state.h"
#include <algorithm>
#include <cmath>

#include <numeric>

namespace duet {
namespace {

/// Steps of about a second of work, by a count of operations and never by a clock: the same steps everywhere.
std::uint64_t steps_of_a_second(const Architecture &a, const ParameterLayout &layout, int batch) {
  const double rows =
      a.spiking.encoder == Encoder::constant && a.spiking.hidden.size() == 1 ? 1.0 : a.spiking.steps;
  const double circuit =
      has_circuit(a) ? std::ldexp(200.0 * std::max(1, a.quantum.layers) * a.quantum.qubits, a.quantum.qubits)
                     : 0.0;
  const double image = 6.0 * static_cast<double>(layout.parameters) * rows + circuit;
  constexpr double per_second = 2e10;
  return static_cast<std::uint64_t>(std::clamp(per_second / (image * batch), 1.0, 4096.0));
}

/// Images of the largest batch.
std::size_t batch_of(const TrainingSettings &training, const Dataset &dataset) {
  return std::min(static_cast<std::size_t>(training.batch), dataset.train.size());
}

/// The plan, once it is known that it can be built.
TrainerPlan checked(TrainerPlan plan, const Dataset &dataset, const Workers &workers) {
  require_memory(plan.architecture, batch_of(plan.training, dataset), workers.threads());
  return plan;
}

} // namespace

Trainer::State::State(TrainerPlan p, std::shared_ptr<const Dataset> d, const Workers &w)
    : plan(checked(std::move(p), *d, w)), dataset(std::move(d)), workers(w),
      network(plan.architecture, plan.seed), batches(network, workers), evaluator(network, workers) {
  if (dataset->train.size() == 0 || dataset->test.size() == 0)
    throw Error(ExitCode::data, "The data set '" + dataset->files.source + "' has no " +
                                    (dataset->train.size() ? "test" : "training") +
                                    " images left: keep more classes or raise the limits.");
  if (dataset->train.pixel_count() != static_cast<std::size_t>(plan.architecture.pixels))
    throw Error(ExitCode::data, "The images of '" + dataset->files.source + "' have " +
                                    std::to_string(dataset->train.pixel_count()) +
                                    " pixels, the model takes " + std::to_string(plan.architecture.pixels) +
                                    ".");
  now.moments.first.assign(network.layout().floats, 0.0f);
  now.moments.second.assign(network.layout().floats, 0.0f);
  order.resize(dataset->train.size());
  reserve();
  remember_good();
}

void Trainer::State::reserve() {
  batches.reserve(static_cast<int>(batch_of(plan.training, *dataset)));
  evaluator.reserve();
  good_interval = steps_of_a_second(plan.architecture, network.layout(), plan.training.batch);
}

void Trainer::State::shuffle() {
  if (order_epoch == now.position.epoch)
    return;
  const RandomStream stream(plan.seed, streams::batch_order);
  std::iota(order.begin(), order.end(), 0u);
  for (std::size_t i = order.size() - 1; i > 0; --i) {
    const auto words =
        stream.block(static_cast<std::uint32_t>(now.position.epoch), static_cast<std::uint32_t>(i));
    const std::uint64_t u = std::uint64_t{words[0]} << 32 | words[1];
    __extension__ using Product = unsigned __int128;
    std::swap(order[i], order[static_cast<std::size_t>(Product{u} * (i + 1) >> 64)]);
  }
  order_epoch = now.position.epoch;
}

double Trainer::State::position_in_epochs() const {
  return now.position.epoch + static_cast<double>(now.position.offset) / static_cast<double>(order.size());
}

void Trainer::State::remember_good() {
  now.sums = history.sums;
  good = now; // same sizes: no allocation after the first
  good_weights = network.weights();
}

void Trainer::State::stop_at_last_good(const std::string &what_happened, double learning_rate) {
  now = good;
  std::copy(good_weights.begin(), good_weights.end(), network.weights().begin());
  network.refresh();
  history.sums = good.sums;
  history.forget_after(position_in_epochs(), now.position.epoch);
  circuit_changed = true;
  throw Error(ExitCode::usage, what_happened + " The weights of step " + std::to_string(now.position.step) +
                                   " are back: lower training.learning_rate (now " +
                                   significant(learning_rate, 3) + ", try " +
                                   significant(learning_rate / 10, 3) + ") or set training.clip_norm to 1.");
}

DataSettings Trainer::State::with_noise(const NoiseSettings &noise) const {
  DataSettings data = plan.data;
  data.noise = noise;
  return data;
}

Trainer::Trainer(TrainerPlan plan, std::shared_ptr<const Dataset> dataset, const Workers &workers)
    : state_(std::make_unique<State>(std::move(plan), std::move(dataset), workers)) {}
Trainer::~Trainer() = default;

const TrainerPlan &Trainer::plan() const { return state_->plan; }
const Dataset &Trainer::dataset() const { return *state_->dataset; }
std::uint64_t Trainer::steps_done() const { return state_->now.position.step; }
std::uint64_t Trainer::steps_per_epoch() const {
  return duet::steps_per_epoch(state_->plan.training, state_->order.size());
}
std::uint64_t Trainer::steps_planned() const {
  const Position &position = state_->now.position;
  if (finished())
    return position.step;
  const int whole_epochs = state_->plan.training.epochs - position.epoch - 1;
  return position.step +
         duet::steps_per_epoch(state_->plan.training, state_->order.size() - position.offset) +
         static_cast<std::uint64_t>(whole_epochs) * steps_per_epoch();
}
int Trainer::epochs_done() const { return state_->now.position.epoch; }
bool Trainer::epoch_complete() const { return state_->now.position.offset >= state_->order.size(); }
bool Trainer::finished() const { return state_->now.position.epoch >= state_->plan.training.epochs; }
std::size_t Trainer::parameter_count() const { return state_->network.layout().parameters; }

void Trainer::step(ExplainedStep *explained) {
  State &s = *state_;
  if (finished() || epoch_complete())
    return;
  s.shuffle();
  const TrainingSettings &training = s.plan.training;
  Position &position = s.now.position;
  const std::size_t count =
      std::min<std::size_t>(static_cast<std::size_t>(training.batch), s.order.size() - position.offset);
  const std::span<const std::uint32_t> batch(s.order.data() + position.offset, count);
  const double rate = scheduled_rate(training, position, s.order.size());
  const BatchResult result = s.batches.forward_backward(s.dataset->train, batch, s.plan.data, s.plan.seed,
                                                        static_cast<std::uint32_t>(position.epoch), training);
  const auto gone_wrong = [&](const char *what) {
    s.stop_at_last_good(std::string(what) + " became infinite or not a number at step " +
                            std::to_string(position.step + 1) + " (epoch " +
                            std::to_string(position.epoch + 1) + ").",
                        rate);
  };
  TensorFile before, gradients;
  if (explained)
    before = weights(), gradients = s.batches.gradients(training);
  const bool loss_is_good = std::isfinite(result.loss);
  const bool weights_are_good = !loss_is_good || s.batches.update(training, rate, position, s.now.moments);
  if (explained)
    *explained = {position.step + 1,
                  position.epoch + 1,
                  count,
                  result.loss,
                  rate,
                  training.clip_norm,
                  tensor_steps(before, gradients, weights())};
  if (!loss_is_good)
    gone_wrong("The loss");
  if (!weights_are_good)
    gone_wrong("A weight");
  ++position.step;
  position.offset += count;
  position.images_seen += count;
  s.circuit_changed = true;
  s.history.add_batch(s.position_in_epochs(), result.loss, result.correct, static_cast<std::uint32_t>(count));
  if (position.step % s.good_interval == 0)
    s.remember_good();
}

bool Trainer::State::evaluate_epoch(EpochRow &row, TestAnswers &test_answers, const std::stop_token &stop) {
  const double ratio = plan.architecture.model.fusion_ratio;
  const auto test =
      evaluator.run(dataset->test, dataset->test.size(), plan.data, plan.seed, ratio, &test_answers, stop);
  if (!test)
    return false;
  const Evaluation e = evaluation_of(*test, network);
  row.test_loss = e.loss, row.test_accuracy = e.accuracy;
  row.test_accuracy_spiking = e.accuracy_spiking, row.test_accuracy_quantum = e.accuracy_quantum;
  const ImageSet &held_out = dataset->validation;
  if (held_out.size() == 0)
    return true;
  const auto sums = evaluator.run(held_out, held_out.size(), plan.data, plan.seed, ratio, nullptr, stop);
  if (!sums)
    return false;
  const Evaluation validation = evaluation_of(*sums, network);
  row.validation_loss = validation.loss, row.validation_accuracy = validation.accuracy;
  return true;
}

bool Trainer::finish_epoch(double seconds, std::stop_token stop) {
  State &s = *state_;
  if (!epoch_complete() || finished())
    return false;
  auto answers = std::make_shared<TestAnswers>();
  answers->step = s.now.position.step;
  EpochRow row;
  row.epoch = s.now.position.epoch + 1;
  row.seconds = seconds;
  row.images_per_second = seconds > 0 ? static_cast<double>(s.order.size()) / seconds : 0.0;
  try {
    if (!s.evaluate_epoch(row, *answers, stop))
      return false;
  } catch (const Overflow &overflow) {
    s.stop_at_last_good("At the end of epoch " + std::to_string(row.epoch) + ": " + overflow.what(),
                        scheduled_rate(s.plan.training, s.now.position, s.order.size()));
  }
  s.history.close_epoch(row);
  s.history.epochs.change().push_back(row);
  s.answers = std::move(answers);
  ++s.now.position.epoch;
  s.now.position.offset = 0;
  s.remember_good(); // a finished epoch is never taken back
  return true;
}

Evaluation Trainer::evaluate_test(double ratio, const NoiseSettings &noise, TestAnswers *answers,
                                  std::stop_token stop) {
  State &s = *state_;
  if (answers)
    answers->step = s.now.position.step;
  const auto sums = s.evaluator.run(s.dataset->test, s.dataset->test.size(), s.with_noise(noise), s.plan.seed,
                                    ratio, answers, stop);
  return sums ? evaluation_of(*sums, s.network) : Evaluation{};
}

void Trainer::running_test(std::uint32_t images) {
  State &s = *state_;
  const auto sums = s.evaluator.run(s.dataset->test, images, s.plan.data, s.plan.seed,
                                    s.plan.architecture.model.fusion_ratio, nullptr, {});
  const Evaluation e = evaluation_of(*sums, s.network);
  s.history.running.change().push_back(
      {s.position_in_epochs(), e.images, e.accuracy, e.loss, e.accuracy_spiking, e.accuracy_quantum});
}

Inspection Trainer::inspect(std::uint32_t test_index) {
  State &s = *state_;
  if (test_index >= s.dataset->test.size())
    throw Error(ExitCode::usage, "Image " + std::to_string(test_index) + " is not in the test set: 0 to " +
                                     std::to_string(s.dataset->test.size() - 1) + " are.");
  s.inspection = std::make_shared<const Inspection>(s.evaluator.inspect(
      s.dataset->test, test_index, s.plan.data, s.plan.seed, s.plan.architecture.model.fusion_ratio));
  return *s.inspection;
}

/// Another circuit is another network, with memory of its own; all else goes on in it.
void Trainer::exchange_circuit(const QuantumSettings &quantum) {
  State &old = *state_;
  TrainerPlan plan = old.plan;
  plan.architecture.quantum = quantum;
  auto next = std::make_unique<State>(std::move(plan), old.dataset, old.workers);
  const auto carry = [&](const ParameterArray &from, ParameterArray &to) {
    carry_weights(old.network.layout(), from, next->network.layout(), to);
  };
  carry(old.network.weights(), next->network.weights());
  carry(old.now.moments.first, next->now.moments.first);
  carry(old.now.moments.second, next->now.moments.second);
  if (const int id = next->network.layout().circuit; id >= 0) { // what no gate uses waits as it is
    const std::size_t first = next->network.layout().blocks[static_cast<std::size_t>(id)].offset;
    const std::vector<bool> used = used_weights(next->network.circuit());
    for (std::size_t k = 0; k < used.size(); ++k)
      if (!used[k])
        next->now.moments.first[first + k] = next->now.moments.second[first + k] = 0.0f;
  }
  next->network.refresh();
  next->now.position = old.now.position;
  next->history = std::move(old.history);
  next->answers = old.answers;
  state_ = std::move(next);
}

void Trainer::reconfigure(const Architecture &architecture, const TrainingSettings &training,
                          const NoiseSettings &noise) {
  require_memory(architecture, batch_of(training, *state_->dataset), state_->workers.threads());
  if (is_circuit_edit(state_->plan.architecture, architecture)) {
    Architecture others = architecture;
    others.quantum = state_->plan.architecture.quantum;
    require_same_shape(state_->plan.architecture, others);
    exchange_circuit(architecture.quantum);
  }
  State &s = *state_;
  s.network.reconfigure(architecture);
  const bool new_moments = training.optimizer != s.plan.training.optimizer;
  const bool new_sizes =
      training.batch != s.plan.training.batch || architecture.spiking != s.plan.architecture.spiking;
  s.plan.architecture = architecture;
  s.plan.training = training;
  s.plan.data.noise = noise;
  if (new_sizes)
    s.reserve();
  if (new_moments) { // moments of one optimiser mean nothing to another
    std::fill(s.now.moments.first.begin(), s.now.moments.first.end(), 0.0f);
    std::fill(s.now.moments.second.begin(), s.now.moments.second.end(), 0.0f);
    s.now.position.updates_spiking = s.now.position.updates_quantum = 0;
  }
  s.remember_good();
}

Snapshot Trainer::look() const {
  const State &s = *state_;
  Snapshot view;
  view.step = s.now.position.step;
  view.steps_per_epoch = steps_per_epoch();
  view.epochs_done = s.now.position.epoch;
  view.epochs_planned = s.plan.training.epochs;
  view.images_seen = s.now.position.images_seen;
  view.learning_rate = scheduled_rate(s.plan.training, s.now.position, s.order.size());
  view.epochs = s.history.epochs.share();
  view.batches = s.history.batches().share();
  view.running = s.history.running.share();
  view.answers = s.answers;
  view.inspection = s.inspection;
  if (const int id = s.network.layout().circuit; id >= 0) {
    if (s.circuit_changed || !s.circuit_copy) {
      const ParameterBlock &block = s.network.layout().blocks[static_cast<std::size_t>(id)];
      const float *weights = s.network.weights().data() + block.offset;
      const auto gradient = s.batches.circuit_gradient();
      s.circuit_copy = std::make_shared<const CircuitWeights>(
          CircuitWeights{{weights, weights + block.outs}, {gradient.begin(), gradient.end()}});
      state_->circuit_changed = false;
    }
    view.circuit_weights = s.circuit_copy;
  }
  return view;
}

} // namespace duet
