// A folder kept to one process.
#pragma once
#include "engine/io/descriptor.h"
#include <filesystem>

namespace duet {

/// The lock's file in its folder.
inline constexpr const char *folder_lock_name = ".lock";

/// While it lives, a second lock of the same folder is refused: in this process, in another one, and through
/// a network file system on another machine too (NFS carries the lock to its server; a server or mount
/// without locks leaves guards() false, and nothing is refused). It dies with its process, however that
/// ends. The file in the folder, empty and hidden, goes with the lock; one that a killed process left behind
/// holds nobody back.
class FolderLock {
public:
  /// Throws Error: exit 2 when the folder is in use, naming who uses it; exit 4 when it is not there or
  /// cannot be written to.
  explicit FolderLock(const std::filesystem::path &folder);
  ~FolderLock() { release(); }
  FolderLock(FolderLock &&) noexcept = default;
  FolderLock &operator=(FolderLock &&) = delete;
  /// Lets others in from now on.
  void release();
  /// False where the file system knows no locks.
  bool guards() const { return guards_; }

private:
  /// False when what was locked was just removed by the one who held it: try again.
  bool try_lock(const std::filesystem::path &folder);

  Descriptor folder_, file_;
  bool guards_ = true;
};

} // namespace duet
