#include "engine/data/source.h"
#include "engine/data/embedded.h"
#include "engine/io/files.h"
#include <fstream>

namespace duet {
namespace {

namespace fs = std::filesystem;

std::string known_names() {
  std::string names;
  for (const CatalogEntry &entry : catalog())
    names += (names.empty() ? "" : ", ") + entry.name;
  return names;
}

fs::path folder_of(const CatalogEntry &entry) {
  if (const auto folder = find_set(entry))
    return *folder;
  std::string looked_in;
  for (const fs::path &folder : search_folders(entry))
    looked_in += (looked_in.empty() ? "" : ", ") + folder.string();
  throw FetchableError(entry, "The data set " + entry.name + " is not on this machine (looked in " +
                                  looked_in + "): " + entry.how_to_get + ".");
}

} // namespace

Source::Source(const std::string &name) : entry_(find_in_catalog(name)) {
  if (built_in())
    return;
  try {
    const auto set = find_idx_files(entry_ ? folder_of(*entry_) : fs::path(name));
    if (!set)
      throw Error(ExitCode::data, "data.source \"" + name + "\" is neither a known data set (" +
                                      known_names() + ") nor a folder.");
    files_ = set->files;
  } catch (const FetchableError &) {
    throw;
  } catch (const Error &error) {
    if (!entry_)
      throw;
    throw FetchableError(*entry_, error.what());
  }
}

std::string Source::name_of(IdxRole role) const {
  return built_in() ? entry_->name + "/" + std::string(idx_names[role]) + ".gz" : files_[role].string();
}

std::string Source::stored_bytes(IdxRole role) const {
  if (built_in())
    return std::string(embedded_mnist_mini(role));
  try {
    return read_file(files_[role]);
  } catch (const Error &error) {
    throw Error(ExitCode::data, error.what());
  }
}

void Source::check_known(IdxRole role, std::string_view stored, std::string_view content) const {
  if (entry_ && !is_known_content(entry_->files[role], stored, content))
    throw FetchableError(*entry_, "Damaged file " + name_of(role) + ": its digest is not that of " +
                                      entry_->title + "'s published file; delete it and " +
                                      entry_->how_to_get + ".");
}

/// Reads a file and checks its digest. md5 is of the stored bytes, so those are kept only where it is needed.
template <class Content>
Content Source::read_checked(IdxRole role, Content (*read)(std::string, const std::string &)) const {
  std::string stored = stored_bytes(role);
  if (entry_ && !entry_->files[role].gz_md5.empty())
    check_known(role, stored, {});
  Content content = read(std::move(stored), name_of(role));
  if (entry_ && !entry_->files[role].content_sha256.empty())
    check_known(role, {}, content.content);
  return content;
}

IdxImages Source::images(IdxRole role) const { return read_checked(role, read_idx_images); }
IdxLabels Source::labels(IdxRole role) const { return read_checked(role, read_idx_labels); }

/// Enough of a stored image file to unpack its header.
std::string Source::first_bytes(IdxRole role) const {
  if (built_in())
    return std::string(embedded_mnist_mini(role));
  std::string bytes(65536, '\0');
  std::ifstream in(files_[role], std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || !in.is_open())
    throw Error(ExitCode::data, "Cannot read " + files_[role].string() + ".");
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

ImageShape Source::shape() const { return read_idx_shape(first_bytes(train_images), name_of(train_images)); }

} // namespace duet
