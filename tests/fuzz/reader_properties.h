// What must hold of every reader for any bytes at all; shared by libFuzzer and by the tests' fixed mutations.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace duet::fuzz {

struct ReaderProperty {
  std::string_view name; ///< of its folder in tests/fuzz/corpus, too
  /// Empty if all is well: the bytes are refused with one printable sentence, or what was read is sound and
  /// reads the same once it is written. Else what is broken.
  std::string (*broken_promise)(std::string_view bytes);
};

/// One for each reader.
std::span<const ReaderProperty> reader_properties();
/// Throws std::logic_error where there is none of this name.
const ReaderProperty &reader_property(std::string_view name);

} // namespace duet::fuzz
