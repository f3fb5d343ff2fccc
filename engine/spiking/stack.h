// Spiking layers one after the other, over time: forward, and backward through time. engine/MODEL.md 1.1.
#pragma once
#include "engine/kernels/linear_view.h"
#include "engine/spiking/encoder.h"
#include "engine/spiking/neuron.h"
#include <span>
#include <vector>

namespace duet {

/// What one image's layer did, as floats: [step][neuron padded]. Filled when asked for.
struct LayerTrace {
  Aligned<float> spikes, membrane, after;
  Aligned<float> mean; ///< of the output up to each step; its last row is the layer's mean over time
};

/// The layers' parts that the weight gradients need, for a whole batch. Rows of layer l: one an image when
/// its input is constant, else [image][step].
struct StackTape {
  std::vector<Aligned<float>> delta; ///< [layer][row][neuron padded], dL/du
  std::vector<EventTape> input;      ///< [layer], from layer 1 on; layer 0 reads the encoder's tape
};

/// One thread's memory for a chunk of images.
struct StackScratch {
  struct Layer {
    Aligned<float> u, out, slope, carry, sensitivity, d_out;
    EventList events; ///< this layer's output, for the next
  };
  std::vector<Layer> layers;
  Aligned<float> mean; ///< [image][neuron padded], of the last layer
  Aligned<float> v0;   ///< [neuron padded]
  Aligned<std::uint32_t> block, words;
};

/// Equations and sizes of the layers; weights come in as views. Immutable between reconfigurations.
class SpikingStack {
public:
  /// branch: "spiking" or "quantum.encoder", names its random streams.
  SpikingStack(const SpikingSettings &settings, int pixels, std::uint64_t seed, const std::string &branch,
               const DenseKernels &kernels);

  int layers() const { return static_cast<int>(widths_.size()); }
  int inputs(int layer) const { return layer == 0 ? pixels_ : widths_[static_cast<std::size_t>(layer) - 1]; }
  int width(int layer) const { return widths_[static_cast<std::size_t>(layer)]; }
  int rows_per_image(int layer) const { return layer == 0 && constant_ ? 1 : constants_.steps; }
  int steps() const { return constants_.steps; }
  bool binary_spikes() const { return facts(constants_.kind).has_threshold; }

  void reserve(StackScratch &scratch, bool training) const;
  void reserve(StackTape &tape, std::size_t images) const;

  /// input: the encoder's rows of `count` images. Leaves the mean over time in scratch.mean. With a tape it
  /// also keeps what backward needs; first_image places the chunk in the batch. traces: [layer], of the only
  /// image, may be null.
  void forward(int count, const EventList &input, std::span<const LinearView> linears, const DrawKey *keys,
               StackScratch &scratch, StackTape *tape, std::size_t first_image, LayerTrace *traces) const;
  /// Whether all currents of an image of the last forward() were finite; a membrane that took others is no
  /// number any more, and silent.
  bool finite(const StackScratch &scratch, int image) const;
  /// d_mean: [image][neuron padded]. Fills tape.delta of this chunk's rows.
  void backward(int count, const float *d_mean, std::span<const LinearView> linears, StackScratch &scratch,
                StackTape &tape, std::size_t first_image) const;

private:
  void draw_start(int layer, const DrawKey &key, StackScratch &scratch) const;
  void run_neurons(int layer, int count, const DrawKey *keys, StackScratch &scratch, bool training,
                   LayerTrace *trace) const;
  bool mean_only(int layer) const { return constant_ && layer == 0 && layers() == 1; }

  NeuronConstants constants_;
  bool constant_;
  int pixels_;
  std::vector<int> widths_;
  std::vector<std::array<RandomStream, 2>> starts_; ///< [layer][training]
  const DenseKernels *kernels_;
};

} // namespace duet
