#include "engine/bench/bench.h"
#include "engine/base/number_text.h"
#include "engine/bench/circuits.h"
#include "engine/bench/machine.h"
#include "engine/bench/training.h"
#include "engine/io/json_text.h"
#include <nlohmann/json.hpp>

namespace duet {
namespace {

/// GEMM work of one image of preset `paper`: forward and weight gradients of both 784-128 layers and the
/// rest.
constexpr double paper_flop_per_image = 0.913e6;

/// Training speed of every kind, neuron and encoder at one batch size.
struct Variant {
  const char *kind, *neuron, *encoder;
};
constexpr Variant variants[] = {
    {"parallel", "lif", "constant"}, {"parallel", "lif", "poisson"}, {"parallel", "rate", "constant"},
    {"parallel", "rate", "poisson"}, {"spiking", "lif", "constant"}, {"spiking", "lif", "poisson"},
    {"spiking", "rate", "constant"}, {"spiking", "rate", "poisson"}, {"serial", "lif", "constant"},
    {"serial", "lif", "poisson"},    {"serial", "rate", "constant"}, {"serial", "rate", "poisson"},
};

class Runner {
public:
  Runner(const BenchOptions &options, const std::function<void(const std::string &)> &progress)
      : options_(options), progress_(progress), workers_(options.threads) {}

  std::vector<Figure> run() {
    machine();
    const auto data = bench::tiled_dataset(bench::few_test_images);
    paper(data);
    single_layer(data);
    for (const Variant &v : variants)
      for (const int batch : {32, 256})
        variant(v, batch, data);
    evaluation();
    circuits();
    return std::move(figures_);
  }

private:
  void say(const std::string &key) const {
    if (progress_)
      progress_(key);
  }
  void add(const std::string &key, double value, const std::string &unit, std::optional<double> goal,
           const std::string &note, bool lower = false) {
    figures_.push_back({key, value, unit, goal, note, lower, {}});
  }

  void machine() {
    say("machine");
    Figure name{"isa", 0, "", {}, "instruction set of the kernels", false, bench::isa()};
    figures_.push_back(name);
    add("machine.threads", workers_.threads(), "", {}, "worker threads");
    add("machine.load_average", bench::load_average(), "", {},
        "of the last minute, before this run: others' work lowers all figures", true);
    peak_ = bench::fma_gflops_per_core(options_);
    add("machine.fma_gflops_per_core", peak_, "GFLOP/s", {}, "multiply-adds in registers, one thread");
  }

  double speed(const std::string &preset, std::vector<std::string> settings, int batch,
               const std::shared_ptr<const Dataset> &data) {
    settings.push_back("training.batch=" + std::to_string(batch));
    bench::TrainingBench one(preset, settings, data, workers_);
    return bench::images_per_second(one, options_);
  }

  void paper(const std::shared_ptr<const Dataset> &data) {
    BenchOptions longer = options_;
    longer.windows *= 2;
    for (const int batch : {32, 256}) {
      const std::string key = "train.batch" + std::to_string(batch);
      say(key);
      const double images = [&] {
        bench::TrainingBench one("paper", {"training.batch=" + std::to_string(batch)}, data, workers_);
        return bench::images_per_second(one, longer);
      }();
      const double goal = batch == 256 ? 0.55 : 0.35, roof = workers_.threads() * peak_ * 1e9;
      add(key + ".images_per_second", images, "images/s", goal * roof / paper_flop_per_image,
          "preset paper, 60,000 images tiled from mnist-mini");
      add(key + ".fraction_of_peak", images * paper_flop_per_image / roof, "", goal,
          "0.913 MFLOP an image over threads x FMA peak");
    }
  }

  void single_layer(const std::shared_ptr<const Dataset> &data) {
    for (const bool poisson : {false, true}) {
      const std::string encoder = poisson ? "poisson" : "constant";
      const std::string key = "train.lif784x128." + encoder + ".batch128.images_per_second";
      say(key);
      add(key, speed("spiking-only", {"spiking.encoder=" + encoder}, 128, data), "images/s",
          poisson ? 60'000 : 200'000, "LIF 784-128-10, 10 steps");
    }
  }

  void variant(const Variant &v, int batch, const std::shared_ptr<const Dataset> &data) {
    const std::string name = std::string(v.kind) + "." + v.neuron + "." + v.encoder;
    const std::string key = "train." + name + ".batch" + std::to_string(batch) + ".images_per_second";
    say(key);
    const std::vector<std::string> settings = {std::string("model.kind=") + v.kind,
                                               std::string("spiking.neuron.kind=") + v.neuron,
                                               std::string("spiking.encoder=") + v.encoder};
    add(key, speed("ppf", settings, batch, data), "images/s", {}, "default experiment with these settings");
  }

  void evaluation() {
    say("evaluate");
    bench::TrainingBench one("ppf", {}, bench::tiled_dataset(10'000), workers_);
    for (int k = 0; k < 200; ++k)
      one.step();
    add("evaluate.images10000.ms", bench::evaluation_ms(one.trainer(), options_), "ms", 60,
        "default model, all its test figures", true);
    add("ratio_curve.images10000.ms", bench::ratio_curve_ms(one.trainer(), options_), "ms", 5,
        "accuracy as an exact function of the ratio", true);
    add("snapshot.us", bench::snapshot_us(one, options_), "us", {},
        "one picture of the training for the window", true);
  }

  void circuits() {
    BenchOptions fewer = options_;
    fewer.windows = std::max(1, options_.windows / 3);
    for (Figure &figure : bench::circuit_figures(fewer, [this](const std::string &key) { say(key); }))
      figures_.push_back(std::move(figure));
  }

  const BenchOptions &options_;
  const std::function<void(const std::string &)> &progress_;
  Workers workers_;
  double peak_ = 0;
  std::vector<Figure> figures_;
};

} // namespace

std::vector<Figure> run_bench(const BenchOptions &options,
                              const std::function<void(const std::string &)> &progress) {
  return Runner(options, progress).run();
}

std::string bench_json(std::span<const Figure> figures) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object(), goals = nlohmann::ordered_json::object();
  for (const Figure &figure : figures) {
    if (!figure.text.empty())
      out[figure.key] = figure.text;
    else if (figure.key == "machine.threads")
      out[figure.key] = static_cast<int>(figure.value);
    else
      out[figure.key] = figure.value;
    if (figure.goal)
      goals[figure.key] = *figure.goal;
  }
  out["goals"] = goals;
  return json_text(out);
}

std::string bench_table(std::span<const Figure> figures) {
  std::size_t width = 0;
  for (const Figure &figure : figures)
    width = std::max(width, figure.key.size());
  std::string out;
  for (const Figure &figure : figures) {
    std::string line = figure.key + std::string(width + 2 - figure.key.size(), ' ');
    line += figure.text.empty()
                ? significant(figure.value, 6) + (figure.unit.empty() ? "" : " " + figure.unit)
                : figure.text;
    line.resize(std::max(line.size() + 2, width + 24), ' ');
    if (figure.goal) {
      const bool met = figure.lower_is_better ? figure.value <= *figure.goal : figure.value >= *figure.goal;
      line += std::string("goal ") + (figure.lower_is_better ? "<= " : ">= ") + significant(*figure.goal, 6) +
              (met ? "  met" : "  not met");
    }
    line.resize(std::max(line.size() + 2, width + 52), ' ');
    out += line + figure.note + "\n";
  }
  return out;
}

std::string bench_help() {
  return "Keys of bench --json (numbers unless said otherwise):\n"
         "  isa                              instruction set of the kernels (text)\n"
         "  machine.threads                  worker threads\n"
         "  machine.load_average             of the last minute, before the run\n"
         "  machine.fma_gflops_per_core      FMA rate of one core, measured in this run\n"
         "  train.batch32.images_per_second  preset paper: rate neurons, T = 10, constant input, 5 qubits, "
         "star\n"
         "  train.batch256.images_per_second the same, batch 256\n"
         "  train.batch256.fraction_of_peak  images/s x 0.913e6 / (threads x FMA rate); also "
         "train.batch32.fraction_of_peak\n"
         "  train.lif784x128.ENCODER.batch128.images_per_second\n"
         "  train.KIND.NEURON.ENCODER.batchN.images_per_second  KIND parallel, spiking, serial; NEURON lif, "
         "rate;\n"
         "                                   ENCODER constant, poisson; N 32, 256\n"
         "  circuit.star5x1.gradient_ns, circuit.star8x2.gradient_ns, circuit.star12x2.gradient_ns,\n"
         "  circuit.star16x2.gradient_ns     forward and gradient, ns a sample, one thread, f32: 5 qubits, 1 "
         "layer, ...;\n"
         "                                   also ring, strongly_entangling, random and 20x2; forward_ns: "
         "the values alone\n"
         "  evaluate.images10000.ms, ratio_curve.images10000.ms, snapshot.us\n"
         "  goals                            an object: the goal of each key that has one\n";
}

} // namespace duet
