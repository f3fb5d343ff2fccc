// The names of the values of each kind (engine/MODEL.md), with one sentence each.
#pragma once
#include "engine/experiment/experiment.h"
#include "engine/spiking/neuron_kinds.h"
#include <array>
#include <span>

namespace duet {

template <class Enum> struct Choice {
  Enum value;
  const char *name;            ///< as in experiment.json
  const char *help;            ///< one sentence
  const char *label = nullptr; ///< in words, where the name is none
};

/// An amount of noise that is seen and leaves the images readable: what a kind of noise begins with.
constexpr double usual_amount(NoiseKind kind) {
  switch (kind) {
  case NoiseKind::none:
    break;
  case NoiseKind::gaussian:
    return 0.2;
  case NoiseKind::uniform:
    return 0.3;
  case NoiseKind::salt_pepper:
    return 0.1;
  }
  return 0;
}

inline constexpr Choice<NoiseKind> noise_kinds[] = {
    {NoiseKind::none, "none", "The images as they are."},
    {NoiseKind::gaussian, "gaussian",
     "Adds a normal random number of this standard deviation to every pixel.", "Gaussian"},
    {NoiseKind::uniform, "uniform",
     "Adds a random number between minus and plus this half-width to every pixel."},
    {NoiseKind::salt_pepper, "salt_pepper", "Turns this share of the pixels black or white.",
     "salt and pepper"},
};
inline constexpr Choice<NoiseApply> noise_applies[] = {
    {NoiseApply::both, "both", "Training and test images are noisy.", "both sets"},
    {NoiseApply::train, "train", "Only training images are noisy, fresh in every epoch.", "training set"},
    {NoiseApply::test, "test", "Only test images are noisy, the same noise at every evaluation.", "test set"},
};
inline constexpr Choice<ModelKind> model_kinds[] = {
    {ModelKind::parallel, "parallel",
     "Both branches see the image; their logits are mixed by the fusion ratio.", "parallel fusion"},
    {ModelKind::spiking, "spiking", "The spiking branch alone.", "spiking alone"},
    {ModelKind::serial, "serial", "A spiking encoder, then the circuit, one after the other.", "in series"},
};
inline constexpr Choice<Encoder> encoders[] = {
    {Encoder::constant, "constant", "Every step receives the image itself, as a constant current."},
    {Encoder::poisson, "poisson", "A pixel spikes at random in each step, more often the brighter it is.",
     "Poisson"},
    {Encoder::latency, "latency", "A pixel spikes once, earlier the brighter it is."},
};
inline constexpr auto neuron_kinds = [] { // from the table of neurons
  std::array<Choice<NeuronKind>, neuron_kind_count> all{};
  for (int i = 0; i < neuron_kind_count; ++i) {
    const auto kind = static_cast<NeuronKind>(i);
    all[static_cast<std::size_t>(i)] = {kind, facts(kind).name, facts(kind).help, facts(kind).title};
  }
  return all;
}();
inline constexpr Choice<Reset> resets[] = {
    {Reset::subtract, "subtract", "A spike takes the distance from reset to threshold off the membrane."},
    {Reset::zero, "zero", "A spike sets the membrane to its reset value."},
};
inline constexpr Choice<Surrogate> surrogates[] = {
    {Surrogate::fast_sigmoid, "fast_sigmoid", "1 / (1 + k |d|)^2: sharp, with long tails.", "fast sigmoid"},
    {Surrogate::atan, "atan", "(k/2) / (1 + (pi k d / 2)^2): the derivative of an arc tangent."},
    {Surrogate::sigmoid, "sigmoid", "k s (1 - s) with s the logistic function of k d."},
    {Surrogate::triangular, "triangular", "max(0, 1 - k |d|): zero farther than 1/k from threshold."},
    {Surrogate::straight_through, "straight_through",
     "1 everywhere: the gradient passes as if there were no spike.", "straight through"},
};
inline constexpr Choice<QuantumInput> quantum_inputs[] = {
    {QuantumInput::spiking, "spiking", "A spiking encoder with weights of its own gives the angles.",
     "spiking features"},
    {QuantumInput::linear, "linear", "One linear layer turns the pixels into angles.", "linear layer"},
    {QuantumInput::pooled, "pooled",
     "Each angle is the mean brightness of a band of pixels; nothing to train.", "pooled pixels"},
    {QuantumInput::amplitude, "amplitude",
     "The pixels themselves, normalised, are the amplitudes of the state."},
};
inline constexpr Choice<Ansatz> ansatzes[] = {
    {Ansatz::star, "star", "Qubit 0 is entangled with every other one: the published circuit."},
    {Ansatz::ring, "ring", "RY on every qubit, then a ring of CX."},
    {Ansatz::linear, "linear", "RY and RZ on every qubit, then a chain of CX."},
    {Ansatz::all_to_all, "all_to_all", "A CRZ between every pair, then RZ and RX on every qubit.",
     "all to all"},
    {Ansatz::strongly_entangling, "strongly_entangling",
     "A free rotation on every qubit, then CX over a distance that grows with the layer.",
     "strongly entangling"},
    {Ansatz::custom, "custom", "Your own circuit, drawn or read from an OpenQASM file.", "custom circuit"},
    {Ansatz::none, "none", "No circuit: the tanh twin, the control for every claim about the circuit.",
     "tanh twin"},
};
inline constexpr Choice<Optimizer> optimizers[] = {
    {Optimizer::sgd, "sgd", "Plain gradient descent, with momentum if set.", "SGD"},
    {Optimizer::adam, "adam", "Adam: steps scaled by running moments of the gradient.", "Adam"},
    {Optimizer::adamw, "adamw", "Adam with decoupled weight decay.", "AdamW"},
    {Optimizer::rmsprop, "rmsprop", "Steps scaled by a running mean of the squared gradient.", "RMSprop"},
};
inline constexpr Choice<Schedule> schedules[] = {
    {Schedule::constant, "constant", "The learning rate stays as it is."},
    {Schedule::cosine, "cosine", "The learning rate falls to 0 over all steps along a half cosine."},
    {Schedule::step, "step", "The learning rate is multiplied by a factor every few epochs."},
};

inline std::span<const Choice<NoiseKind>> choices_of(NoiseKind) { return noise_kinds; }
inline std::span<const Choice<NoiseApply>> choices_of(NoiseApply) { return noise_applies; }
inline std::span<const Choice<ModelKind>> choices_of(ModelKind) { return model_kinds; }
inline std::span<const Choice<Encoder>> choices_of(Encoder) { return encoders; }
inline std::span<const Choice<NeuronKind>> choices_of(NeuronKind) { return neuron_kinds; }
inline std::span<const Choice<Reset>> choices_of(Reset) { return resets; }
inline std::span<const Choice<Surrogate>> choices_of(Surrogate) { return surrogates; }
inline std::span<const Choice<QuantumInput>> choices_of(QuantumInput) { return quantum_inputs; }
inline std::span<const Choice<Ansatz>> choices_of(Ansatz) { return ansatzes; }
inline std::span<const Choice<Optimizer>> choices_of(Optimizer) { return optimizers; }
inline std::span<const Choice<Schedule>> choices_of(Schedule) { return schedules; }

template <class Enum> const char *name_of(Enum value) {
  for (const Choice<Enum> &choice : choices_of(value))
    if (choice.value == value)
      return choice.name;
  return "?";
}

} // namespace duet
