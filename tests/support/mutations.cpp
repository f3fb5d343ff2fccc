#include "tests/support/mutations.h"
#include "tests/support/source_dir.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace duet {

std::vector<std::string> corpus_of(std::string_view name) {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path folder = source_dir() + "/tests/fuzz/corpus/" + std::string(name);
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> corpus;
  for (const auto &file : files) {
    std::ifstream in(file, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return corpus;
}

std::size_t Mutator::random(std::size_t below) { // splitmix64
  std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return std::size_t((z ^ (z >> 31)) % below);
}

void Mutator::mutate(std::string &bytes) {
  const std::size_t at = random(bytes.size() + 1);
  switch (random(7)) {
  case 0:
    bytes.insert(at, pieces_[random(pieces_.size())]);
    break;
  case 1:
    bytes.erase(at, 1 + random(8));
    break;
  case 2:
    if (at < bytes.size())
      bytes[at] = char(random(256));
    break;
  case 3:
    bytes.insert(at, 1, char(random(256)));
    break;
  case 4:
    if (at < bytes.size())
      bytes[at] = char(bytes[at] ^ (1 << random(8)));
    break;
  case 5: {
    const std::string &other = any_file();
    const std::size_t from = random(other.size());
    bytes.insert(at, other.substr(from, random(60)));
    break;
  }
  default: { // a piece of its own, twice
    const std::string piece = bytes.substr(at, random(40));
    bytes.insert(at, piece);
  }
  }
}

} // namespace duet
