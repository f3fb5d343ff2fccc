#include "tests/fuzz/reader_properties.h"
#include "engine/base/error.h"
#include "engine/data/idx.h"
#include "engine/experiment/describe.h"
#include "engine/experiment/json.h"
#include "tests/fuzz/circuit_property.h"
#include "tests/fuzz/run_properties.h"
#include "tests/fuzz/sentence.h"
#include <stdexcept>

namespace duet::fuzz {
namespace {

std::string experiment(std::string_view bytes) {
  return unless_refused("f.json", {ExitCode::usage}, [&]() -> std::string {
    const Experiment read = parse_experiment(bytes, "f.json");
    for (const Problem &problem : check(read))
      if (!printable(problem.text))
        return "the problem is not one printable line: " + problem.text;
    const std::string written = to_json(read);
    return parse_experiment(written, "f.json") == read ? "" : "reads back as another experiment:\n" + written;
  });
}

std::string commands(std::string_view bytes) {
  return unless_refused("f.jsonl", {ExitCode::usage}, [&]() -> std::string {
    const std::vector<LoggedChange> read = parse_log(bytes, "f.jsonl");
    std::string written;
    for (const LoggedChange &change : read)
      written += to_json_line(change);
    return parse_log(written, "f.jsonl") == read ? "" : "reads back as other changes:\n" + written;
  });
}

/// The first byte chooses: images, labels, or the shape alone.
std::string idx(std::string_view bytes) {
  if (bytes.empty())
    return "";
  const std::string stored(bytes.substr(1));
  return unless_refused("f.idx", {ExitCode::data}, [&]() -> std::string {
    if (bytes[0] % 3 == 0) {
      const IdxImages images = read_idx_images(stored, "f.idx");
      return images.rows > 0 && images.cols > 0 &&
                     images.content.size() ==
                         16 + images.count * std::size_t(images.rows) * std::size_t(images.cols)
                 ? ""
                 : "the images are not those of the header";
    }
    if (bytes[0] % 3 == 1) {
      const IdxLabels labels = read_idx_labels(stored, "f.idx");
      return labels.count() <= labels.content.size() ? "" : "more labels than bytes";
    }
    const ImageShape shape = read_idx_shape(stored, "f.idx");
    return shape.rows > 0 && shape.cols > 0 ? "" : "images without pixels";
  });
}

constexpr ReaderProperty all[] = {{"qasm", circuit}, {"experiment", experiment}, {"commands", commands},
                                  {"idx", idx},      {"tensors", tensors},       {"checkpoint", checkpoint},
                                  {"run", run}};

} // namespace

std::span<const ReaderProperty> reader_properties() { return all; }

const ReaderProperty &reader_property(std::string_view name) {
  for (const ReaderProperty &property : all)
    if (property.name == name)
      return property;
  throw std::logic_error("there is no reader " + std::string(name));
}

} // namespace duet::fuzz
