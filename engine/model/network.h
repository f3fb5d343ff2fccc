// Both branches and their mix: an image's logits, and what a batch's weight gradients are made of.
#pragma once
#include "engine/model/quantum_branch.h"
#include "engine/model/spiking_branch.h"

namespace duet {

/// Images of one forward pass. For each either its bytes or, where noise or augmentation changed them,
/// floats.
struct ChunkInput {
  int count = 0;
  std::array<const std::uint8_t *, chunk_images> bytes{};
  std::array<const float *, chunk_images> floats{};
  std::array<DrawKey, chunk_images> keys{};
};

/// Throws Error where the two have weights of another shape.
void require_same_shape(const Architecture &a, const Architecture &b);

/// The network of one architecture with its weights. Forward and backward passes are const: each thread
/// brings its Scratch; chunks write their own rows of the Tape.
class Network {
public:
  /// Draws the initial weights. Throws Error for an architecture that cannot be built.
  Network(const Architecture &architecture, std::uint64_t seed, const Kernels &kernels = duet::kernels());

  /// New equations (neuron, steps, encoder, ratio) over the same weights. Throws Error if the shape of the
  /// model would change (another circuit is another network: carry_weights); then nothing has changed.
  /// Scratch and Tape must be reserved anew.
  void reconfigure(const Architecture &architecture);
  const Architecture &architecture() const { return architecture_; }
  const ParameterLayout &layout() const { return layout_; }
  const Circuit &circuit() const { return circuit_; } ///< of a quantum branch that has one

  ParameterArray &weights() { return weights_; }
  const ParameterArray &weights() const { return weights_; }
  /// After weights changed: refreshes what is derived from them; from some rows of a block (safe for
  /// different rows from different threads), from the circuit's weights, or from all.
  void refresh_rows(int block, int first, int count);
  void refresh_circuit();
  void refresh();

  struct Scratch {
    ChunkPixels pixels;
    std::optional<SpikingBranch::Scratch> spiking;
    std::optional<QuantumBranch::Scratch> quantum;
    Aligned<float> d_logits, d_branch; ///< [image][16]
  };
  struct Tape {
    EventTape pixels; ///< constant input of all first layers
    SpikingBranch::Tape spiking;
    QuantumBranch::Tape quantum;
  };
  void reserve(Scratch &scratch, bool training) const;
  void reserve(Tape &tape, std::size_t images) const; ///< images: a multiple of 16

  struct Traces {
    std::vector<LayerTrace> spiking, encoder;
  };
  /// Leaves the branches' logits in the scratch. first_image: the chunk's place in the batch, a multiple
  /// of 16.
  void forward(const ChunkInput &input, Scratch &scratch, Tape *tape, std::size_t first_image,
               Traces *traces = nullptr) const;
  /// After a forward pass of one image with traces: what the branches would say after each of the steps first
  /// .. first + count - 1, as rows of the scratch like images; count <= chunk_images. A quantum branch that
  /// has no spikes keeps what it said.
  void read_out(const Traces &traces, int first, int count, Scratch &scratch) const;
  /// The circuit with the present weights, on a device. For a network that has a circuit.
  DeviceCircuit on_device(const Device &device) const;
  /// After a forward pass of `input`: one of its images' quantum logits through the device.
  void look_through(const DeviceCircuit &device, const ChunkInput &input, int image, Scratch &scratch) const;
  /// [image][16]; null without that branch.
  const float *spiking_logits(const Scratch &scratch) const {
    return spiking_ ? scratch.spiking->logits.data() : nullptr;
  }
  const float *quantum_logits(const Scratch &scratch) const {
    return quantum_ ? scratch.quantum->logits.data() : nullptr;
  }
  /// (1 - ratio) spiking + ratio quantum, or the only branch's where the other is null; 16 floats, padding 0.
  static void fuse(const float *spiking, const float *quantum, double ratio, float *logits);
  /// From scratch.d_logits = dL/d fused logits. Fills the tape's rows for the branches that train.
  void backward(int count, double ratio, bool train_spiking, bool train_quantum, Scratch &scratch, Tape &tape,
                std::size_t first_image) const;
  /// Gradient of `count` rows of a block from row `first` on (row `inputs` is the bias), summed over the
  /// images of the batch in order; [row][outs padded].
  void gradient(int block, const Tape &tape, std::size_t images, int first, int count, float *gradient) const;

  const std::optional<SpikingBranch> &spiking() const { return spiking_; }
  const std::optional<QuantumBranch> &quantum() const { return quantum_; }

private:
  void build(const Architecture &architecture);
  struct Source;
  Source source(int block, const Tape &tape, std::size_t images) const;
  void stack_source(const SpikingFeatures &features, const SpikingFeatures::Tape &tape, std::size_t layer,
                    const Tape &all, std::size_t images, Source &source) const;

  Architecture architecture_;
  std::uint64_t seed_;
  const Kernels *kernels_;
  Circuit circuit_;
  ParameterLayout layout_;
  ParameterArray weights_, transposed_;
  std::vector<LinearView> views_;
  std::optional<SpikingBranch> spiking_;
  std::optional<QuantumBranch> quantum_;
};

} // namespace duet
