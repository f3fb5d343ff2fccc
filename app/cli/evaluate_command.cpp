// duet-cli evaluate: a run's weights on test images, at any ratio and noise.
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/device_options.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"
#include "app/cli/loaded_model.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include "engine/experiment/choices.h"
#include "engine/io/files.h"
#include "engine/io/json_text.h"
#include "engine/training/device_evaluation.h"
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace duet {
namespace {

struct EvaluateOptions {
  std::string run, data, logits;
  std::vector<std::string> ratios, noises;
  DeviceOptions device;
  bool json = false;
};

const std::string noise_option = "--circuit-noise";
/// An image's error by trajectories is averaged over the images.
constexpr int few_trajectories = 100;

struct Result {
  std::optional<double> ratio; ///< none where there is only one branch
  NoiseSettings noise;
  Evaluation evaluation;
};

std::string noise_text(const NoiseSettings &noise) {
  return noise.kind == NoiseKind::none ? "none"
                                       : std::string(name_of(noise.kind)) + ":" + json_number(noise.amount);
}

/// "gaussian:0.3" or "none".
NoiseSettings parse_noise(const std::string &text) {
  const std::size_t colon = text.find(':');
  Experiment scratch;
  const std::string amount = colon == std::string::npos ? "0" : text.substr(colon + 1);
  auto problem = set_text(scratch, "data.noise.kind", text.substr(0, colon));
  if (!problem)
    problem = set_text(scratch, "data.noise.amount", amount, Notation::plain);
  if (problem)
    throw Error(ExitCode::usage, "--noise " + text + ": " + problem->text);
  if (colon == std::string::npos && scratch.data.noise.kind != NoiseKind::none)
    throw Error(ExitCode::usage,
                "--noise " + text + " has no amount; write it as KIND:AMOUNT, for example gaussian:0.3.");
  scratch.data.noise.apply = NoiseApply::test;
  return scratch.data.noise;
}

/// The noise the run's own test accuracy was counted under.
NoiseSettings own_noise(const Experiment &experiment) {
  return experiment.data.noise.apply == NoiseApply::train ? NoiseSettings{} : experiment.data.noise;
}

std::vector<std::optional<double>> wanted_ratios(const EvaluateOptions &options,
                                                 const Experiment &experiment) {
  const bool mixed = mixes(experiment);
  if (!mixed && !options.ratios.empty())
    throw Error(ExitCode::usage, std::string("--ratio: this run's model.kind is ") +
                                     name_of(experiment.model.kind) +
                                     ", which has one branch and nothing to mix; leave --ratio out.");
  if (options.ratios.empty())
    return {mixed ? std::optional(experiment.model.fusion_ratio) : std::nullopt};
  std::vector<std::optional<double>> ratios;
  for (const std::string &text : options.ratios)
    ratios.emplace_back(real_argument("--ratio", text, 0, 1));
  return ratios;
}

/// Told before anything is computed.
Device wanted_device(const EvaluateOptions &options, const Experiment &experiment) {
  const Device device = device_from(options.device, noise_option, few_trajectories);
  if (!device.exact() && !has_circuit(experiment))
    throw Error(ExitCode::usage,
                "--shots, " + noise_option + " and --zne look at a circuit: this run's " +
                    (is_twin(experiment) ? std::string("quantum.ansatz is none")
                                         : std::string("model.kind is ") + name_of(experiment.model.kind)) +
                    ", which has none; leave them out.");
  return device;
}

std::string logits_csv(const TestAnswers &answers, const std::vector<int> &classes) {
  std::string text = "index,label";
  for (const char branch : {'s', 'q'})
    for (int k = 0; k < class_count; ++k)
      text += std::string(",") + branch + std::to_string(k);
  text += '\n';
  for (std::size_t i = 0; i < answers.targets.size(); ++i) {
    text += std::to_string(i) + ',' + std::to_string(label_of(classes, answers.targets[i]).value());
    for (const auto *branch : {&answers.spiking, &answers.quantum})
      for (std::size_t k = 0; k < class_count; ++k)
        text += branch->empty() ? "," : "," + number_text((*branch)[i][k]);
    text += '\n';
  }
  return text;
}

std::string as_json(const std::vector<Result> &results, const Device &device) {
  using Json = nlohmann::ordered_json;
  const auto maybe = [](const std::optional<double> &value) { return value ? Json(*value) : Json(); };
  const std::string noise = device_text(device.noise);
  Json all;
  all["images"] = results.front().evaluation.images;
  for (const Result &r : results)
    all["results"].push_back(
        Json::object({{"ratio", maybe(r.ratio)},
                      {"noise", noise_text(r.noise)},
                      {"accuracy", r.evaluation.accuracy},
                      {"accuracy_spiking", maybe(r.evaluation.accuracy_spiking)},
                      {"accuracy_quantum", maybe(r.evaluation.accuracy_quantum)},
                      {"loss", r.evaluation.loss},
                      {"shots", device.shots ? Json(device.shots) : Json()},
                      {"circuit_noise", noise.empty() ? Json() : Json(noise)},
                      {"zne", device.mitigation ? Json(name_of(device.mitigation->fit)) : Json()}}));
  return json_text(all);
}

std::string as_table(const std::vector<Result> &results, const Device &device) {
  std::string text = counted(results.front().evaluation.images, "test image") +
                     "; spiking and quantum: the branches of this model\n" +
                     (device.exact() ? "" : "the circuit on a device: " + device_in_words(device) + "\n") +
                     "ratio    noise            accuracy  spiking  quantum  loss\n";
  const auto column = [](std::string cell, std::size_t width) {
    cell.resize(std::max(width, cell.size() + 1), ' ');
    return cell;
  };
  const auto share = [](const std::optional<double> &x) { return x ? rounded(*x, 4) : std::string("-"); };
  for (const Result &r : results)
    text += column(r.ratio ? json_number(r.ratio) : "-", 9) + column(noise_text(r.noise), 17) +
            column(rounded(r.evaluation.accuracy, 4), 10) + column(share(r.evaluation.accuracy_spiking), 9) +
            column(share(r.evaluation.accuracy_quantum), 9) + rounded(r.evaluation.loss, 4) + "\n";
  return text;
}

void evaluate(const EvaluateOptions &options) {
  const Interrupt interrupt;
  const RunRecord record = read_model(options.run);
  const Experiment experiment = current_experiment(record);
  const auto ratios = wanted_ratios(options, experiment);
  std::vector<NoiseSettings> noises;
  for (const std::string &text : options.noises)
    noises.push_back(parse_noise(text));
  if (noises.empty())
    noises.push_back(own_noise(experiment));
  const Device device = wanted_device(options, experiment);
  LoadedModel model(record, options.data);
  std::vector<Result> results;
  TestAnswers answers;
  for (const NoiseSettings &noise : noises)
    for (const auto &ratio : ratios) {
      TestAnswers *kept = results.empty() && !options.logits.empty() ? &answers : nullptr;
      const double mixed_at = ratio.value_or(experiment.model.fusion_ratio);
      results.push_back({ratio, noise,
                         device.exact()
                             ? model.trainer().evaluate_test(mixed_at, noise, kept, interrupt.token())
                             : evaluate_on_device(model.trainer(), model.workers(), device, mixed_at, noise,
                                                  kept, interrupt.token())});
      if (interrupt.requested())
        throw Error(ExitCode::interrupted, "Stopped; nothing is written.");
    }
  if (!options.logits.empty())
    write_file(options.logits, logits_csv(answers, experiment.data.classes));
  print(options.json ? as_json(results, device) : as_table(results, device));
}

} // namespace

void add_evaluate_command(CLI::App &app) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App *command = app.add_subcommand("evaluate", "Counts a run's answers on test images.");
  command->add_option("run", options->run, "The run's folder.")->required()->type_name("RUN");
  command
      ->add_option("--ratio", options->ratios,
                   "Fusion ratio from 0 to 1; may be repeated. Without it, the run's own.")
      ->allow_extra_args(false)
      ->type_name("R");
  command
      ->add_option("--noise", options->noises,
                   "Replaces the test noise: none, gaussian:SD, uniform:HALF-WIDTH or salt_pepper:SHARE; may "
                   "be repeated.")
      ->allow_extra_args(false)
      ->type_name("KIND:AMOUNT");
  command->add_option("--data", options->data, "Another set or folder with images of the same size.")
      ->type_name("SOURCE");
  command
      ->add_option("--logits", options->logits,
                   "Writes both branches' logits of every image (of the first noise) as CSV.")
      ->type_name("FILE");
  add_device_options(*command, options->device, noise_option, few_trajectories);
  command->add_flag("--json", options->json, "Prints the results as JSON.");
  command->footer([] {
    return help_text(
        {{"duet-cli evaluate my-run", "duet-cli evaluate my-run --ratio 0 --ratio 0.5 --ratio 1 --json",
          "duet-cli evaluate my-run --noise gaussian:0.3 --logits logits.csv",
          "duet-cli evaluate my-run --shots 256 --circuit-noise depolarizing:0.01 --zne exponential"},
         {"Ratios reach from 0 (the spiking branch alone) to 1 (the quantum branch alone); amounts of "
          "noise from 0 to 1.",
          "--data takes images of the size the run was trained on.",
          "--shots, --circuit-noise and --zne need a circuit; accuracies and loss are those seen through "
          "them."},
         as_json({Result{}}, {}),
         device_help()});
  });
  command->callback([options] { evaluate(*options); });
}

} // namespace duet
