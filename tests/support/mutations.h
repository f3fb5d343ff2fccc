// The fuzzers' corpora and fixed mutations of them: every run does the same.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duet {

/// The files of tests/fuzz/corpus/NAME, in the order of their names.
std::vector<std::string> corpus_of(std::string_view name);

class Mutator {
public:
  /// pieces: what a mutation may put in; both outlive the mutator.
  Mutator(std::span<const std::string_view> pieces, const std::vector<std::string> &corpus)
      : pieces_(pieces), corpus_(corpus) {}

  std::size_t random(std::size_t below);
  const std::string &any_file() { return corpus_[random(corpus_.size())]; }
  /// One change: a piece, a byte, a bit, a part of a file or of its own put in, put over or taken out.
  void mutate(std::string &bytes);

private:
  std::span<const std::string_view> pieces_;
  const std::vector<std::string> &corpus_;
  std::uint64_t state_ = 0x9E3779B97F4A7C15u;
};

} // namespace duet
