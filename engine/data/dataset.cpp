#include "engine/data/dataset.h"
#include "engine/base/number_text.h"
#include "engine/base/random.h"
#include "engine/base/streams.h"
#include "engine/base/words.h"
#include "engine/data/source.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace duet {
namespace {

/// The output that stands for a label; none where the label is left out.
using OutputOf = std::array<std::optional<std::uint8_t>, 256>;

OutputOf outputs_of(const std::vector<int> &classes) {
  OutputOf outputs;
  for (std::size_t k = 0; k < classes.size(); ++k)
    outputs.at(static_cast<std::size_t>(classes[k])) = static_cast<std::uint8_t>(k);
  return outputs;
}

LabelCounts counts_of(const IdxLabels &file) {
  LabelCounts counts;
  for (const std::uint8_t label : file.labels)
    ++counts.images[label];
  return counts;
}

/// Positions of the first `limit` (0: all) images of the kept classes, in file order.
std::vector<std::uint32_t> chosen_positions(const IdxLabels &file, const OutputOf &output_of, int limit) {
  std::vector<std::uint32_t> positions;
  for (std::size_t i = 0; i < file.count(); ++i)
    if (output_of[file.labels[i]] && (limit == 0 || positions.size() < static_cast<std::size_t>(limit)))
      positions.push_back(static_cast<std::uint32_t>(i));
  return positions;
}

/// One half of a data set: images and labels that belong together.
struct Half {
  IdxImages images;
  IdxLabels labels;
  std::vector<std::uint32_t> positions; ///< of the images kept, ascending
};

ImageSet gather(const Half &half, const OutputOf &output_of, const std::vector<std::uint32_t> &positions) {
  ImageSet set;
  set.rows = half.images.rows;
  set.cols = half.images.cols;
  set.pixels.resize(positions.size() * set.pixel_count());
  set.targets.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    std::memcpy(set.pixels.data() + i * set.pixel_count(),
                half.images.pixels() + positions[i] * set.pixel_count(), set.pixel_count());
    set.targets.push_back(*output_of[half.labels.labels[positions[i]]]);
  }
  set.file_index = positions;
  return set;
}

/// The share that holds out one of so many images, rounded up to two digits so that it is enough.
std::string least_share(std::size_t images) {
  const double share = 0.5 / static_cast<double>(images);
  const double unit = std::pow(10.0, std::floor(std::log10(share)) - 1);
  return significant(std::ceil(share / unit - 1e-9) * unit, 2);
}

/// Moves a share of each class from the half to the result: those whose draw is smallest.
std::vector<std::uint32_t> hold_out(Half &half, double share, std::uint64_t seed) {
  if (share <= 0.0)
    return {};
  const RandomStream stream(seed, streams::validation);
  std::array<std::vector<std::pair<float, std::uint32_t>>, 256> draws; // by label
  for (const std::uint32_t position : half.positions)
    draws[half.labels.labels[position]].emplace_back(stream.uniform(position), position);
  std::vector<std::uint32_t> held;
  std::size_t most = 0;
  for (auto &of_class : draws) {
    std::sort(of_class.begin(), of_class.end());
    most = std::max(most, of_class.size());
    const auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(of_class.size())));
    for (std::size_t i = 0; i < std::min(count, of_class.size()); ++i)
      held.push_back(of_class[i].second);
  }
  if (held.empty())
    throw Error(ExitCode::usage, "data.validation is " + significant(share, 6) +
                                     ", which holds out no image, for no class has more than " +
                                     counted(most, "training image") + ": raise it to " + least_share(most) +
                                     " or set it to 0.");
  std::sort(held.begin(), held.end());
  std::vector<std::uint32_t> left;
  std::set_difference(half.positions.begin(), half.positions.end(), held.begin(), held.end(),
                      std::back_inserter(left));
  half.positions = std::move(left);
  if (half.positions.empty())
    throw Error(ExitCode::usage, "data.validation holds out every training image: lower it.");
  return held;
}

Half read_half(const Source &source, IdxRole image_role, IdxRole label_role, const OutputOf &output_of,
               int limit) {
  Half half{source.images(image_role), source.labels(label_role), {}};
  if (half.images.count != half.labels.count())
    throw Error(ExitCode::data, "Mismatched files: " + source.name_of(image_role) + " holds " +
                                    counted(half.images.count, "image") + ", " + source.name_of(label_role) +
                                    " holds " + counted(half.labels.count(), "label") + ".");
  half.positions = chosen_positions(half.labels, output_of, limit);
  if (half.positions.empty()) {
    std::vector<std::string> there;
    for (const int label : counts_of(half.labels).labels())
      there.push_back(std::to_string(label));
    throw Error(ExitCode::data, "No image of data.classes is left in " + source.name_of(label_role) +
                                    ": keep classes that it holds" +
                                    (there.empty() ? "" : ", which are " + listed(there)) + ".");
  }
  return half;
}

} // namespace

std::size_t LabelCounts::total() const {
  return std::accumulate(images.begin(), images.end(), std::size_t{0});
}

std::size_t LabelCounts::of(const std::vector<int> &classes) const {
  std::size_t sum = 0;
  for (const int label : classes)
    sum += images.at(static_cast<std::size_t>(label));
  return sum;
}

std::vector<int> LabelCounts::labels() const {
  std::vector<int> there;
  for (int label = 0; label < 256; ++label)
    if (images[static_cast<std::size_t>(label)] > 0)
      there.push_back(label);
  return there;
}

Dataset load_dataset(const DataSettings &settings, std::uint64_t seed) {
  const Source source(settings.source);
  const OutputOf output_of = outputs_of(settings.classes);
  Dataset dataset;
  dataset.files.source = settings.source;
  {
    Half half = read_half(source, train_images, train_labels, output_of, settings.train_limit);
    dataset.files.train = counts_of(half.labels);
    const auto held = hold_out(half, settings.validation, seed);
    dataset.files.shape = {half.images.rows, half.images.cols};
    dataset.train = gather(half, output_of, half.positions);
    dataset.validation = gather(half, output_of, held);
  }
  const Half half = read_half(source, test_images, test_labels, output_of, settings.test_limit);
  dataset.files.test = counts_of(half.labels);
  dataset.test = gather(half, output_of, half.positions);
  if (dataset.train.rows != dataset.test.rows || dataset.train.cols != dataset.test.cols)
    throw Error(ExitCode::data, "Mismatched files: " + source.name_of(train_images) + " holds images of " +
                                    std::to_string(dataset.train.rows) + " x " +
                                    std::to_string(dataset.train.cols) + " pixels, " +
                                    source.name_of(test_images) + " of " + std::to_string(dataset.test.rows) +
                                    " x " + std::to_string(dataset.test.cols) + ".");
  return dataset;
}

Survey survey(const std::string &source) {
  const Source found(source);
  return {source, found.shape(), counts_of(found.labels(train_labels)), counts_of(found.labels(test_labels))};
}

ImageShape image_shape(const std::string &source) { return Source(source).shape(); }

} // namespace duet
