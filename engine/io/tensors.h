// Named float32 tensors in one file: the safetensors format.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace duet {

/// float32, row-major. Linear weights are [out, in].
struct Tensor {
  std::vector<std::size_t> shape;
  std::vector<float> values;
  bool operator==(const Tensor &) const = default;
};

struct TensorFile {
  std::map<std::string, Tensor> tensors;
  std::map<std::string, std::string> metadata; ///< safetensors' __metadata__: strings only
};

/// Reads F32, and F64, F16 and BF16 as float32. Throws Error (exit 3) naming file and place when the header
/// lies, overlaps, or is truncated, and when a value is not finite in 32 bits.
TensorFile read_tensors(const std::filesystem::path &file);
/// The bytes of such a file: the same for the same tensors.
std::string tensor_bytes(const TensorFile &tensors);
/// Where the i-th value stands, for messages: "[3, 17]".
std::string place_in(const Tensor &tensor, std::size_t i);
/// First 16 hex digits of the SHA-256 of all tensor bytes in the order of their names.
std::string signature_of(const TensorFile &tensors);

} // namespace duet
