// Which files of a folder are a data set, under all the names in which MNIST's kin come.
#pragma once
#include "engine/base/error.h"
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duet {

enum IdxRole { train_images, train_labels, test_images, test_labels };
inline constexpr std::array<IdxRole, 4> idx_roles = {train_images, train_labels, test_images, test_labels};
/// The usual names; publishers' files are these with .gz.
inline constexpr std::array<std::string_view, 4> idx_names = {
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

/// One data set: up to four files of one folder whose names begin alike.
struct IdxFiles {
  std::filesystem::path folder;
  std::string prefix;                         ///< "emnist-letters"; "" for the usual names
  std::array<std::filesystem::path, 4> files; ///< by IdxRole; empty: not there
  bool whole() const;
  std::filesystem::path name() const; ///< as data.source would name it
};

/// The sets that lie in a folder itself, those of the usual names first. Of a file that is there several
/// times the packed one wins, for it is what publishers sign.
std::vector<IdxFiles> idx_sets_in(const std::filesystem::path &folder);

/// A folder holds several sets: each can be named as data.source.
class SeveralSetsError : public Error {
public:
  SeveralSetsError(const std::filesystem::path &folder, std::vector<std::filesystem::path> sets);
  const std::vector<std::filesystem::path> &sets() const { return sets_; }

private:
  std::vector<std::filesystem::path> sets_;
};

/// Whether there is any file of a set in the folder or, as torchvision lays it out, in MNIST/raw below it.
bool holds_idx_files(const std::filesystem::path &folder);
/// The set a source names: such a folder, or folder/prefix for one of several in it; nothing when it is
/// neither. Throws Error (exit 3) that says what was looked for when files are missing, and SeveralSetsError
/// when there is more than one and none under the usual names.
std::optional<IdxFiles> find_idx_files(const std::filesystem::path &source);

/// All names of a file, each also with .gz, the preferred one first.
std::vector<std::string> idx_names_of(IdxRole role, const std::string &prefix = {});

} // namespace duet
