// The names of all random streams and what their counters (a, b, c, d) mean. A number depends on seed,
// name and counter alone, so nothing here may change without changing every result.
#pragma once
#include <string_view>

namespace duet::streams {

// engine/data
/// The validation split: (file index). The smallest draws of each class are held out.
inline constexpr std::string_view validation = "data.validation";
/// Augmentation of training images: (epoch, file index), words 0 to 2 of the block: right, down, turn.
inline constexpr std::string_view augment = "data.augment";
/// Noise on training images: (epoch, file index, pixel / 4), one word of the block a pixel.
inline constexpr std::string_view training_noise = "data.noise.train";
/// Noise on test and validation images: (file index, 0, pixel / 4), one word of the block a pixel.
inline constexpr std::string_view test_noise = "data.noise.test";

// engine/model
/// Initial weights, one stream a tensor: this name + "." + the tensor's name, as
/// "model.init.spiking.0.weight". (element / 4): one word of the block an element, elements counted row-major
/// as in the saved tensor. Linear layers: (2 u - 1) / sqrt(fan_in); circuit weights: 0.01 * normal(element).
inline constexpr std::string_view initial_weights = "model.init";
/// Start of a rate neuron's v, one stream a branch ("spiking" or "quantum.encoder") and layer: this name +
/// ".spiking.0". Training: (neuron / 4, file index, epoch), evaluation: (neuron / 4, file index), one word of
/// the block a neuron. epoch counts from 0.
inline constexpr std::string_view training_start = "spiking.start.train";
inline constexpr std::string_view evaluation_start = "spiking.start.test";
/// Poisson spikes, one stream a branch: this name + ".spiking". Training: (pixel, file index, epoch, step /
/// 4), evaluation: (pixel, file index, 0, step / 4), one word of the block a step. A spike where the word as
/// a number in [0,1) is below max_rate * pixel.
inline constexpr std::string_view training_poisson = "spiking.poisson.train";
inline constexpr std::string_view evaluation_poisson = "spiking.poisson.test";

// engine/training
/// Order of the training images: (epoch, i), i = images - 1 down to 1; Fisher-Yates swaps position i with
/// floor(u (i + 1)), u = (word 0 * 2^32 + word 1) / 2^64.
inline constexpr std::string_view batch_order = "training.order";

// engine/analysis
/// Random angles of a circuit's facts, of seed 0: (angle / 4, sample, use), one word of the block an angle, 2
/// pi times the word as a number in [0,1). Uses are AngleUse's; a state's angles are those of the features,
/// then those of the weights; a pair's those of its first state, then of its second.
inline constexpr std::string_view circuit_angles = "analysis.angles";

// engine/simulator: a circuit on a device. circuit: DeviceCircuit::key(scale); image: its file index, 0 where
// there is none.
/// Shots: (shot / 2, image, circuit), two words a shot: the first bit string whose cumulated probability is
/// above their 53 bits in [0,1).
inline constexpr std::string_view shots = "shots";
/// Jumps of a trajectory: (decision / 2, image, circuit, trajectory), two words a decision: which Kraus
/// operator acts, by 53 bits in [0,1) of the cumulated chances. A decision is a channel on a qubit, in their
/// order.
inline constexpr std::string_view jumps = "circuit.jumps";

} // namespace duet::streams
