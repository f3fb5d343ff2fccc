// All weights of a model: where each tensor lies in one array, and by which name it is saved.
#pragma once
#include "engine/io/tensors.h"
#include "engine/kernels/aligned.h"
#include "engine/kernels/linear_view.h"
#include "engine/model/settings.h"
#include <string>
#include <vector>

namespace duet {

enum class Branch { spiking, quantum };

/// One Linear layer (or the circuit's weights): rows of `padded` floats, [input][out], then the bias as one
/// more row. The circuit's weights are a layer without inputs.
struct ParameterBlock {
  std::string name; ///< "spiking.0"; tensors are name.weight [outs, inputs] and name.bias [outs]
  Branch branch = Branch::spiking;
  int inputs = 0, outs = 0;
  int padded = 0;              ///< outs, padded
  std::size_t offset = 0;      ///< of the first float in the array of all weights
  std::size_t transposed = 0;  ///< of [out][inputs padded] in the array of transposed weights
  bool has_transposed = false; ///< the cotangent of its inputs is needed
  bool is_circuit = false;
  int rows() const { return inputs + 1; }
  std::size_t floats() const { return static_cast<std::size_t>(rows()) * static_cast<std::size_t>(padded); }
};

/// Which blocks an architecture has, and where each part of the network finds its own. -1: not there.
struct ParameterLayout {
  std::vector<ParameterBlock> blocks;
  std::vector<int> spiking, encoder, projection; ///< block of each layer
  int spiking_readout = -1, angles = -1, circuit = -1, quantum_readout = -1;
  std::size_t floats = 0, transposed_floats = 0;
  std::size_t parameters = 0; ///< without padding

  /// circuit_weights, circuit_outs: of the branch's circuit (outs = values that reach the readout).
  ParameterLayout(const Architecture &architecture, int circuit_weights);
};

/// Arrays in the layout's order: weights, or moments of the optimiser.
using ParameterArray = Aligned<float>;

/// PyTorch's start for Linear layers, 0.01 N(0,1) for circuits; from named streams (engine/base/streams.h).
void draw_initial_weights(const ParameterLayout &layout, std::uint64_t seed, ParameterArray &weights);

/// To and from named tensors; `suffix` is appended to the names ("" for weights).
void export_tensors(const ParameterLayout &layout, const ParameterArray &array, const std::string &suffix,
                    TensorFile &file);
void export_tensors(const ParameterBlock &block, const ParameterArray &array, const std::string &suffix,
                    TensorFile &file);
/// Throws Error (exit 3) naming the tensor that is missing or of another shape.
void import_tensors(const ParameterLayout &layout, const TensorFile &file, const std::string &suffix,
                    ParameterArray &array);

/// From one model's array into that of another which differs by its circuit: blocks of equal name and size as
/// they are, of the circuit the weights of equal number; those that the other one did not have become 0.
void carry_weights(const ParameterLayout &from, const ParameterArray &values, const ParameterLayout &to,
                   ParameterArray &carried);

/// Copies the weights of inputs first .. first + count - 1 into a block's transposed copy.
void transpose_rows(const ParameterBlock &block, const float *weights, int first, int count,
                    float *transposed);

} // namespace duet
