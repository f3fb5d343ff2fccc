// The kinds of neurons and optimisers: one enumeration on both sides of the kernels' border. Every switch
// over them names each kind and has no default, so that a forgotten kind does not compile.
#pragma once

namespace duet {

enum class NeuronKind : int { lif, integrate_and_fire, rate };
enum class Reset : int { subtract, zero };
enum class Surrogate : int { fast_sigmoid, atan, sigmoid, triangular, straight_through };
enum class Optimizer : int { sgd, adam, adamw, rmsprop };

} // namespace duet
