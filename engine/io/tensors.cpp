#include "engine/io/tensors.h"
#include "engine/base/error.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include "engine/io/files.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

// The format: 8 bytes with the header's length (little endian), a JSON header
// {"name": {"dtype", "shape", "data_offsets": [begin, end]}, "__metadata__": {...}}, then the bytes of
// the tensors without gaps. https://huggingface.co/docs/safetensors
namespace duet {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are stored in little endian");
using json = nlohmann::json;
constexpr std::uint64_t max_header_bytes = 16u << 20;
constexpr int max_header_depth = 4;
constexpr std::string_view metadata_key = "__metadata__";

template <class Bits> Bits bits_at(const char *bytes) {
  Bits bits;
  std::memcpy(&bits, bytes, sizeof bits);
  return bits;
}

/// IEEE 754's binary16: a sign, 5 bits of exponent, 10 of significand.
double half_at(const char *bytes) {
  const auto bits = bits_at<std::uint16_t>(bytes);
  const int exponent = bits >> 10 & 31, significand = bits & 1023;
  const double magnitude = exponent == 0      ? std::ldexp(significand, -24)
                           : exponent < 31    ? std::ldexp(significand + 1024, exponent - 25)
                           : significand == 0 ? std::numeric_limits<double>::infinity()
                                              : std::numeric_limits<double>::quiet_NaN();
  return bits >> 15 ? -magnitude : magnitude;
}

/// The upper half of a binary32.
double brain_float_at(const char *bytes) {
  return static_cast<double>(
      std::bit_cast<float>(static_cast<std::uint32_t>(bits_at<std::uint16_t>(bytes)) << 16));
}

/// What the format calls a type of number, and one of them as a double, which holds all of them exactly.
struct Type {
  std::string_view name;
  std::size_t bytes;
  double (*at)(const char *);
};
constexpr Type types[] = {
    {"F32", 4, [](const char *bytes) { return static_cast<double>(bits_at<float>(bytes)); }},
    {"F64", 8, [](const char *bytes) { return bits_at<double>(bytes); }},
    {"F16", 2, half_at},
    {"BF16", 2, brain_float_at},
};

/// One tensor as the header announces it.
struct Entry {
  std::string name;
  const Type *type = nullptr;
  std::vector<std::size_t> shape;
  std::size_t begin = 0, end = 0; ///< bytes after the header
};

/// Reads one file; every failure names it.
class Reader {
public:
  Reader(const std::filesystem::path &file, std::string_view bytes) : file_(file), bytes_(bytes) {}

  TensorFile read() {
    const json header = parse_header();
    TensorFile result;
    std::vector<Entry> entries;
    for (const auto &[name, value] : header.items()) {
      if (name == metadata_key)
        result.metadata = metadata_of(value);
      else
        entries.push_back(entry_of(name, value));
    }
    check_cover(entries);
    for (const Entry &entry : entries)
      result.tensors.emplace(entry.name, tensor_of(entry));
    return result;
  }

private:
  [[noreturn]] void fail(const std::string &why) const {
    throw Error(ExitCode::data, "Damaged tensor file " + file_.string() + ": " + why + ".");
  }

  /// Also sets data_, the bytes after the header.
  json parse_header() {
    std::uint64_t length = 0;
    if (bytes_.size() < sizeof(length))
      fail("it ends within the 8 bytes of the header's length");
    std::memcpy(&length, bytes_.data(), sizeof(length));
    const std::size_t after = bytes_.size() - sizeof(length);
    if (length > max_header_bytes)
      fail("its header says it is " + counted(length, "byte") + " long, allowed are " +
           std::to_string(max_header_bytes));
    if (length > after)
      fail("its header says it is " + counted(length, "byte") + " long, the file has " +
           std::to_string(after) + " left");
    data_ = bytes_.substr(sizeof(length) + length);
    std::set<std::string> names;
    const auto check = [&](int depth, json::parse_event_t event, json &value) {
      if (depth > max_header_depth)
        fail("its header is nested deeper than " + std::to_string(max_header_depth) + " levels");
      if (depth == 1 && event == json::parse_event_t::key && !names.insert(value.get<std::string>()).second)
        fail("its header names \"" + value.get<std::string>() + "\" twice");
      return true;
    };
    json header;
    try {
      header = json::parse(bytes_.substr(sizeof(length), length), check);
    } catch (const json::parse_error &error) {
      fail("its header is no JSON (at byte " + std::to_string(error.byte + sizeof(length)) + " of the file)");
    } catch (const json::exception &) {
      fail("its header holds a number that no JSON reader can hold");
    }
    if (!header.is_object())
      fail("its header is no JSON object");
    return header;
  }

  std::map<std::string, std::string> metadata_of(const json &value) const {
    std::map<std::string, std::string> metadata;
    if (!value.is_object())
      fail("__metadata__ in its header is no object");
    for (const auto &[key, text] : value.items()) {
      if (!text.is_string())
        fail("__metadata__ \"" + key + "\" in its header is no string");
      metadata.emplace(key, text.get<std::string>());
    }
    return metadata;
  }

  std::vector<std::size_t> numbers_of(const std::string &name, const json &value, const char *key) const {
    const auto found = value.find(key);
    if (found == value.end() || !found->is_array())
      fail("tensor \"" + name + "\" has no list \"" + key + "\" in the header");
    std::vector<std::size_t> numbers;
    for (const json &number : *found) {
      if (!number.is_number_unsigned())
        fail("tensor \"" + name + "\": \"" + key + "\" holds something that is no whole number from 0");
      numbers.push_back(number.get<std::size_t>());
    }
    return numbers;
  }

  Entry entry_of(const std::string &name, const json &value) const {
    if (!value.is_object())
      fail("the header's entry \"" + name + "\" is no object");
    const auto type = value.find("dtype");
    if (type == value.end() || !type->is_string())
      fail("tensor \"" + name + "\" has no dtype");
    const auto known = std::ranges::find(types, type->get<std::string>(), &Type::name);
    if (known == std::end(types))
      fail("tensor \"" + name + "\" has dtype \"" + type->get<std::string>() +
           "\"; F32, F64, F16 and BF16 are read");
    Entry entry{name, known, numbers_of(name, value, "shape"), 0, 0};
    const std::vector<std::size_t> offsets = numbers_of(name, value, "data_offsets");
    if (offsets.size() != 2 || offsets[0] > offsets[1])
      fail("tensor \"" + name + "\": data_offsets must be [begin, end] with begin <= end");
    entry.begin = offsets[0];
    entry.end = offsets[1];
    if (entry.end > data_.size())
      fail("tensor \"" + name + "\" ends at byte " + std::to_string(entry.end) + " of the data, which has " +
           std::to_string(data_.size()));
    std::size_t bytes = entry.type->bytes;
    for (const std::size_t size : entry.shape) {
      if (size != 0 && bytes > std::numeric_limits<std::size_t>::max() / size)
        fail("tensor \"" + name + "\" has a shape too large for any file");
      bytes *= size;
    }
    if (bytes != entry.end - entry.begin)
      fail("tensor \"" + name + "\": its shape needs " + counted(bytes, "byte") + ", its data_offsets give " +
           std::to_string(entry.end - entry.begin));
    return entry;
  }

  Tensor tensor_of(const Entry &entry) const {
    Tensor tensor{entry.shape, std::vector<float>((entry.end - entry.begin) / entry.type->bytes)};
    const char *bytes = data_.data() + entry.begin;
    for (std::size_t i = 0; i < tensor.values.size(); ++i, bytes += entry.type->bytes) {
      const double value = entry.type->at(bytes);
      tensor.values[i] = static_cast<float>(value);
      if (!std::isfinite(tensor.values[i])) {
        fail("tensor \"" + entry.name + "\" holds " + number_text(value) + " at " + place_in(tensor, i) +
             ", only numbers that are finite in 32 bits are weights");
      }
    }
    return tensor;
  }

  /// The tensors must lie one after the other and fill the file to its end.
  void check_cover(std::vector<Entry> entries) const {
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::size_t reached = 0;
    for (const Entry &entry : entries) {
      if (entry.begin != reached)
        fail("tensor \"" + entry.name + "\" begins at byte " + std::to_string(entry.begin) +
             " of the data, expected at " + std::to_string(reached) +
             (entry.begin < reached ? " (it overlaps another)" : " (there is a gap)"));
      reached = entry.end;
    }
    if (reached != data_.size())
      fail("its tensors end at byte " + std::to_string(reached) + " of the data, which has " +
           std::to_string(data_.size()));
  }

  std::filesystem::path file_;
  std::string_view bytes_;
  std::string_view data_;
};

/// The bytes of all tensors in the order of their names.
std::string data_of(const TensorFile &file) {
  std::size_t size = 0;
  for (const auto &[name, tensor] : file.tensors)
    size += tensor.values.size() * sizeof(float);
  std::string bytes;
  bytes.reserve(size);
  for (const auto &[name, tensor] : file.tensors)
    bytes.append(reinterpret_cast<const char *>(tensor.values.data()), tensor.values.size() * sizeof(float));
  return bytes;
}

} // namespace

TensorFile read_tensors(const std::filesystem::path &file) {
  std::string bytes;
  try {
    bytes = read_file(file);
  } catch (const Error &error) {
    throw Error(ExitCode::data, error.what());
  }
  return Reader(file, bytes).read();
}

std::string tensor_bytes(const TensorFile &tensors) {
  json header = json::object(); // its keys are kept sorted
  if (!tensors.metadata.empty())
    header[std::string(metadata_key)] = tensors.metadata;
  std::size_t offset = 0;
  for (const auto &[name, tensor] : tensors.tensors) {
    std::size_t count = 1;
    for (const std::size_t size : tensor.shape)
      count *= size;
    if (count != tensor.values.size())
      throw std::logic_error("Tensor \"" + name + "\" does not hold what its shape says.");
    const std::size_t end = offset + count * sizeof(float);
    header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' '); // the data begin at a multiple of 8
  const std::uint64_t length = text.size();
  return std::string(reinterpret_cast<const char *>(&length), sizeof(length)) + text + data_of(tensors);
}

std::string place_in(const Tensor &tensor, std::size_t i) {
  std::string place = "]";
  for (auto size = tensor.shape.rbegin(); size != tensor.shape.rend(); ++size) {
    place.insert(0, (size + 1 == tensor.shape.rend() ? "" : ", ") + std::to_string(i % *size));
    i /= *size;
  }
  return "[" + place;
}

std::string signature_of(const TensorFile &tensors) { return sha256_hex(data_of(tensors)).substr(0, 16); }

} // namespace duet
