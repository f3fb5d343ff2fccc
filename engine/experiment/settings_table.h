// The one list of all settings, in the order of experiment.json. Everything that walks an experiment
// (checking, JSON, --set, --help, the form, the diff) walks this.
#pragma once
#include "engine/base/limits.h"
#include "engine/experiment/applies.h"
#include "engine/experiment/describe.h"

namespace duet {

/// What a line of the table says. Choices come from the member's type (choices.h).
struct Facts {
  const char *path, *label, *unit, *help;
  Effect effect = Effect::reset;
  double min = 0, max = 0;
  bool min_excluded = false, max_excluded = false;
  double soft_min = 0, soft_max = 0;
  bool logarithmic = false;
  int min_entries = 0, max_entries = 0; ///< for lists
  bool zero_is_all = false;
  const char *short_label = nullptr;                ///< where the label is too long beside a control
  std::optional<SettingGroup> group = std::nullopt; ///< where the path's first word does not say it
  int row = 0; ///< place among the rows of its group that are always visible; 0: folded
  SettingControl control = SettingControl::by_kind;
  bool (*applies)(const Experiment &) = always;
};

/// Calls visit(member, facts) for every setting. `E` is Experiment or const Experiment.
template <class E, class Visitor> void describe(E &e, Visitor &&visit) {
  using enum Effect;
  auto &d = e.data;
  auto &s = e.spiking;
  auto &n = e.spiking.neuron;
  auto &q = e.quantum;
  auto &t = e.training;
  visit(e.seed, Facts{.path = "seed",
                      .label = "Seed",
                      .unit = "",
                      .help = "Every random number of the run follows from it.",
                      .max = 9007199254740991.0,
                      .soft_max = 100,
                      .group = SettingGroup::training});

  visit(d.source, Facts{.path = "data.source",
                        .label = "Images",
                        .unit = "",
                        .help = "A known set (`duet-cli data list`), a folder that holds the four IDX files, "
                                "or folder/emnist-letters for one of several sets in it; images are shown as "
                                "they lie in the files, EMNIST's transposed.",
                        .short_label = "Set",
                        .row = 1,
                        .control = SettingControl::images});
  visit(d.classes,
        Facts{.path = "data.classes",
              .label = "Classes kept",
              .unit = "",
              .help = "Labels of the images used, each given an output of the network in this order; "
                      "it keeps its ten outputs.",
              .max = 255,
              .min_entries = 1,
              .max_entries = 10,
              .short_label = "Classes",
              .control = SettingControl::labels});
  visit(d.train_limit, Facts{.path = "data.train_limit",
                             .label = "Training images",
                             .unit = "images",
                             .help = "The first N training images in file order; 0 takes all.",
                             .max = 10'000'000,
                             .soft_max = 60'000,
                             .zero_is_all = true,
                             .short_label = "Train images"});
  visit(d.test_limit, Facts{.path = "data.test_limit",
                            .label = "Test images",
                            .unit = "images",
                            .help = "The first N test images in file order; 0 takes all.",
                            .max = 10'000'000,
                            .soft_max = 10'000,
                            .zero_is_all = true,
                            .short_label = "Test images"});
  visit(d.validation,
        Facts{.path = "data.validation",
              .label = "Validation share",
              .unit = "",
              .help = "Share of the training images held out to choose settings by, never trained on.",
              .max = 0.9,
              .soft_max = 0.5,
              .short_label = "Validation"});
  visit(d.noise.kind, Facts{.path = "data.noise.kind",
                            .label = "Noise",
                            .unit = "",
                            .help = "Random disturbance of the pixels, clipped to black and white.",
                            .effect = next_batch,
                            .row = 3});
  visit(d.noise.amount, Facts{.path = "data.noise.amount",
                              .label = "Noise amount",
                              .unit = "",
                              .help = "Standard deviation, half-width or share of pixels, as the kind of "
                                      "noise says; pixels reach from 0 to 1.",
                              .effect = next_batch,
                              .max = 1,
                              .short_label = "Amount",
                              .row = 4,
                              .applies = disturbs});
  visit(d.noise.apply, Facts{.path = "data.noise.apply",
                             .label = "Noise on",
                             .unit = "",
                             .help = "Which images receive the noise.",
                             .effect = next_batch,
                             .applies = disturbs});
  visit(
      d.augment.shift_px,
      Facts{.path = "data.augment.shift_px",
            .label = "Random shift",
            .unit = "px",
            .help = "Each training image is moved by up to this many pixels either way, anew in every epoch.",
            .max = 100,
            .soft_max = 6,
            .short_label = "Shift"});
  visit(d.augment.rotate_deg,
        Facts{.path = "data.augment.rotate_deg",
              .label = "Random rotation",
              .unit = "degrees",
              .help = "Each training image is turned by up to this angle either way, anew in every epoch.",
              .max = 180,
              .soft_max = 30,
              .short_label = "Rotation"});

  visit(e.model.kind, Facts{.path = "model.kind",
                            .label = "Architecture",
                            .unit = "",
                            .help = "How the two branches are put together.",
                            .short_label = "Model",
                            .row = 2});
  visit(e.model.fusion_ratio,
        Facts{.path = "model.fusion_ratio",
              .label = "Fusion ratio",
              .unit = "",
              .help = "Share of the quantum branch in the logits: 0 is all spiking, 1 is all quantum.",
              .effect = next_batch,
              .max = 1,
              .control = SettingControl::elsewhere,
              .applies = mixes});

  visit(s.encoder, Facts{.path = "spiking.encoder",
                         .label = "Encoding",
                         .unit = "",
                         .help = "How an image becomes the input of each time step.",
                         .short_label = "Encoder",
                         .row = 2,
                         .applies = has_neurons});
  visit(s.max_rate, Facts{.path = "spiking.max_rate",
                          .label = "Highest rate",
                          .unit = "",
                          .help = "Chance that a white pixel spikes in one step of Poisson encoding.",
                          .effect = next_batch,
                          .max = 1,
                          .min_excluded = true,
                          .short_label = "Max. rate",
                          .applies = draws_spikes});
  visit(s.steps, Facts{.path = "spiking.steps",
                       .label = "Time steps",
                       .unit = "steps",
                       .help = "How many steps each image is shown to the neurons.",
                       .effect = next_batch,
                       .min = 1,
                       .max = 1000,
                       .soft_min = 1,
                       .soft_max = 50,
                       .short_label = "Steps",
                       .row = 3,
                       .applies = has_neurons});
  visit(
      s.dt_ms,
      Facts{.path = "spiking.dt_ms",
            .label = "Step length",
            .unit = "ms",
            .help =
                "Simulated time of one step; the default follows the neuron: 10 for rate, 1 for the others.",
            .effect = next_batch,
            .max = 1000,
            .min_excluded = true,
            .soft_min = 0.1,
            .soft_max = 20,
            .logarithmic = true,
            .applies = keeps_time});
  visit(s.hidden, Facts{.path = "spiking.hidden",
                        .label = "Hidden layers",
                        .unit = "neurons",
                        .help = "Number of neurons in each hidden layer, first to last.",
                        .min = 1,
                        .max = 8192,
                        .min_entries = 1,
                        .max_entries = 16,
                        .short_label = "Hidden",
                        .applies = has_neurons});
  visit(n.kind, Facts{.path = "spiking.neuron.kind",
                      .label = "Neuron",
                      .unit = "",
                      .help = "The equation each neuron follows.",
                      .effect = next_batch,
                      .row = 1,
                      .applies = has_neurons});
  visit(n.tau_ms, Facts{.path = "spiking.neuron.tau_ms",
                        .label = "Membrane time constant",
                        .unit = "ms",
                        .help = "Time in which the membrane forgets 63 % of its input.",
                        .effect = next_batch,
                        .max = 10'000,
                        .min_excluded = true,
                        .soft_min = 1,
                        .soft_max = 100,
                        .logarithmic = true,
                        .short_label = "\u03c4 membrane",
                        .row = 4,
                        .applies = leaks});
  visit(n.threshold, Facts{.path = "spiking.neuron.threshold",
                           .label = "Threshold",
                           .unit = "",
                           .help = "Membrane value at which a neuron spikes.",
                           .effect = next_batch,
                           .min = -1000,
                           .max = 1000,
                           .soft_min = 0.05,
                           .soft_max = 3,
                           .row = 5,
                           .applies = has_threshold});
  visit(n.v_rest, Facts{.path = "spiking.neuron.v_rest",
                        .label = "Resting potential",
                        .unit = "",
                        .help = "Membrane value without input; it lies below threshold.",
                        .effect = next_batch,
                        .min = -1000,
                        .max = 1000,
                        .soft_min = -1,
                        .soft_max = 1,
                        .short_label = "Rest value",
                        .applies = leaks});
  visit(n.v_reset, Facts{.path = "spiking.neuron.v_reset",
                         .label = "Reset potential",
                         .unit = "",
                         .help = "Membrane value a spike resets towards; it lies below threshold.",
                         .effect = next_batch,
                         .min = -1000,
                         .max = 1000,
                         .soft_min = -1,
                         .soft_max = 1,
                         .short_label = "Reset value",
                         .applies = has_threshold});
  visit(n.resistance, Facts{.path = "spiking.neuron.resistance",
                            .label = "Resistance",
                            .unit = "",
                            .help = "How strongly input current moves the membrane.",
                            .effect = next_batch,
                            .max = 10'000,
                            .min_excluded = true,
                            .soft_min = 0.1,
                            .soft_max = 50,
                            .logarithmic = true,
                            .applies = leaks});
  visit(n.refractory_ms, Facts{.path = "spiking.neuron.refractory_ms",
                               .label = "Refractory time",
                               .unit = "ms",
                               .help = "Time after a spike in which the neuron ignores its input.",
                               .effect = next_batch,
                               .max = 10'000,
                               .soft_max = 10,
                               .short_label = "Refractory",
                               .row = 6,
                               .applies = has_threshold});
  visit(n.reset, Facts{.path = "spiking.neuron.reset",
                       .label = "Reset",
                       .unit = "",
                       .help = "What a spike does to the membrane.",
                       .effect = next_batch,
                       .short_label = "Reset by",
                       .applies = has_threshold});
  visit(n.surrogate,
        Facts{.path = "spiking.neuron.surrogate",
              .label = "Surrogate gradient",
              .unit = "",
              .help = "The smooth stand-in for a spike's derivative, of d = membrane minus threshold.",
              .effect = next_batch,
              .short_label = "Surrogate",
              .applies = has_threshold});
  visit(n.slope,
        Facts{.path = "spiking.neuron.slope",
              .label = "Surrogate slope",
              .unit = "",
              .help = "k of the surrogate's formula; the default follows the surrogate: 25, 2, 25, 1.",
              .effect = next_batch,
              .max = 1000,
              .min_excluded = true,
              .soft_min = 0.5,
              .soft_max = 100,
              .logarithmic = true,
              .short_label = "Slope",
              .applies = has_slope});

  visit(q.input, Facts{.path = "quantum.input",
                       .label = "Input of the circuit",
                       .unit = "",
                       .help = "What turns an image into the circuit's angles.",
                       .short_label = "Input",
                       .row = 4,
                       .applies = has_quantum_branch});
  visit(q.qubits, Facts{.path = "quantum.qubits",
                        .label = "Qubits",
                        .unit = "qubits",
                        .help = "Wires of the circuit; each gives one measured value.",
                        .min = 1,
                        .max = most_trained_qubits,
                        .row = 2,
                        .applies = has_quantum_branch});
  visit(q.ansatz, Facts{.path = "quantum.ansatz",
                        .label = "Ansatz",
                        .unit = "",
                        .help = "The pattern of trained gates.",
                        .effect = Effect::circuit,
                        .row = 1,
                        .applies = has_quantum_branch});
  visit(q.layers, Facts{.path = "quantum.layers",
                        .label = "Circuit layers",
                        .unit = "layers",
                        .help = "How many times the pattern is repeated.",
                        .effect = Effect::circuit,
                        .min = 1,
                        .max = 100,
                        .soft_min = 1,
                        .soft_max = 8,
                        .short_label = "Layers",
                        .row = 3,
                        .applies = repeats_layers});
  visit(q.reupload, Facts{.path = "quantum.reupload",
                          .label = "Re-upload",
                          .unit = "",
                          .help = "Encodes the angles again before each further layer.",
                          .effect = Effect::circuit,
                          .applies = uploads_again});
  visit(q.projection,
        Facts{.path = "quantum.projection",
              .label = "Projection",
              .unit = "neurons",
              .help =
                  "Widths of plain linear layers between the spiking encoder and the angles; empty for none.",
              .min = 1,
              .max = 8192,
              .max_entries = 16,
              .applies = has_encoder});
  visit(q.circuit, Facts{.path = "quantum.circuit",
                         .label = "Circuit text",
                         .unit = "",
                         .help = "The OpenQASM 3 program of a custom circuit.",
                         .effect = Effect::circuit,
                         .control = SettingControl::elsewhere,
                         .applies = has_own_circuit});

  visit(t.epochs, Facts{.path = "training.epochs",
                        .label = "Epochs",
                        .unit = "epochs",
                        .help = "How often all training images are gone through.",
                        .effect = next_batch,
                        .max = 100'000,
                        .soft_min = 1,
                        .soft_max = 100,
                        .row = 4});
  visit(t.batch, Facts{.path = "training.batch",
                       .label = "Batch",
                       .unit = "images",
                       .help = "Images averaged in each update.",
                       .effect = next_batch,
                       .min = 1,
                       .max = 65'536,
                       .soft_min = 1,
                       .soft_max = 512,
                       .logarithmic = true,
                       .row = 2});
  visit(t.optimizer, Facts{.path = "training.optimizer",
                           .label = "Optimiser",
                           .unit = "",
                           .help = "How gradients become updates.",
                           .effect = next_batch,
                           .row = 3});
  visit(t.learning_rate, Facts{.path = "training.learning_rate",
                               .label = "Learning rate",
                               .unit = "",
                               .help = "Size of each update.",
                               .effect = next_batch,
                               .max = 100,
                               .soft_min = 1e-5,
                               .soft_max = 1,
                               .logarithmic = true,
                               .row = 1});
  visit(t.momentum, Facts{.path = "training.momentum",
                          .label = "Momentum",
                          .unit = "",
                          .help = "Share of the last update carried into the next, for sgd.",
                          .effect = next_batch,
                          .max = 1,
                          .max_excluded = true,
                          .applies = has_momentum});
  visit(t.weight_decay, Facts{.path = "training.weight_decay",
                              .label = "Weight decay",
                              .unit = "",
                              .help = "How strongly adamw pulls weights towards 0.",
                              .effect = next_batch,
                              .max = 10,
                              .soft_max = 0.2,
                              .applies = decays_weights});
  visit(t.schedule, Facts{.path = "training.schedule",
                          .label = "Schedule",
                          .unit = "",
                          .help = "How the learning rate changes over the run.",
                          .effect = next_batch});
  visit(t.step_epochs, Facts{.path = "training.step_epochs",
                             .label = "Step every",
                             .unit = "epochs",
                             .help = "Epochs between two changes of the step schedule.",
                             .effect = next_batch,
                             .min = 1,
                             .max = 100'000,
                             .soft_min = 1,
                             .soft_max = 50,
                             .applies = steps_rate});
  visit(t.step_factor, Facts{.path = "training.step_factor",
                             .label = "Step factor",
                             .unit = "",
                             .help = "Factor on the learning rate at each change of the step schedule.",
                             .effect = next_batch,
                             .max = 10,
                             .min_excluded = true,
                             .soft_min = 0.05,
                             .soft_max = 1,
                             .applies = steps_rate});
  visit(t.clip_norm, Facts{.path = "training.clip_norm",
                           .label = "Gradient clipping",
                           .unit = "",
                           .help = "Largest norm of the whole gradient; 0 leaves it as it is.",
                           .effect = next_batch,
                           .max = 1e6,
                           .soft_max = 10,
                           .short_label = "Clip norm"});
  visit(t.train_spiking, Facts{.path = "training.train_spiking",
                               .label = "Train spiking branch",
                               .unit = "",
                               .help = "Off holds the spiking branch's weights as they are.",
                               .effect = next_batch,
                               .control = SettingControl::elsewhere,
                               .applies = has_spiking_branch});
  visit(t.train_quantum, Facts{.path = "training.train_quantum",
                               .label = "Train quantum branch",
                               .unit = "",
                               .help = "Off holds the quantum branch's weights as they are.",
                               .effect = next_batch,
                               .control = SettingControl::elsewhere,
                               .applies = has_quantum_branch});
  visit(t.threads, Facts{.path = "training.threads",
                         .label = "Threads",
                         .unit = "threads",
                         .help = "Processor cores used; 0 takes all, and no bit of the result depends on it.",
                         .max = 256,
                         .soft_max = 16,
                         .zero_is_all = true});
}

} // namespace duet
