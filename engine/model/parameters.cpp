#include "engine/model/parameters.h"
#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/base/streams.h"
#include <algorithm>
#include <cmath>
#include <functional>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

class LayoutBuilder {
public:
  explicit LayoutBuilder(ParameterLayout &layout) : layout_(layout) {}

  int add(const std::string &name, Branch branch, int inputs, int outs, bool needs_input_gradient) {
    ParameterBlock block;
    block.name = name;
    block.branch = branch;
    block.inputs = inputs;
    block.outs = outs;
    block.padded = padded(outs);
    block.offset = layout_.floats;
    block.has_transposed = needs_input_gradient;
    block.transposed = layout_.transposed_floats;
    layout_.floats += block.floats();
    if (needs_input_gradient)
      layout_.transposed_floats += size(outs) * size(padded(inputs));
    layout_.parameters += size(outs) * size(inputs + 1);
    layout_.blocks.push_back(block);
    return static_cast<int>(layout_.blocks.size()) - 1;
  }

  std::vector<int> add_stack(const std::string &prefix, Branch branch, int pixels,
                             const std::vector<int> &hidden) {
    std::vector<int> ids;
    int width = pixels;
    for (std::size_t l = 0; l < hidden.size(); ++l) {
      ids.push_back(add(prefix + "." + std::to_string(l), branch, width, hidden[l], l > 0));
      width = hidden[l];
    }
    return ids;
  }

private:
  ParameterLayout &layout_;
};

void build_quantum(const Architecture &a, int circuit_weights, LayoutBuilder &build,
                   ParameterLayout &layout) {
  const QuantumSettings &q = a.quantum;
  int width = a.pixels;
  if (q.input == QuantumInput::spiking) {
    layout.encoder = build.add_stack("quantum.encoder", Branch::quantum, a.pixels, a.spiking.hidden);
    width = a.spiking.hidden.back();
    for (std::size_t i = 0; i < q.projection.size(); ++i) {
      layout.projection.push_back(build.add("quantum.projection." + std::to_string(i), Branch::quantum, width,
                                            q.projection[i], true));
      width = q.projection[i];
    }
  }
  if (q.input == QuantumInput::spiking || q.input == QuantumInput::linear)
    layout.angles =
        build.add("quantum.angles", Branch::quantum, width, q.qubits, q.input == QuantumInput::spiking);
  if (circuit_weights > 0) {
    layout.circuit = build.add("quantum.circuit", Branch::quantum, 0, circuit_weights, false);
    layout.blocks[size(layout.circuit)].is_circuit = true;
  }
  layout.quantum_readout = build.add("quantum.readout", Branch::quantum, q.qubits, class_count, true);
}

/// Calls each(name, shape, element index -> position in the array, count) for a block's tensors.
using EachTensor = std::function<void(const std::string &, std::vector<std::size_t>,
                                      const std::function<std::size_t(std::size_t)> &)>;

void for_each_tensor(const ParameterBlock &block, const EachTensor &each) {
  const std::size_t inputs = size(block.inputs), outs = size(block.outs), row = size(block.padded);
  if (block.is_circuit) {
    each(block.name + ".weights", {outs}, [&](std::size_t i) { return block.offset + i; });
    return;
  }
  each(block.name + ".weight", {outs, inputs},
       [&](std::size_t i) { return block.offset + i % inputs * row + i / inputs; });
  each(block.name + ".bias", {outs}, [&](std::size_t i) { return block.offset + inputs * row + i; });
}

std::size_t count_of(const std::vector<std::size_t> &shape) {
  std::size_t n = 1;
  for (const std::size_t d : shape)
    n *= d;
  return n;
}

std::string text_of(const std::vector<std::size_t> &shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text.append(i ? "," : "").append(std::to_string(shape[i]));
  return text + "]";
}

} // namespace

ParameterLayout::ParameterLayout(const Architecture &a, int circuit_weights) {
  LayoutBuilder build(*this);
  if (has_spiking_branch(a)) {
    spiking = build.add_stack("spiking", Branch::spiking, a.pixels, a.spiking.hidden);
    spiking_readout =
        build.add("spiking.readout", Branch::spiking, a.spiking.hidden.back(), class_count, true);
  }
  if (has_quantum_branch(a))
    build_quantum(a, circuit_weights, build, *this);
}

void draw_initial_weights(const ParameterLayout &layout, std::uint64_t seed, ParameterArray &weights) {
  weights.assign(layout.floats, 0.0f);
  for (const ParameterBlock &block : layout.blocks) {
    const double bound = block.is_circuit ? 0.0 : 1.0 / std::sqrt(static_cast<double>(block.inputs));
    for_each_tensor(block, [&](const std::string &name, const std::vector<std::size_t> &shape,
                               const auto &place) {
      const RandomStream stream(seed, std::string(streams::initial_weights) + "." + name);
      RandomStream::Block words{};
      for (std::size_t i = 0, n = count_of(shape); i < n; ++i) {
        const auto counter = static_cast<std::uint32_t>(i);
        if (i % 4 == 0)
          words = stream.block(counter / 4);
        const double u = to_unit(words[i % 4]);
        weights[place(i)] =
            static_cast<float>(block.is_circuit ? 0.01 * stream.normal(counter) : (2.0 * u - 1.0) * bound);
      }
    });
  }
}

void export_tensors(const ParameterBlock &block, const ParameterArray &array, const std::string &suffix,
                    TensorFile &file) {
  for_each_tensor(block,
                  [&](const std::string &name, const std::vector<std::size_t> &shape, const auto &place) {
                    Tensor tensor{shape, std::vector<float>(count_of(shape))};
                    for (std::size_t i = 0; i < tensor.values.size(); ++i)
                      tensor.values[i] = array[place(i)];
                    file.tensors[name + suffix] = std::move(tensor);
                  });
}

void export_tensors(const ParameterLayout &layout, const ParameterArray &array, const std::string &suffix,
                    TensorFile &file) {
  for (const ParameterBlock &block : layout.blocks)
    export_tensors(block, array, suffix, file);
}

void import_tensors(const ParameterLayout &layout, const TensorFile &file, const std::string &suffix,
                    ParameterArray &array) {
  ParameterArray fresh(layout.floats, 0.0f);
  for (const ParameterBlock &block : layout.blocks)
    for_each_tensor(block, [&](const std::string &name, const std::vector<std::size_t> &shape,
                               const auto &place) {
      const auto found = file.tensors.find(name + suffix);
      if (found == file.tensors.end())
        throw Error(ExitCode::data, "The weights hold no tensor '" + name + suffix + "' " + text_of(shape) +
                                        ", which this experiment needs: they belong to another experiment.");
      if (found->second.shape != shape)
        throw Error(ExitCode::data, "Tensor '" + name + suffix + "' is " + text_of(found->second.shape) +
                                        " but this experiment needs " + text_of(shape) +
                                        ": the weights belong to another experiment.");
      for (std::size_t i = 0; i < found->second.values.size(); ++i)
        fresh[place(i)] = found->second.values[i];
    });
  array.resize(layout.floats);
  std::copy(fresh.begin(), fresh.end(), array.begin()); // views into the array stay valid
}

void carry_weights(const ParameterLayout &from, const ParameterArray &values, const ParameterLayout &to,
                   ParameterArray &carried) {
  for (const ParameterBlock &block : to.blocks) {
    float *out = carried.data() + block.offset;
    const auto old = std::ranges::find(from.blocks, block.name, &ParameterBlock::name);
    if (old != from.blocks.end() && old->inputs == block.inputs && old->outs == block.outs) {
      std::copy_n(values.data() + old->offset, block.floats(), out);
      continue;
    }
    std::fill_n(out, block.floats(), 0.0f);
    if (block.is_circuit && old != from.blocks.end())
      std::copy_n(values.data() + old->offset, std::min(old->outs, block.outs), out);
  }
}

void transpose_rows(const ParameterBlock &block, const float *weights, int first, int count,
                    float *transposed) {
  const std::size_t stride = size(padded(block.inputs)), row = size(block.padded);
  const std::size_t end = size(std::min(first + count, block.inputs));
  for (std::size_t o = 0; o < size(block.outs); ++o)
    for (std::size_t i = size(first); i < end; ++i)
      transposed[o * stride + i] = weights[i * row + o];
}

} // namespace duet
