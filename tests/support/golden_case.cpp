#include "tests/support/golden_case.h"
#include "engine/experiment/json.h"
#include "engine/io/files.h"
#include "tests/support/source_dir.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

namespace duet::golden {
namespace {

using nlohmann::json;
const std::filesystem::path folder = std::filesystem::path(source_dir()) / "tests" / "golden";

std::vector<double> list(const json &node, const char *key) {
  return node.contains(key) ? node.at(key).get<std::vector<double>>() : std::vector<double>{};
}

reference::Parameters parameters(const json &node) {
  reference::Parameters out;
  for (const auto &[name, tensor] : node.items())
    out[name] = tensor.at("values").get<std::vector<double>>();
  return out;
}

std::vector<Layer> layers(const json &node, const char *key) {
  std::vector<Layer> out;
  for (const json &layer : node.value(key, json::array())) {
    Layer one;
    for (const json &row : layer.at("spikes"))
      for (const json &value : row)
        one.spikes.push_back(value.get<int>());
    one.membrane = layer.at("membrane").get<std::vector<double>>();
    out.push_back(one);
  }
  return out;
}

std::string branch(reference::Stack stack) {
  return stack == reference::Stack::spiking ? "spiking" : "quantum.encoder";
}

} // namespace

std::vector<std::string> names(const std::string &prefix) {
  std::vector<std::string> out;
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json" && entry.path().stem().string().starts_with(prefix))
      out.push_back(entry.path().stem().string());
  std::sort(out.begin(), out.end());
  return out;
}

Case load(const std::string &name) {
  const json file = json::parse(read_file(folder / (name + ".json")));
  Case c;
  c.name = name;
  c.experiment = parse_experiment(file.at("experiment").dump(), name);
  c.rows = file.at("rows"), c.cols = file.at("cols");
  c.pixels = file.at("images").get<std::vector<int>>();
  c.labels = file.at("labels").get<std::vector<int>>();
  c.weights = parameters(file.at("weights"));
  for (const auto &[tensor, value] : file.at("weights").items())
    c.shapes[tensor] = value.at("shape").get<std::vector<std::size_t>>();
  c.gradient = parameters(file.at("gradient"));
  c.weights_after = parameters(file.at("weights_after"));
  c.loss = file.at("loss"), c.accuracy = file.at("accuracy");
  c.fused = list(file, "fused"), c.spiking = list(file, "logits_spiking"),
  c.quantum = list(file, "logits_quantum");
  c.steps = file.at("steps");
  c.losses = list(file, "losses");
  const json &inspect = file.at("inspect");
  c.inspected = inspect.at("image");
  c.spiking_layers = layers(inspect, "spiking");
  c.encoder_layers = layers(inspect, "encoder");
  c.angles = list(inspect, "angles"), c.expectation_z = list(inspect, "expectation_z");
  c.probabilities = list(inspect, "probabilities");
  c.has_draws = file.contains("draws");
  if (c.has_draws)
    c.rate_draws = file.at("draws").at("rate").get<decltype(c.rate_draws)>();
  if (c.has_draws && file.at("draws").contains("poisson"))
    c.poisson_draws = file.at("draws").at("poisson").get<decltype(c.poisson_draws)>();
  return c;
}

std::vector<std::vector<double>> Case::images() const {
  const std::size_t d = static_cast<std::size_t>(rows * cols);
  std::vector<std::vector<double>> out(count(), std::vector<double>(d));
  for (std::size_t k = 0; k < pixels.size(); ++k)
    out[k / d][k % d] = pixels[k] / 255.0;
  return out;
}

Dataset Case::dataset() const {
  ImageSet set;
  set.rows = rows, set.cols = cols;
  for (const int pixel : pixels)
    set.pixels.push_back(static_cast<std::uint8_t>(pixel));
  for (std::size_t i = 0; i < count(); ++i) {
    set.targets.push_back(static_cast<std::uint8_t>(labels[i]));
    set.file_index.push_back(static_cast<std::uint32_t>(i));
  }
  Dataset data;
  data.files.source = name;
  data.train = data.test = set;
  data.validation.rows = rows, data.validation.cols = cols;
  return data;
}

TensorFile Case::tensors() const {
  TensorFile file;
  for (const auto &[tensor, values] : weights)
    file.tensors[tensor] = {shapes.at(tensor), std::vector<float>(values.begin(), values.end())};
  return file;
}

reference::Draws Case::draws() const {
  const Case self = *this;
  const std::size_t d = static_cast<std::size_t>(rows * cols), images = count();
  return {[self](reference::Stack stack, int layer, int neuron, int image) {
            const auto l = static_cast<std::size_t>(layer);
            const std::size_t width = static_cast<std::size_t>(self.experiment.spiking.hidden[l]);
            return self.rate_draws.at(branch(stack))
                .at(l)
                .at(static_cast<std::size_t>(image) * width + static_cast<std::size_t>(neuron));
          },
          [self, d, images](reference::Stack stack, int step, int pixel, int image) {
            return self.poisson_draws.at(branch(stack))
                .at((static_cast<std::size_t>(step) * images + static_cast<std::size_t>(image)) * d +
                    static_cast<std::size_t>(pixel));
          }};
}

double difference(const std::vector<double> &a, const std::vector<double> &b, double scale) {
  if (a.size() != b.size())
    return std::numeric_limits<double>::infinity();
  double worst = 0;
  for (std::size_t k = 0; k < a.size(); ++k)
    worst = std::max(worst, std::isfinite(a[k]) ? std::abs(a[k] - b[k]) / (scale + std::abs(b[k]))
                                                : std::numeric_limits<double>::infinity());
  return worst;
}

} // namespace duet::golden
