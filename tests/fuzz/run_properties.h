// The properties of what reads a run's files.
#pragma once
#include <string>
#include <string_view>

namespace duet::fuzz {

/// A safetensors file that is read is written as the same tensors.
std::string tensors(std::string_view bytes);

/// The text of a checkpoint beside sound weights: entries end with a byte 30, a key ends with a byte 31. A
/// trainer that takes it can go on.
std::string checkpoint(std::string_view bytes);

/// A run folder with one of its files replaced: "0" to "5" and the file's bytes, numbered as in run_files.
std::string run(std::string_view bytes);

} // namespace duet::fuzz
