#include "engine/io/replacement.h"
#include "engine/base/error.h"
#include "engine/io/descriptor.h"
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace duet {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path &file) {
  throw Error(ExitCode::write, "Cannot write " + file.string() + ": " + std::strerror(errno) + ".");
}

/// What the names of all temporary files of a target begin with; hidden.
std::string temporary_prefix(const fs::path &target) { return "." + target.filename().string() + ".tmp-"; }

/// A name that no other process or thread of this machine uses.
fs::path temporary_beside(const fs::path &target) {
  static std::atomic<unsigned> counter{0};
  return target.parent_path() /
         (temporary_prefix(target) + std::to_string(::getpid()) + "-" + std::to_string(counter++));
}

/// On the disk, not only on its way there; EINVAL is what file systems say that know no such wait.
bool synced(int descriptor) { return ::fdatasync(descriptor) == 0 || errno == EINVAL; }

/// Makes renames last: the folder's own entries are on the disk, where the file system knows such a wait.
bool synced_folder(const fs::path &folder) {
  const Descriptor entry(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return !entry.is_open() || ::fsync(entry.number()) == 0 || errno == EINVAL;
}

} // namespace

Replacement::~Replacement() {
  for (; !pending_.empty();
       pending_.pop_back()) // the last first: settle_replacement() takes that for its sign
    ::unlink(pending_.back().temporary.c_str());
}

void Replacement::add(const fs::path &target, std::string_view bytes) {
  struct stat before {};
  const bool replaces = ::stat(target.c_str(), &before) == 0;
  if (replaces && ::access(target.c_str(), W_OK) != 0) // a rename would not ask
    fail(target);
  const fs::path temporary = temporary_beside(target);
  Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!out.is_open())
    fail(target);
  pending_.push_back({target, temporary, std::exchange(next_waits_, false)});
  if (replaces)
    ::fchmod(out.number(), before.st_mode & 07777); // what was private stays private
  if (!write_all(out.number(), bytes) || !synced(out.number()) || !out.close_now())
    fail(target);
}

void Replacement::then() { next_waits_ = true; }

void Replacement::commit() {
  for (const Pending &file : pending_) {
    if (file.waits && !synced_folder(file.target.parent_path()))
      fail(file.target);
    if (::rename(file.temporary.c_str(), file.target.c_str()) != 0)
      fail(file.target);
  }
  const std::vector<Pending> done = std::exchange(pending_, {});
  if (!done.empty() && !synced_folder(done.back().target.parent_path()))
    fail(done.back().target);
}

void settle_replacement(const std::vector<fs::path> &targets) {
  std::error_code ignored;
  std::vector<std::pair<fs::path, fs::path>> left; // temporary file and target
  for (const fs::directory_entry &entry : fs::directory_iterator(targets.back().parent_path(), ignored))
    for (const fs::path &target : targets)
      if (entry.path().filename().string().starts_with(temporary_prefix(target)))
        left.emplace_back(entry.path(), target);
  // All are written before the first is renamed, the last target's at the end.
  const auto belongs_to_last = [&](const auto &file) { return file.second == targets.back(); };
  const bool renaming = left.size() < targets.size() && std::ranges::count_if(left, belongs_to_last) == 1;
  for (const auto &[temporary, target] : left)
    if (renaming)
      fs::rename(temporary, target, ignored);
    else
      fs::remove(temporary, ignored);
}

} // namespace duet
