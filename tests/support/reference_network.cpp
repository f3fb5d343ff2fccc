#include "tests/support/reference_network.h"
#include "tests/support/reference_circuit.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet::reference {
namespace {

constexpr double pi = std::numbers::pi;
using Vector = std::vector<double>;

std::size_t to_size(int value) { return static_cast<std::size_t>(value); }

Vector linear(const Vector &weight, const Vector &bias, const double *x) {
  Vector y = bias;
  const std::size_t in = weight.size() / bias.size();
  for (std::size_t o = 0; o < y.size(); ++o)
    for (std::size_t i = 0; i < in; ++i)
      y[o] += weight[o * in + i] * x[i];
  return y;
}

/// Adds to the gradients of a Linear layer; returns dL/dx.
Vector linear_back(const Vector &weight, const Vector &dy, const double *x, Vector &dweight, Vector &dbias) {
  const std::size_t in = weight.size() / dy.size();
  dweight.resize(weight.size());
  dbias.resize(dy.size());
  Vector dx(in);
  for (std::size_t o = 0; o < dy.size(); ++o) {
    dbias[o] += dy[o];
    for (std::size_t i = 0; i < in; ++i) {
      dweight[o * in + i] += dy[o] * x[i];
      dx[i] += dy[o] * weight[o * in + i];
    }
  }
  return dx;
}

} // namespace

double surrogate_slope(Surrogate kind, double k, double d) {
  switch (kind) {
  case Surrogate::fast_sigmoid:
    return 1 / ((1 + k * std::abs(d)) * (1 + k * std::abs(d)));
  case Surrogate::atan:
    return k / 2 / (1 + (pi * k * d / 2) * (pi * k * d / 2));
  case Surrogate::sigmoid: {
    const double s = 1 / (1 + std::exp(-k * d));
    return k * s * (1 - s);
  }
  case Surrogate::triangular:
    return std::max(0.0, 1 - k * std::abs(d));
  case Surrogate::straight_through:
    break;
  }
  return 1;
}

double surrogate_integral(Surrogate kind, double k, double d) {
  switch (kind) {
  case Surrogate::fast_sigmoid:
    return d / (1 + k * std::abs(d));
  case Surrogate::atan:
    return std::atan(pi * k * d / 2) / pi;
  case Surrogate::sigmoid:
    return 1 / (1 + std::exp(-k * d));
  case Surrogate::triangular:
    return std::abs(d) < 1 / k ? d - k * d * std::abs(d) / 2 : std::copysign(0.5 / k, d);
  case Surrogate::straight_through:
    break;
  }
  return d;
}

/// One image through one network, and back.
struct Network::Worker {
  const Network &net;
  const Parameters &p;
  Pass &pass;
  const SpikingSettings &s = net.architecture_.spiking;
  const QuantumSettings &q = net.architecture_.quantum;

  const Vector &at(const std::string &name) const { return p.at(name); }

  static std::string prefix(Stack stack) { return stack == Stack::spiking ? "spiking." : "quantum.encoder."; }

  Vector encoded(const Vector &image, int step, Stack stack, int index) const {
    Vector x = image;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (s.encoder == Encoder::poisson)
        x[i] = net.draws_.poisson(stack, step, static_cast<int>(i), index) < s.max_rate * image[i];
      if (s.encoder == Encoder::latency)
        x[i] = image[i] > 0.05 && std::floor((1 - image[i]) * (s.steps - 1) + 0.5) == step;
    }
    return x;
  }

  /// lif and if: one neuron over all steps.
  void spike(LayerTrace &t, std::size_t j, std::size_t width, const LayerTrace *held) const {
    const NeuronSettings &c = s.neuron;
    const bool lif = c.kind == NeuronKind::lif;
    const double a = lif ? std::exp(-s.dt_ms / c.tau_ms) : 1, g = lif ? c.resistance * (1 - a) : 1,
                 rest = lif ? c.v_rest : 0;
    const int hold = static_cast<int>(std::ceil(c.refractory_ms / s.dt_ms));
    double v = lif ? c.v_rest : c.v_reset;
    int silent = 0;
    for (int step = 0; step < s.steps; ++step) {
      const std::size_t k = to_size(step) * width + j;
      const bool active = held ? held->active[k] != 0 : silent == 0;
      v = active ? rest + a * (v - rest) + g * t.input[k] : c.v_reset;
      const bool fires = held ? held->spikes[k] > 0 : active && v >= c.threshold;
      t.membrane[k] = v;
      t.active[k] = active;
      t.spikes[k] = fires;
      t.output[k] = fires;
      if (active)
        pass.margin = std::min(pass.margin, std::abs(v - c.threshold));
      if (held && active)
        t.output[k] += surrogate_integral(c.surrogate, c.slope, v - c.threshold) -
                       surrogate_integral(c.surrogate, c.slope, held->membrane[k] - c.threshold);
      silent = fires ? hold : std::max(0, silent - 1);
      if (fires)
        v = c.reset == Reset::subtract ? v - (c.threshold - c.v_reset) : c.v_reset;
    }
  }

  /// rate: the spiking rectifier. On constant input in closed form, by definition.
  void rectify(LayerTrace &t, std::size_t j, std::size_t width, double v0, bool constant,
               const LayerTrace *held) const {
    const double dt = s.dt_ms / 1000;
    double v = v0;
    for (int step = 0; step < s.steps; ++step) {
      const std::size_t k = to_size(step) * width + j;
      const double u = t.input[k], charge = std::max(0.0, u) * dt;
      const double base = constant ? std::floor(v0 + step * charge) : 0;
      t.membrane[k] = constant ? v0 + (step + 1) * charge - base : v + charge;
      t.spikes[k] = held ? held->spikes[k] : std::floor(t.membrane[k]);
      t.output[k] = t.spikes[k] / dt;
      t.active[k] = 1;
      if (charge > 0)
        pass.margin = std::min(pass.margin, std::abs(t.membrane[k] - std::round(t.membrane[k])));
      if (held)
        t.output[k] += std::max(0.0, u) - std::max(0.0, held->input[k]);
      v = v + charge - t.spikes[k];
    }
  }

  Vector stack_forward(Stack stack, const Vector &image, int index, std::vector<LayerTrace> &layers,
                       const std::vector<LayerTrace> *held) const {
    const std::size_t steps = to_size(s.steps);
    std::vector<Vector> feed(steps);
    for (std::size_t t = 0; t < steps; ++t)
      feed[t] = encoded(image, static_cast<int>(t), stack, index);
    layers.resize(s.hidden.size());
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const std::string name = prefix(stack) + std::to_string(l);
      const std::size_t width = to_size(s.hidden[l]);
      LayerTrace &t = layers[l];
      t.membrane.resize(steps * width);
      t.spikes = t.output = t.membrane;
      t.active.resize(steps * width);
      for (const Vector &x : feed) {
        const Vector u = linear(at(name + ".weight"), at(name + ".bias"), x.data());
        t.input.insert(t.input.end(), u.begin(), u.end());
        t.fed.insert(t.fed.end(), x.begin(), x.end());
      }
      for (std::size_t j = 0; j < width; ++j) {
        const LayerTrace *twin = held ? &(*held)[l] : nullptr;
        if (s.neuron.kind == NeuronKind::rate)
          rectify(t, j, width, net.draws_.rate_start(stack, static_cast<int>(l), static_cast<int>(j), index),
                  l == 0 && s.encoder == Encoder::constant, twin);
        else
          spike(t, j, width, twin);
      }
      for (std::size_t k = 0; k < steps; ++k)
        feed[k].assign(t.output.begin() + static_cast<std::ptrdiff_t>(k * width),
                       t.output.begin() + static_cast<std::ptrdiff_t>((k + 1) * width));
    }
    return mean(layers.back());
  }

  Vector mean(const LayerTrace &t) const {
    const std::size_t steps = to_size(s.steps), width = t.output.size() / steps;
    Vector m(width);
    for (std::size_t k = 0; k < t.output.size(); ++k)
      m[k % width] += t.output[k] / s.steps;
    return m;
  }

  void stack_backward(Stack stack, const std::vector<LayerTrace> &layers, const Vector &dmean) const {
    const NeuronSettings &c = s.neuron;
    const std::size_t steps = to_size(s.steps);
    const double a = c.kind == NeuronKind::lif ? std::exp(-s.dt_ms / c.tau_ms) : 1;
    const double g = c.kind == NeuronKind::lif ? c.resistance * (1 - a) : 1;
    std::vector<Vector> ds(steps, dmean);
    for (Vector &d : ds)
      for (double &v : d)
        v /= s.steps;
    for (std::size_t l = layers.size(); l-- > 0;) {
      const LayerTrace &t = layers[l];
      const std::size_t width = t.output.size() / steps, in = t.fed.size() / steps;
      const std::string name = prefix(stack) + std::to_string(l);
      Vector carry(width);
      for (std::size_t step = steps; step-- > 0;) {
        Vector du(width);
        for (std::size_t j = 0; j < width; ++j) {
          const std::size_t k = step * width + j;
          if (c.kind == NeuronKind::rate) {
            du[j] = t.input[k] > 0 ? ds[step][j] : 0;
            continue;
          }
          const double through = c.reset == Reset::zero && t.spikes[k] > 0 ? 0 : carry[j];
          const double dv = t.active[k] ? through + ds[step][j] * surrogate_slope(c.surrogate, c.slope,
                                                                                  t.membrane[k] - c.threshold)
                                        : 0;
          du[j] = g * dv;
          carry[j] = a * dv;
        }
        ds[step] = linear_back(at(name + ".weight"), du, t.fed.data() + step * in,
                               pass.gradient[name + ".weight"], pass.gradient[name + ".bias"]);
      }
    }
  }

  /// Names of the Linear layers between the input and the angles.
  std::vector<std::string> chain() const {
    std::vector<std::string> names;
    if (q.input == QuantumInput::spiking)
      for (std::size_t k = 0; k < q.projection.size(); ++k)
        names.push_back("quantum.projection." + std::to_string(k));
    names.emplace_back("quantum.angles");
    return names;
  }

  static Vector amplitudes(const Vector &image, int qubits) {
    Vector start = image;
    start.resize(std::size_t{1} << qubits);
    double norm = 0;
    for (const double v : start)
      norm += v * v;
    if (norm == 0)
      start[0] = norm = 1;
    for (double &v : start)
      v /= std::sqrt(norm);
    return start;
  }

  void quantum(const Vector &image, int index, ImageTrace &trace, const ImageTrace *held,
               const std::function<Vector(ImageTrace &)> &finish) const {
    std::vector<Vector> inputs; // of each Linear of the chain
    Vector squashed, start;
    const std::size_t n = to_size(q.qubits);
    if (q.input == QuantumInput::pooled) {
      for (std::size_t i = 0; i < n; ++i) {
        const std::size_t from = image.size() * i / n, to = image.size() * (i + 1) / n;
        double sum = 0;
        for (std::size_t k = from; k < to; ++k)
          sum += image[k];
        trace.angles.push_back(pi * (sum / static_cast<double>(to - from) - 0.5));
      }
    } else if (q.input == QuantumInput::amplitude) {
      start = amplitudes(image, q.qubits);
    } else {
      Vector h = q.input == QuantumInput::spiking ? stack_forward(Stack::encoder, image, index, trace.encoder,
                                                                  held ? &held->encoder : nullptr)
                                                  : image;
      for (const std::string &name : chain()) {
        inputs.push_back(h);
        h = linear(at(name + ".weight"), at(name + ".bias"), h.data());
      }
      for (double &v : h)
        v = std::tanh(v);
      squashed = h;
      for (double &v : h)
        v *= q.ansatz == Ansatz::none ? 1 : pi / 2;
      trace.angles = h;
    }
    CircuitResult circuit;
    const auto weights = p.find("quantum.circuit.weights");
    if (q.ansatz == Ansatz::none) {
      circuit.expectation_z = trace.angles;
    } else {
      circuit =
          run_circuit(*net.circuit_, trace.angles, weights == p.end() ? Vector{} : weights->second, start);
      trace.probabilities = circuit.probabilities;
    }
    trace.expectation_z = circuit.expectation_z;
    trace.logits_quantum =
        linear(at("quantum.readout.weight"), at("quantum.readout.bias"), trace.expectation_z.data());
    const Vector dlogits = finish(trace);
    if (!dlogits.empty())
      quantum_backward(trace, circuit, inputs, squashed, dlogits);
  }

  void quantum_backward(const ImageTrace &trace, const CircuitResult &circuit,
                        const std::vector<Vector> &inputs, const Vector &squashed,
                        const Vector &dlogits) const {
    const std::size_t n = to_size(q.qubits);
    const Vector dz =
        linear_back(at("quantum.readout.weight"), dlogits, trace.expectation_z.data(),
                    pass.gradient["quantum.readout.weight"], pass.gradient["quantum.readout.bias"]);
    Vector dx = dz;
    if (q.ansatz != Ansatz::none) {
      const std::size_t nf = circuit.feature_jacobian.size() / n, nw = circuit.weight_jacobian.size() / n;
      dx.assign(nf, 0);
      if (nw > 0)
        pass.gradient["quantum.circuit.weights"].resize(nw);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < nf; ++k)
          dx[k] += dz[i] * circuit.feature_jacobian[i * nf + k];
        for (std::size_t k = 0; k < nw; ++k)
          pass.gradient["quantum.circuit.weights"][k] += dz[i] * circuit.weight_jacobian[i * nw + k];
      }
    }
    if (q.input == QuantumInput::pooled || q.input == QuantumInput::amplitude)
      return;
    Vector dh = dx;
    for (std::size_t i = 0; i < n; ++i)
      dh[i] *= (q.ansatz == Ansatz::none ? 1 : pi / 2) * (1 - squashed[i] * squashed[i]);
    const std::vector<std::string> names = chain();
    for (std::size_t k = names.size(); k-- > 0;)
      dh = linear_back(at(names[k] + ".weight"), dh, inputs[k].data(), pass.gradient[names[k] + ".weight"],
                       pass.gradient[names[k] + ".bias"]);
    if (q.input == QuantumInput::spiking)
      stack_backward(Stack::encoder, trace.encoder, dh);
  }
};

Network::Network(Architecture architecture, Draws draws, std::optional<Circuit> custom)
    : architecture_(std::move(architecture)), draws_(std::move(draws)), circuit_(std::move(custom)) {
  const Ansatz ansatz = architecture_.quantum.ansatz;
  if (architecture_.model.kind != ModelKind::spiking && ansatz != Ansatz::none && ansatz != Ansatz::custom)
    circuit_ = template_circuit(architecture_.quantum);
}

Pass Network::run(const Parameters &parameters, const std::vector<std::vector<double>> &images,
                  const std::vector<int> &labels, bool with_gradient, const Pass *held) const {
  Pass pass;
  pass.images.resize(images.size());
  const Worker worker{*this, parameters, pass};
  const ModelKind kind = architecture_.model.kind;
  const double r = kind == ModelKind::spiking  ? 0
                   : kind == ModelKind::serial ? 1
                                               : architecture_.model.fusion_ratio;
  const double share = 1.0 / static_cast<double>(images.size());
  for (std::size_t i = 0; i < images.size(); ++i) {
    ImageTrace &trace = pass.images[i];
    const ImageTrace *twin = held ? &held->images[i] : nullptr;
    const int index = static_cast<int>(i), label = labels[i];
    Vector mean;
    if (kind != ModelKind::serial) {
      mean = worker.stack_forward(Stack::spiking, images[i], index, trace.spiking,
                                  twin ? &twin->spiking : nullptr);
      trace.logits_spiking =
          linear(parameters.at("spiking.readout.weight"), parameters.at("spiking.readout.bias"), mean.data());
    }
    // The loss and both branches' share of its gradient, once all logits of this image are known.
    const auto finish = [&](ImageTrace &t) -> Vector {
      Vector &z = t.logits_fused;
      z.assign(class_count, 0);
      for (std::size_t k = 0; k < z.size(); ++k)
        z[k] = (t.logits_spiking.empty() ? 0 : (1 - r) * t.logits_spiking[k]) +
               (t.logits_quantum.empty() ? 0 : r * t.logits_quantum[k]);
      const double top = *std::max_element(z.begin(), z.end());
      double sum = 0;
      for (const double v : z)
        sum += std::exp(v - top);
      pass.loss += share * (top + std::log(sum) - z[to_size(label)]);
      pass.accuracy += share * (std::max_element(z.begin(), z.end()) - z.begin() == label);
      if (!with_gradient)
        return {};
      Vector ds(z.size()), dq(z.size());
      for (std::size_t k = 0; k < z.size(); ++k) {
        const double d = share * (std::exp(z[k] - top) / sum - (static_cast<int>(k) == label));
        ds[k] = (1 - r) * d;
        dq[k] = r * d;
      }
      if (kind != ModelKind::serial)
        worker.stack_backward(Stack::spiking, t.spiking,
                              linear_back(parameters.at("spiking.readout.weight"), ds, mean.data(),
                                          pass.gradient["spiking.readout.weight"],
                                          pass.gradient["spiking.readout.bias"]));
      return dq;
    };
    if (kind == ModelKind::spiking)
      finish(trace);
    else
      worker.quantum(images[i], index, trace, twin, finish);
  }
  return pass;
}

} // namespace duet::reference
