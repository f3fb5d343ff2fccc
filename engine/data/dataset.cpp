#include "engine/data/dataset.h"
#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/base/streams.h"
#include "engine/data/catalog.h"
#include "engine/data/embedded.h"
#include "engine/io/files.h"
#include "engine/io/gzip.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>

namespace duet {
namespace {

namespace fs = std::filesystem;

/// Where the four files of a source are.
struct Source {
  const CatalogEntry *entry = nullptr; ///< null for a user's own folder
  std::array<fs::path, 4> files;       ///< empty for a built-in set
  bool built_in() const { return entry && entry->built_in; }
  std::string name_of(IdxRole role) const {
    return built_in() ? entry->name + "/" + std::string(idx_names[role]) + ".gz" : files[role].string();
  }
};

[[noreturn]] void fail_missing(const std::string &sentence) { throw Error(ExitCode::data, sentence); }

std::string known_names() {
  std::string names;
  for (const CatalogEntry &entry : catalog())
    names += (names.empty() ? "" : ", ") + entry.name;
  return names;
}

fs::path folder_of(const std::string &source, const CatalogEntry *entry) {
  std::error_code ignored;
  if (!entry) {
    if (!fs::is_directory(source, ignored))
      fail_missing("data.source \"" + source + "\" is neither a known data set (" + known_names() +
                   ") nor a folder.");
    return source;
  }
  if (const auto folder = find_set(*entry))
    return *folder;
  std::string looked_in;
  for (const fs::path &folder : search_folders(*entry))
    looked_in += (looked_in.empty() ? "" : ", ") + folder.string();
  fail_missing("The data set " + entry->name + " is not on this machine (looked in " + looked_in +
               "): " + entry->how_to_get + ".");
}

Source locate(const std::string &source) {
  Source found{find_in_catalog(source), {}};
  if (found.built_in())
    return found;
  const fs::path folder = folder_of(source, found.entry);
  for (const IdxRole role : {train_images, train_labels, test_images, test_labels}) {
    const auto file = find_idx_file(folder, role);
    if (!file)
      fail_missing("The folder " + folder.string() + " has no file " + std::string(idx_names[role]) +
                   " or the same with .gz; a data set is four IDX files under MNIST's names.");
    found.files[role] = *file;
  }
  return found;
}

std::string stored_bytes(const Source &source, IdxRole role) {
  if (source.built_in())
    return std::string(embedded_mnist_mini(role));
  try {
    return read_file(source.files[role]);
  } catch (const Error &error) {
    throw Error(ExitCode::data, error.what());
  }
}

void check_known(const Source &source, IdxRole role, std::string_view stored, std::string_view content) {
  if (source.entry && !is_known_content(source.entry->files[role], stored, content))
    throw Error(ExitCode::data, "Damaged file " + source.name_of(role) + ": its digest is not that of " +
                                    source.entry->title + "'s published file; delete it and " +
                                    source.entry->how_to_get + ".");
}

/// Reads a file and checks its digest. md5 is of the stored bytes, so those are kept only where it is needed.
template <class Content>
Content read_checked(const Source &source, IdxRole role, Content (*read)(std::string, const std::string &)) {
  std::string stored = stored_bytes(source, role);
  if (source.entry && !source.entry->files[role].gz_md5.empty())
    check_known(source, role, stored, {});
  Content content = read(std::move(stored), source.name_of(role));
  if (source.entry && !source.entry->files[role].content_sha256.empty())
    check_known(source, role, {}, content.content);
  return content;
}

/// Which labels are kept.
std::array<bool, 256> mask_of(const std::vector<int> &classes) {
  std::array<bool, 256> kept{};
  for (const int c : classes)
    if (c >= 0 && c < 10)
      kept[static_cast<std::size_t>(c)] = true;
  return kept;
}

/// Positions of the first `limit` (0: all) images of the kept classes, in file order.
std::vector<std::uint32_t> chosen_positions(const IdxLabels &labels, const std::string &name,
                                            const std::vector<int> &classes, int limit) {
  const std::array<bool, 256> kept = mask_of(classes);
  const bool all_ten = std::count(kept.begin(), kept.end(), true) == 10;
  std::vector<std::uint32_t> positions;
  for (std::size_t i = 0; i < labels.count; ++i) {
    const auto label = static_cast<unsigned char>(labels.labels()[i]);
    if (label > 9 && all_ten)
      throw Error(ExitCode::data, "Damaged file " + name + ": label " + std::to_string(label) + " of image " +
                                      std::to_string(i) +
                                      ": labels are 0 to 9 (data.classes can leave others out).");
    if (kept[label] && (limit == 0 || positions.size() < static_cast<std::size_t>(limit)))
      positions.push_back(static_cast<std::uint32_t>(i));
  }
  return positions;
}

ImageSet gather(const IdxImages &images, const IdxLabels &labels,
                const std::vector<std::uint32_t> &positions) {
  ImageSet set;
  set.rows = images.rows;
  set.cols = images.cols;
  set.pixels.resize(positions.size() * set.pixel_count());
  set.labels.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    std::memcpy(set.pixels.data() + i * set.pixel_count(), images.pixels() + positions[i] * set.pixel_count(),
                set.pixel_count());
    set.labels.push_back(static_cast<std::uint8_t>(labels.labels()[positions[i]]));
  }
  set.file_index = positions;
  return set;
}

/// Moves a share of each class from train to the result: those whose draw is smallest.
std::vector<std::uint32_t> hold_out(std::vector<std::uint32_t> &train, const IdxLabels &labels, double share,
                                    std::uint64_t seed) {
  if (share <= 0.0)
    return {};
  const RandomStream stream(seed, streams::validation);
  std::array<std::vector<std::pair<float, std::uint32_t>>, 10> draws;
  for (const std::uint32_t position : train)
    draws[static_cast<unsigned char>(labels.labels()[position])].emplace_back(stream.uniform(position),
                                                                              position);
  std::vector<std::uint32_t> held;
  for (auto &of_class : draws) {
    std::sort(of_class.begin(), of_class.end());
    const auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(of_class.size())));
    for (std::size_t i = 0; i < std::min(count, of_class.size()); ++i)
      held.push_back(of_class[i].second);
  }
  std::sort(held.begin(), held.end());
  std::vector<std::uint32_t> left;
  std::set_difference(train.begin(), train.end(), held.begin(), held.end(), std::back_inserter(left));
  train = std::move(left);
  return held;
}

/// One half of a data set: images and labels that belong together.
struct Half {
  IdxImages images;
  IdxLabels labels;
  std::vector<std::uint32_t> positions;
};

Half read_half(const Source &source, IdxRole image_role, IdxRole label_role, const DataSettings &settings,
               int limit) {
  Half half{read_checked(source, image_role, read_idx_images),
            read_checked(source, label_role, read_idx_labels),
            {}};
  if (half.images.count != half.labels.count)
    throw Error(ExitCode::data, "Mismatched files: " + source.name_of(image_role) + " holds " +
                                    std::to_string(half.images.count) + " images, " +
                                    source.name_of(label_role) + " holds " +
                                    std::to_string(half.labels.count) + " labels.");
  half.positions = chosen_positions(half.labels, source.name_of(label_role), settings.classes, limit);
  if (half.positions.empty())
    throw Error(ExitCode::data, "No image of data.classes is left in " + source.name_of(label_role) +
                                    ": keep classes that it holds.");
  return half;
}

/// Enough of a stored image file to unpack its header.
std::string first_bytes(const Source &source, IdxRole role) {
  if (source.built_in())
    return std::string(embedded_mnist_mini(role));
  std::string bytes(65536, '\0');
  std::ifstream in(source.files[role], std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || !in.is_open())
    throw Error(ExitCode::data, "Cannot read " + source.files[role].string() + ".");
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

} // namespace

Dataset load_dataset(const DataSettings &settings, std::uint64_t seed) {
  const Source source = locate(settings.source);
  Dataset dataset;
  dataset.name = settings.source;
  {
    Half half = read_half(source, train_images, train_labels, settings, settings.train_limit);
    const auto held = hold_out(half.positions, half.labels, settings.validation, seed);
    if (half.positions.empty())
      throw Error(ExitCode::usage, "data.validation holds out every training image: lower it.");
    dataset.train = gather(half.images, half.labels, half.positions);
    dataset.validation = gather(half.images, half.labels, held);
  }
  const Half half = read_half(source, test_images, test_labels, settings, settings.test_limit);
  dataset.test = gather(half.images, half.labels, half.positions);
  if (dataset.train.rows != dataset.test.rows || dataset.train.cols != dataset.test.cols)
    throw Error(ExitCode::data, "Mismatched files: " + source.name_of(train_images) + " holds images of " +
                                    std::to_string(dataset.train.rows) + " x " +
                                    std::to_string(dataset.train.cols) + " pixels, " +
                                    source.name_of(test_images) + " of " + std::to_string(dataset.test.rows) +
                                    " x " + std::to_string(dataset.test.cols) + ".");
  return dataset;
}

ImageShape image_shape(const std::string &source) {
  const Source found = locate(source);
  return read_idx_shape(first_bytes(found, train_images), found.name_of(train_images));
}

} // namespace duet
