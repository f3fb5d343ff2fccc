// The quantum branch: input -> angles -> circuit -> <Z_i> -> Linear. engine/MODEL.md 1.2.
#pragma once
#include "engine/model/dense_tape.h"
#include "engine/model/spiking_features.h"
#include "engine/simulator/device_circuit.h"
#include "engine/simulator/program.h"
#include <optional>

namespace duet {

class QuantumBranch {
public:
  QuantumBranch(const Architecture &architecture, const ParameterLayout &layout, const Circuit &circuit,
                std::uint64_t seed, const Kernels &kernels);

  /// One thread's memory. Rows are [image][width padded].
  struct Scratch {
    SpikingFeatures::Scratch features;
    Aligned<float> image;                            ///< one image's pixels, for pooled and amplitude
    std::vector<Aligned<float>> hidden;              ///< output of each projection layer
    Aligned<float> before_tanh, squashed;            ///< squashed: tanh
    Aligned<float> inputs;                           ///< of the circuit, unpadded: angles or amplitudes
    Aligned<float> expectation, cotangent, d_inputs; ///< unpadded [image][n]
    Aligned<float> values;                           ///< what reaches the readout
    Aligned<float> logits, d_wide_a, d_wide_b, d_values;
    Program<float>::Workspace workspace;
  };
  struct Tape {
    SpikingFeatures::Tape features;
    std::vector<DenseTape> projection;
    DenseTape angles, readout;
    Aligned<float> circuit; ///< [chunk][weights padded], gradient summed over the chunk
  };
  void reserve(Scratch &scratch, bool training) const;
  void reserve(Tape &tape, std::size_t images) const;

  /// views: of all blocks of the layout. Leaves 10 logits an image (stride 16) in scratch.logits.
  void forward(const ChunkPixels &pixels, std::span<const LinearView> views, Scratch &scratch, Tape *tape,
               std::size_t first_image, LayerTrace *traces) const;
  /// From `count` rows of the encoder's means, [row][width padded], to logits, as if each were an image;
  /// count <= chunk_images. For a branch with an encoder.
  void read_out(int count, const float *means, std::span<const LinearView> views, Scratch &scratch) const;
  /// After a forward pass: what one of its images gives when the circuit runs on a device, in place of what
  /// the exact circuit gave. key: what shots and jumps are keyed by.
  void run_on(const DeviceCircuit &device, int image, std::uint32_t key, std::span<const LinearView> views,
              Scratch &scratch) const;
  /// d_logits: stride 16.
  void backward(int count, const float *d_logits, std::span<const LinearView> views, Scratch &scratch,
                Tape &tape, std::size_t first_image) const;

  /// After every change of the circuit's weights.
  void set_circuit_weights(std::span<const float> weights);

  bool has_circuit() const { return program_.has_value(); }
  bool amplitude() const { return input_ == QuantumInput::amplitude; }
  int qubits() const { return qubits_; }
  const std::optional<SpikingFeatures> &features() const { return features_; }
  /// |amplitude|^2 of the first image of the last forward pass, [2^n]. Empty without a circuit.
  std::vector<double> probabilities(Scratch &scratch) const;

private:
  void angles_from_pixels(const ChunkPixels &pixels, std::span<const LinearView> views,
                          Scratch &scratch) const;
  void angles_from_means(int count, const float *means, std::span<const LinearView> views, Scratch &scratch,
                         Tape *tape, std::size_t first_image) const;
  void squash(int count, Scratch &scratch) const; ///< before_tanh to the circuit's inputs
  void run_circuit(int count, std::span<const LinearView> views, Scratch &scratch, Tape *tape,
                   std::size_t first_image) const; ///< inputs to logits
  void say(int first, int count, const float *reached, std::span<const LinearView> views,
           Scratch &scratch) const; ///< what reaches the readout, [image][n], to logits
  void pooled_angles(const ChunkPixels &pixels, Scratch &scratch) const;
  void image_amplitudes(const ChunkPixels &pixels, Scratch &scratch) const;
  void spread(const EventRows &lists, int image, Scratch &scratch) const;
  bool trains_angles() const { return input_ == QuantumInput::spiking || input_ == QuantumInput::linear; }
  std::size_t inputs_per_image() const;
  std::span<const LinearView> stack_views(std::span<const LinearView> views) const;

  QuantumInput input_;
  int qubits_, pixels_;
  std::vector<int> projection_; ///< widths
  int projection_block_ = 0, angles_block_ = 0, readout_block_ = 0;
  std::optional<SpikingFeatures> features_;
  std::optional<Program<float>> program_;
  const DenseKernels *kernels_;
};

} // namespace duet
