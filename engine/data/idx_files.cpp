#include "engine/data/idx_files.h"
#include "engine/base/words.h"
#include <algorithm>
#include <map>

namespace duet {
namespace {

namespace fs = std::filesystem;

/// Where torchvision puts the files of a data set, below the folder it is given.
constexpr std::array<std::string_view, 6> torchvision_folders = {
    "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw", "EMNIST/raw", "QMNIST/raw", "raw"};

constexpr std::array<const char *, 4> contents = {"training images", "training labels", "test images",
                                                  "test labels"};

/// Names without prefix and .gz, the preferred one first.
const std::vector<std::string> &tails(IdxRole role) {
  static const auto all = [] {
    std::array<std::vector<std::string>, 4> made;
    for (const IdxRole r : idx_roles) {
      const bool is_test = r == test_images || r == test_labels,
                 is_image = r == train_images || r == test_images;
      const std::vector<std::string> parts =
          is_test ? std::vector<std::string>{"t10k", "test"} : std::vector<std::string>{"train"};
      const std::vector<std::string> formats = is_image ? std::vector<std::string>{"idx3-ubyte"}
                                                        : std::vector<std::string>{"idx1-ubyte", "idx2-int"};
      for (const std::string &part : parts)
        for (const std::string &format : formats)
          for (const char separator : {'-', '.'})
            made[r].push_back(part + (is_image ? "-images" : "-labels") + separator + format);
    }
    return made;
  }();
  return all[role];
}

struct Found {
  std::string prefix;
  IdxRole role;
  std::size_t rank; ///< the lower, the better the name
};

/// What a file is by its name.
std::optional<Found> recognised(std::string name) {
  const bool packed = name.ends_with(".gz");
  if (packed)
    name.resize(name.size() - 3);
  for (const IdxRole role : idx_roles)
    for (std::size_t k = 0; k < tails(role).size(); ++k) {
      const std::string &tail = tails(role)[k];
      if (!name.ends_with(tail))
        continue;
      const std::string before = name.substr(0, name.size() - tail.size());
      if (before.empty() || (before.size() > 1 && before.back() == '-'))
        return Found{before.substr(0, before.empty() ? 0 : before.size() - 1), role,
                     2 * k + (packed ? 0 : 1)};
    }
  return std::nullopt;
}

/// The sets of a folder, or where there is none, of those below it where torchvision would put them.
std::vector<IdxFiles> sets_at(const fs::path &folder) {
  std::vector<IdxFiles> sets = idx_sets_in(folder);
  if (sets.empty())
    for (const std::string_view below : torchvision_folders)
      std::ranges::move(idx_sets_in(folder / below), std::back_inserter(sets));
  return sets;
}

/// The set that is meant: the only whole one, or the one under the usual names.
IdxFiles chosen(const fs::path &source, const std::vector<IdxFiles> &sets) {
  std::vector<IdxFiles> whole;
  std::ranges::copy_if(sets, std::back_inserter(whole), &IdxFiles::whole);
  const std::vector<IdxFiles> &among = whole.empty() ? sets : whole;
  const auto usual = [&](const IdxFiles &set) { return set.prefix.empty() && set.folder == source; };
  if (const auto found = std::ranges::find_if(among, usual); found != among.end())
    return *found;
  if (among.size() == 1)
    return among.front();
  std::vector<fs::path> names;
  for (const IdxFiles &set : among)
    names.push_back(set.name());
  throw SeveralSetsError(source, names);
}

std::string texts_of(const std::vector<fs::path> &paths) {
  std::vector<std::string> texts;
  for (const fs::path &path : paths)
    texts.push_back(path.string());
  return listed(texts);
}

std::string listed_with_gz(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text + ", each also with .gz";
}

[[noreturn]] void fail_empty(const fs::path &folder) {
  throw Error(ExitCode::data,
              "The folder " + folder.string() + " holds no data set (looked for " +
                  listed_with_gz({std::string(idx_names[train_images]), "train-images.idx3-ubyte",
                                  "emnist-SPLIT-train-images-idx3-ubyte",
                                  "qmnist-train-images-idx3-ubyte and so on"}) +
                  ", there and in MNIST/raw below it); a data set is four IDX files under MNIST's names.");
}

} // namespace

SeveralSetsError::SeveralSetsError(const fs::path &folder, std::vector<fs::path> sets)
    : Error(ExitCode::data, "The folder " + folder.string() + " holds several data sets: " + texts_of(sets) +
                                "; name one of these as data.source."),
      sets_(std::move(sets)) {}

bool IdxFiles::whole() const {
  return std::ranges::none_of(files, [](const fs::path &file) { return file.empty(); });
}

fs::path IdxFiles::name() const { return prefix.empty() ? folder : folder / prefix; }

std::vector<std::string> idx_names_of(IdxRole role, const std::string &prefix) {
  std::vector<std::string> names = tails(role);
  for (std::string &name : names)
    name = (prefix.empty() ? "" : prefix + "-") + name;
  return names;
}

std::vector<IdxFiles> idx_sets_in(const fs::path &folder) {
  struct Candidate {
    std::array<fs::path, 4> files;
    std::array<std::size_t, 4> rank;
  };
  std::map<std::string, Candidate> candidates; // the usual names' "" comes first
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const auto found = recognised(entry->path().filename().string());
    std::error_code ignored;
    if (!found || !entry->is_regular_file(ignored))
      continue;
    Candidate &candidate = candidates[found->prefix];
    if (candidate.files[found->role].empty() || found->rank < candidate.rank[found->role]) {
      candidate.files[found->role] = entry->path();
      candidate.rank[found->role] = found->rank;
    }
  }
  std::vector<IdxFiles> sets;
  for (const auto &[prefix, candidate] : candidates)
    sets.push_back({folder, prefix, candidate.files});
  return sets;
}

bool holds_idx_files(const fs::path &folder) { return !sets_at(folder).empty(); }

std::optional<IdxFiles> find_idx_files(const fs::path &source) {
  std::error_code ignored;
  const bool is_folder = fs::is_directory(source, ignored);
  const fs::path parent = source.has_parent_path() ? source.parent_path() : fs::path(".");
  std::vector<IdxFiles> sets = sets_at(is_folder ? source : parent);
  if (!is_folder)
    std::erase_if(sets, [&](const IdxFiles &set) { return set.prefix != source.filename(); });
  if (sets.empty() && is_folder)
    fail_empty(source);
  if (sets.empty())
    return std::nullopt;
  IdxFiles files = chosen(source, sets);
  for (const IdxRole role : idx_roles)
    if (files.files[role].empty())
      throw Error(ExitCode::data, "The folder " + files.folder.string() + " has no file of " +
                                      contents[role] + " (looked for " +
                                      listed_with_gz(idx_names_of(role, files.prefix)) +
                                      "); a data set is four IDX files under MNIST's names.");
  return files;
}

} // namespace duet
