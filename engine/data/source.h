// Where the four files of a data source are, and their checked contents.
#pragma once
#include "engine/base/error.h"
#include "engine/data/catalog.h"
#include "engine/data/idx.h"
#include <array>
#include <filesystem>
#include <string>

namespace duet {

/// A known set that is not on this machine, or not whole there: fetching it mends that.
class FetchableError : public Error {
public:
  FetchableError(const CatalogEntry &entry, const std::string &sentence)
      : Error(ExitCode::data, sentence), entry_(&entry) {}
  const CatalogEntry &entry() const { return *entry_; }

private:
  const CatalogEntry *entry_;
};

class Source {
public:
  /// A known name, a folder, or the beginning of the file names in a folder. Throws Error (exit 3).
  explicit Source(const std::string &name);

  IdxImages images(IdxRole role) const;
  IdxLabels labels(IdxRole role) const;
  ImageShape shape() const;                ///< of the training images, from their header
  std::string name_of(IdxRole role) const; ///< what failures call a file

private:
  bool built_in() const { return entry_ && entry_->built_in; }
  std::string stored_bytes(IdxRole role) const;
  std::string first_bytes(IdxRole role) const;
  void check_known(IdxRole role, std::string_view stored, std::string_view content) const;
  template <class Content>
  Content read_checked(IdxRole role, Content (*read)(std::string, const std::string &)) const;

  const CatalogEntry *entry_;                  ///< null for a user's own folder
  std::array<std::filesystem::path, 4> files_; ///< empty for a built-in set
};

} // namespace duet
