// Unsaved work that no living window holds: what windows left when they ended, however they did.
#pragma once
#include "engine/session/kept_entry.h"
#include <span>
#include <vector>

namespace duet {

inline constexpr const char *kept_manifest_name = "kept.json";

/// One of them, as the list at the next start shows it.
struct KeptWork {
  std::filesystem::path folder;
  KeptManifest manifest;
  std::uintmax_t bytes = 0;
  std::string problem; ///< why it cannot be restored; the manifest then holds what is known
};

/// How much is kept: what goes beyond any of these is dropped, the oldest first, but never the newest.
struct KeptRule {
  std::size_t count = 10;
  int days = 30;
  std::uintmax_t bytes = 2'000'000'000;
};

/// $XDG_DATA_HOME/duet/autosave
std::filesystem::path kept_home();
/// Newest first. Folders that hold nothing are removed; nothing else in `home` is ever left out but what a
/// living window holds. Never throws: a home that cannot be read offers nothing.
std::vector<KeptWork> list_kept(const std::filesystem::path &home);
/// From now on it is this process's. Throws Error: exit 2 when it is gone or another window was faster.
std::shared_ptr<KeptEntry> take_kept(const KeptWork &work);
/// Throws Error as take_kept.
void discard_kept(const std::filesystem::path &folder);
/// Those of the list (newest first) that the rule drops at this time (seconds since 1970).
std::vector<std::filesystem::path> beyond(const KeptRule &rule, std::span<const KeptWork> list,
                                          std::int64_t now);
/// What is in the folder, the manifest first, so that half of it is never offered; then the folder.
void erase_kept(const std::filesystem::path &folder, FolderLock &lock);

} // namespace duet
