#include "engine/io/folder_lock.h"
#include "engine/base/error.h"
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace duet {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const fs::path &folder) {
  throw Error(ExitCode::write,
              "The folder " + folder.string() + " cannot be written to: " + std::strerror(errno) + ".");
}

/// " by process 1234 (duet-cli)", as far as the system tells (proc(5), /proc/locks); empty where it does not.
std::string holder_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0)
    return {};
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line); // 1: FLOCK ADVISORY WRITE 1234 fe:00:5678 0 EOF
    std::string number, kind, strictness, access, process, place;
    words >> number >> kind >> strictness >> access >> process >> place;
    unsigned major_number = 0, minor_number = 0;
    unsigned long inode = 0;
    const char *end = place.data() + place.size();
    const auto first = std::from_chars(place.data(), end, major_number, 16);
    const auto second = first.ptr < end ? std::from_chars(first.ptr + 1, end, minor_number, 16) : first;
    if (second.ptr < end)
      std::from_chars(second.ptr + 1, end, inode);
    if (kind != "FLOCK" || inode != status.st_ino || major_number != ::major(status.st_dev) ||
        minor_number != ::minor(status.st_dev))
      continue;
    std::string name;
    std::getline(std::ifstream("/proc/" + process + "/comm"), name);
    return " by process " + process + (name.empty() ? "" : " (" + name + ")");
  }
  return {};
}

} // namespace

FolderLock::FolderLock(const fs::path &folder)
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (!folder_.is_open())
    cannot_write(folder);
  while (!try_lock(folder)) {
  }
}

bool FolderLock::try_lock(const fs::path &folder) {
  file_ = Descriptor(
      ::openat(folder_.number(), folder_lock_name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!file_.is_open() && errno == EACCES) // another user's, left behind: enough for a lock on a local disk
    file_ = Descriptor(::openat(folder_.number(), folder_lock_name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file_.is_open())
    cannot_write(folder);
  int failed = 0;
  do
    failed = ::flock(file_.number(), LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  while (failed == EINTR);
  if (failed == EWOULDBLOCK)
    throw Error(ExitCode::usage, "The folder " + folder.string() + " is in use" + holder_of(file_.number()) +
                                     "; wait until that has ended, or choose another folder.");
  guards_ = failed == 0;
  struct stat locked {
  }, present{};
  return !guards_ || (::fstat(file_.number(), &locked) == 0 &&
                      ::fstatat(folder_.number(), folder_lock_name, &present, AT_SYMLINK_NOFOLLOW) == 0 &&
                      locked.st_ino == present.st_ino && locked.st_dev == present.st_dev);
}

void FolderLock::release() {
  if (file_.is_open())
    ::unlinkat(folder_.number(), folder_lock_name, 0); // while it is still held: nobody else's can be there
  file_ = Descriptor();
}

} // namespace duet
