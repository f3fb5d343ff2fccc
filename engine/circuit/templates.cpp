#include "engine/circuit/templates.h"
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include <stdexcept>
#include <string>

namespace duet {

namespace {

/// Appends gates; weights are numbered in the order of application.
class Builder {
public:
  explicit Builder(int qubits) { circuit_.qubits = qubits; }

  void gate(Gate gate, int a, int b = -1) { add(gate, a, b, {}); }
  void feature(Gate gate, int qubit, int feature) { add(gate, qubit, -1, Angle::feature(feature)); }
  void weight(Gate gate, int a, int b = -1) { add(gate, a, b, Angle::weight(circuit_.weights++)); }
  int qubits() const { return circuit_.qubits; }

  Circuit take(int features) {
    circuit_.features = features;
    return std::move(circuit_);
  }

private:
  void add(Gate gate, int a, int b, Angle angle) {
    circuit_.operations.push_back({gate, {std::int16_t(a), std::int16_t(b), -1}, {angle, {}, {}}});
  }
  Circuit circuit_;
};

void encode(Builder &b) {
  for (int i = 0; i < b.qubits(); ++i)
    b.feature(Gate::ry, i, i);
}

void star(Builder &b, int) {
  for (int i = 1; i < b.qubits(); ++i) {
    b.gate(Gate::cx, 0, i);
    b.weight(Gate::rz, i);
    b.weight(Gate::rx, i);
    b.weight(Gate::rz, i);
    b.gate(Gate::cx, 0, i);
  }
}

void ring(Builder &b, int) {
  const int n = b.qubits();
  for (int i = 0; i < n; ++i)
    b.weight(Gate::ry, i);
  for (int i = 0; n > 1 && i < n; ++i)
    b.gate(Gate::cx, i, (i + 1) % n);
}

void linear(Builder &b, int) {
  const int n = b.qubits();
  for (int i = 0; i < n; ++i) {
    b.weight(Gate::ry, i);
    b.weight(Gate::rz, i);
  }
  for (int i = 0; i + 1 < n; ++i)
    b.gate(Gate::cx, i, i + 1);
}

void all_to_all(Builder &b, int) {
  const int n = b.qubits();
  for (int i = 0; i < n; ++i)
    for (int j = i + 1; j < n; ++j)
      b.weight(Gate::crz, i, j);
  for (int i = 0; i < n; ++i) {
    b.weight(Gate::rz, i);
    b.weight(Gate::rx, i);
  }
}

/// PennyLane's StronglyEntanglingLayers with its default ranges.
void strongly_entangling(Builder &b, int layer) {
  const int n = b.qubits();
  for (int i = 0; i < n; ++i) {
    b.weight(Gate::rz, i);
    b.weight(Gate::ry, i);
    b.weight(Gate::rz, i);
  }
  if (n == 1)
    return;
  const int step = 1 + layer % (n - 1);
  for (int i = 0; i < n; ++i)
    b.gate(Gate::cx, i, (i + step) % n);
}

using Layer = void (*)(Builder &, int layer);
Layer layer_of(Ansatz ansatz) {
  switch (ansatz) {
  case Ansatz::star:
    return star;
  case Ansatz::ring:
    return ring;
  case Ansatz::linear:
    return linear;
  case Ansatz::all_to_all:
    return all_to_all;
  case Ansatz::strongly_entangling:
    return strongly_entangling;
  case Ansatz::custom:
  case Ansatz::none:
    break;
  }
  return nullptr;
}

Error usage(const std::string &sentence) { return Error(ExitCode::usage, sentence); }

} // namespace

Circuit build_template(const QuantumSettings &settings) {
  if (settings.qubits < 1 || settings.qubits > most_qubits)
    throw usage("quantum.qubits is " + std::to_string(settings.qubits) + ": 1 to " +
                std::to_string(most_qubits) + " are allowed");
  if (settings.layers < 0)
    throw usage("quantum.layers is " + std::to_string(settings.layers) + ": it cannot be negative");
  const bool amplitude = settings.input == QuantumInput::amplitude;
  if (settings.ansatz == Ansatz::none && amplitude)
    throw usage(
        "quantum.ansatz 'none' has no circuit for quantum.input 'amplitude': choose another input or ansatz");
  if (settings.ansatz == Ansatz::custom)
    throw std::logic_error("a custom circuit is no template");
  if (settings.ansatz == Ansatz::none)
    return Builder(settings.qubits).take(0);
  if (amplitude && settings.reupload)
    throw usage("quantum.reupload is true, but quantum.input 'amplitude' has no angles to upload again: set "
                "it to false");

  Builder builder(settings.qubits);
  if (!amplitude) {
    for (int i = 0; i < settings.qubits; ++i)
      builder.gate(Gate::h, i);
    encode(builder);
  }
  const Layer add_layer = layer_of(settings.ansatz);
  for (int layer = 0; layer < settings.layers; ++layer) {
    if (layer > 0 && settings.reupload)
      encode(builder);
    add_layer(builder, layer);
  }
  return builder.take(amplitude ? 0 : settings.qubits);
}

} // namespace duet
