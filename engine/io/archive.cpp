#include "engine/io/archive.h"
#include "engine/base/error.h"
#include "engine/base/words.h"
#include <archive.h>
#include <archive_entry.h>
#include <memory>

namespace duet {
namespace {

struct FreeArchive {
  void operator()(archive *reader) const { archive_read_free(reader); }
};

} // namespace

std::map<std::string, std::string> read_archive(std::string_view bytes, const std::string &name,
                                                std::size_t limit) {
  const std::unique_ptr<archive, FreeArchive> reader(archive_read_new());
  if (!reader)
    throw std::bad_alloc();
  const auto fail = [&](const std::string &why) {
    throw Error(ExitCode::data, "Damaged archive " + name + ": " + why + ".");
  };
  const auto require = [&](int result) {
    if (result != ARCHIVE_OK && result != ARCHIVE_EOF) {
      const char *why = archive_error_string(reader.get());
      fail(why ? why : "it cannot be read");
    }
    return result == ARCHIVE_OK;
  };
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_format_tar(reader.get());
  require(archive_read_open_memory(reader.get(), bytes.data(), bytes.size()));
  std::map<std::string, std::string> files;
  std::size_t used = 0;
  for (archive_entry *entry = nullptr; require(archive_read_next_header(reader.get(), &entry));) {
    if (archive_entry_filetype(entry) != AE_IFREG)
      continue;
    const char *path = archive_entry_pathname(entry);
    std::string &file = files[path ? path : ""];
    const void *block = nullptr;
    std::size_t size = 0;
    for (la_int64_t offset = 0; require(archive_read_data_block(reader.get(), &block, &size, &offset));) {
      if (used + size > limit || static_cast<std::size_t>(offset) > limit)
        fail("it holds more than " + counted(limit, "byte"));
      used += size;
      file.resize(static_cast<std::size_t>(offset)); // a sparse file's holes are zeros
      file.append(static_cast<const char *>(block), size);
    }
  }
  return files;
}

} // namespace duet
