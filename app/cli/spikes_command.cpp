// duet-cli spikes: what one test image makes the neurons do.
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/loaded_model.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include "engine/io/files.h"
#include "engine/io/json_text.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace duet {
namespace {

using Json = nlohmann::ordered_json;

struct SpikesOptions {
  std::string run, image, csv;
  bool json = false;
};

struct Branch {
  int number; ///< as in the CSV: 0 the spiking branch, 1 the encoder of the quantum branch
  const char *name;
  const StackRecord *stack;
};

std::vector<Branch> branches_of(const Inspection &seen) {
  std::vector<Branch> branches;
  if (seen.spiking)
    branches.push_back({0, "spiking", &*seen.spiking});
  if (seen.encoder)
    branches.push_back({1, "quantum", &*seen.encoder});
  return branches;
}

template <class Visit> void for_each_cell(const LayerRecord &layer, Visit visit) {
  for (int step = 0; step < layer.steps; ++step)
    for (int neuron = 0; neuron < layer.neurons; ++neuron)
      visit(step, neuron,
            static_cast<std::size_t>(step) * static_cast<std::size_t>(layer.neurons) +
                static_cast<std::size_t>(neuron));
}

std::string as_csv(const Inspection &seen) {
  std::string text = "branch,layer,step,neuron\n";
  for (const Branch &branch : branches_of(seen))
    for (std::size_t l = 0; l < branch.stack->layers.size(); ++l)
      for_each_cell(branch.stack->layers[l], [&](int step, int neuron, std::size_t i) {
        const std::string row = std::to_string(branch.number) + ',' + std::to_string(l) + ',' +
                                std::to_string(step) + ',' + std::to_string(neuron) + '\n';
        for (int n = branch.stack->layers[l].spikes[i]; n > 0; --n)
          text += row;
      });
  return text;
}

/// [[...], [...]]: a row for each step.
template <class Number> Json matrix(const LayerRecord &layer, const std::vector<Number> &values) {
  Json rows = Json::array();
  for_each_cell(layer, [&](int, int neuron, std::size_t i) {
    if (neuron == 0)
      rows.push_back(Json::array());
    rows.back().push_back(values[i]);
  });
  return rows;
}

Json json_of(const std::optional<Logits> &logits) { return logits ? Json(*logits) : Json(); }

int winner(const Logits &logits) {
  return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

/// The label that logits answer with; `none` where they choose an output beyond the classes kept.
std::string answer(const std::vector<int> &classes, const Logits &logits, const char *none) {
  const auto label = label_of(classes, winner(logits));
  return label ? std::to_string(*label) : none;
}

std::string as_json(const Inspection &seen, const std::vector<int> &classes) {
  Json all;
  all["image"] = seen.index;
  all["label"] = label_of(classes, seen.target).value();
  all["answer"] = Json();
  if (const auto label = label_of(classes, winner(seen.logits_fused)))
    all["answer"] = *label;
  all["logits"] = seen.logits_fused;
  all["logits_spiking"] = json_of(seen.logits_spiking);
  all["logits_quantum"] = json_of(seen.logits_quantum);
  all["branches"] = Json::array();
  for (const Branch &branch : branches_of(seen)) {
    Json layers = Json::array();
    for (const LayerRecord &layer : branch.stack->layers)
      layers.push_back(Json::object({{"neurons", layer.neurons},
                                     {"steps", layer.steps},
                                     {"spikes", matrix(layer, layer.spikes)},
                                     {"membrane", matrix(layer, layer.membrane)}}));
    all["branches"].push_back(
        Json::object({{"branch", branch.number}, {"name", branch.name}, {"layers", std::move(layers)}}));
  }
  return json_text(all);
}

std::string as_text(const Inspection &seen, const std::vector<int> &classes) {
  constexpr const char *none = "none of its classes";
  std::string text = "test image " + std::to_string(seen.index) + ": label " +
                     std::to_string(label_of(classes, seen.target).value()) + ", answer " +
                     answer(classes, seen.logits_fused, none);
  if (seen.logits_spiking && seen.logits_quantum)
    text += " (spiking branch " + answer(classes, *seen.logits_spiking, none) + ", quantum branch " +
            answer(classes, *seen.logits_quantum, none) + ")";
  text += "\n";
  for (const Branch &branch : branches_of(seen))
    for (std::size_t l = 0; l < branch.stack->layers.size(); ++l) {
      const LayerRecord &layer = branch.stack->layers[l];
      std::vector<int> count(static_cast<std::size_t>(layer.neurons));
      int total = 0;
      for_each_cell(layer, [&](int, int neuron, std::size_t i) {
        count[static_cast<std::size_t>(neuron)] += layer.spikes[i];
        total += layer.spikes[i];
      });
      const auto firing = layer.neurons - std::ranges::count(count, 0);
      const auto busiest = std::ranges::max_element(count);
      text += std::string(branch.name) + " branch, layer " + std::to_string(l) + ": " + grouped(total) +
              (total == 1 ? " spike in " : " spikes in ") +
              counted(static_cast<std::uint64_t>(layer.steps), "step") + ", " + std::to_string(firing) +
              " of " + counted(static_cast<std::uint64_t>(layer.neurons), "neuron") +
              (firing == 1 ? " fires" : " fire");
      if (total > 0)
        text += ", most often neuron " + std::to_string(busiest - count.begin()) + " (" +
                std::to_string(*busiest) + ")";
      if (!layer.membrane.empty())
        text += ", highest membrane value " +
                rounded(static_cast<double>(*std::ranges::max_element(layer.membrane)), 3);
      text += "\n";
    }
  if (branches_of(seen).empty())
    text += "This model has no spiking layers.\n";
  return text;
}

void spikes(const SpikesOptions &options) {
  const std::uint64_t image = count_argument("--image", options.image);
  LoadedModel model(read_model(options.run));
  const std::size_t images = model.dataset().test.size();
  if (image >= images)
    throw Error(ExitCode::usage, "--image is " + options.image + "; allowed: whole numbers from 0 to " +
                                     std::to_string(images - 1) + ", the test images of this run.");
  const std::vector<int> &classes = model.trainer().plan().data.classes;
  const Inspection seen = model.trainer().inspect(static_cast<std::uint32_t>(image));
  if (!options.csv.empty())
    write_file(options.csv, as_csv(seen));
  if (options.json)
    print(as_json(seen, classes));
  else
    print(as_text(seen, classes));
}

} // namespace

void add_spikes_command(CLI::App &app) {
  auto options = std::make_shared<SpikesOptions>();
  CLI::App *command =
      app.add_subcommand("spikes", "Shows the spikes one test image causes in a trained run.");
  command->add_option("run", options->run, "The run's folder.")->required()->type_name("RUN");
  command->add_option("--image", options->image, "Number of the test image, from 0.")
      ->required()
      ->type_name("I");
  command
      ->add_option("--csv", options->csv,
                   "Writes a row per spike: branch (0 spiking, 1 quantum), layer, step, neuron, all from 0.")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "Prints spikes and membrane potentials as JSON.");
  command->footer([] {
    Inspection sample;
    sample.spiking.emplace().layers.push_back(
        {.neurons = 1, .steps = 1, .spikes = {0}, .membrane = {0}, .after = {0}});
    sample.logits_spiking = sample.logits_quantum = Logits{};
    return help_text(
        {{"duet-cli spikes my-run --image 3", "duet-cli spikes my-run --image 3 --csv spikes.csv --json"},
         {"Images are those of the run's own test set, from 0.",
          "Membrane potentials are the values after input and before reset; spikes and membranes are "
          "lists of a row for each step."},
         as_json(sample, {0}),
         ""});
  });
  command->callback([options] { spikes(*options); });
}

} // namespace duet
