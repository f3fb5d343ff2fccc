// Slow, obvious f64 twin of the whole network, written from the model (engine/MODEL.md 1.1 to 1.3): forward,
// loss and backward, one image after the other. Shares no code with engine/model, engine/spiking or
// engine/training.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/model/settings.h"
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace duet::reference {

/// Tensors by the names of engine/MODEL.md 3; row-major.
using Parameters = std::map<std::string, std::vector<double>>;

enum class Stack { spiking, encoder };

/// The random numbers of a pass, in [0,1). Only asked for where the settings need them.
struct Draws {
  std::function<double(Stack, int layer, int neuron, int image)> rate_start;
  std::function<double(Stack, int step, int pixel, int image)> poisson;
};

/// One spiking layer and one image, [step][neuron].
struct LayerTrace {
  std::vector<double> input;    ///< u = W s + b
  std::vector<double> membrane; ///< after input and before reset
  std::vector<double> spikes;   ///< counts
  std::vector<double> output;   ///< what the next layer sees
  std::vector<char> active;     ///< 0 while refractory
  std::vector<double> fed;      ///< [step][fan_in], the layer's own input
};

struct ImageTrace {
  std::vector<LayerTrace> spiking, encoder;
  std::vector<double> angles, expectation_z, probabilities;
  std::vector<double> logits_spiking, logits_quantum, logits_fused;
};

struct Pass {
  std::vector<ImageTrace> images;
  double loss = 0, accuracy = 0;
  double margin = 1e300; ///< how close a membrane came to its threshold, or a rate neuron to a whole number
  Parameters gradient;
};

class Network {
public:
  Network(Architecture architecture, Draws draws = {}, std::optional<Circuit> custom = {});
  /// images [image][pixel] in 0..1. With `held`, spikes are smooth: the held pass's spike plus what the
  /// surrogate's antiderivative has moved since; its reset spikes and refractory times stay as they were.
  /// The derivative of that function at the held pass is the surrogate gradient of engine/MODEL.md 1.1.
  Pass run(const Parameters &parameters, const std::vector<std::vector<double>> &images,
           const std::vector<int> &labels, bool with_gradient, const Pass *held = nullptr) const;

private:
  struct Worker;
  Architecture architecture_;
  Draws draws_;
  std::optional<Circuit> circuit_;
};

/// The surrogate derivative of engine/MODEL.md 1.1 and its antiderivative.
double surrogate_slope(Surrogate kind, double k, double d);
double surrogate_integral(Surrogate kind, double k, double d);

} // namespace duet::reference
