// One golden file of tests/golden: what an independent numpy implementation makes of given weights and
// images.
#pragma once
#include "engine/data/dataset.h"
#include "engine/experiment/experiment.h"
#include "engine/io/tensors.h"
#include "tests/support/reference_network.h"
#include <map>
#include <string>
#include <vector>

namespace duet::golden {

struct Layer {
  std::vector<int> spikes;      ///< [step][neuron]
  std::vector<double> membrane; ///< [step][neuron]
};

struct Case {
  std::string name;
  Experiment experiment;
  int rows = 0, cols = 0;
  std::vector<int> pixels, labels; ///< bytes [image][pixel]
  reference::Parameters weights, gradient, weights_after;
  std::map<std::string, std::vector<std::size_t>> shapes;
  double loss = 0, accuracy = 0;
  std::vector<double> fused, spiking, quantum; ///< logits [image][10]; empty without that branch
  int steps = 0;
  std::vector<double> losses; ///< before each step
  int inspected = 0;
  std::vector<Layer> spiking_layers, encoder_layers;
  std::vector<double> angles, expectation_z, probabilities;
  bool has_draws = false;
  std::map<std::string, std::vector<std::vector<double>>> rate_draws; ///< branch -> [layer][image * neurons]
  std::map<std::string, std::vector<double>> poisson_draws;           ///< branch -> [step][image][pixel]

  std::size_t count() const { return labels.size(); }
  std::vector<std::vector<double>> images() const; ///< in 0..1
  Dataset dataset() const;                         ///< the images as training and as test set
  TensorFile tensors() const;                      ///< the weights in float32
  reference::Draws draws() const;
};

/// All golden files, sorted by name; `prefix` chooses.
std::vector<std::string> names(const std::string &prefix = "");
Case load(const std::string &name);

/// Largest |a - b| / (scale + |b|); infinite for lists of different length.
double difference(const std::vector<double> &a, const std::vector<double> &b, double scale);

} // namespace duet::golden
