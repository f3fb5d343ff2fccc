#include "engine/session/kept_home.h"
#include "engine/base/error.h"
#include "engine/data/catalog.h"
#include "engine/experiment/json.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>

namespace duet {
namespace {

namespace fs = std::filesystem;
constexpr std::int64_t seconds_a_day = 86400;

std::int64_t changed_at(const fs::path &path) {
  std::error_code error;
  const auto time = fs::last_write_time(path, error);
  if (error)
    return 0;
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

std::uintmax_t size_of(const fs::path &folder) {
  std::uintmax_t bytes = 0;
  std::error_code error;
  for (const auto &each : fs::recursive_directory_iterator(folder, error))
    if (each.is_regular_file(error))
      bytes += each.file_size(error);
  return bytes;
}

/// Where the file system knows no locks: whether the process that wrote it lives.
bool lives(std::int64_t process) {
  return process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

/// What earlier versions kept: a run folder by itself.
KeptManifest manifest_of_run(const fs::path &folder) {
  const RunRecord record = read_recipe(folder);
  KeptManifest manifest;
  manifest.at = changed_at(folder);
  manifest.document.edited = manifest.document.saved = current_experiment(record);
  manifest.run = KeptRun{"", record.steps, record.epochs, manifest.document.edited.training.epochs, {}};
  return manifest;
}

/// An experiment that earlier versions kept as a file gets a folder.
void take_in(const fs::path &file) {
  try {
    KeptManifest manifest;
    manifest.document.edited = parse_experiment(read_file(file), file.string());
    manifest.at = changed_at(file);
    const fs::path folder = file.parent_path() / file.stem();
    fs::create_directories(folder);
    write_file(folder / kept_manifest_name, to_json(manifest));
    fs::remove(file);
  } catch (const std::exception &) {
    // No experiment: it stays where it is.
  }
}

/// Nothing when a living window holds it or there is nothing in it; that is then removed.
std::optional<KeptWork> look_at(const fs::path &folder) {
  try {
    FolderLock lock(folder);
    KeptWork work;
    work.folder = folder;
    const fs::path manifest = folder / kept_manifest_name;
    try {
      if (fs::exists(manifest))
        work.manifest = parse_manifest(read_file(manifest), manifest.string());
      else if (holds_run(folder))
        work.manifest = manifest_of_run(folder);
      else
        return erase_kept(folder, lock), std::nullopt;
      if (!lock.guards() && lives(work.manifest.owner))
        return std::nullopt;
      if (const auto &run = work.manifest.run; run && !holds_run(folder / run->folder))
        work.problem = "The folder " + (folder / run->folder).string() + " with the run is missing.";
    } catch (const Error &error) {
      work.problem = error.what();
      work.manifest.at = changed_at(folder);
    }
    work.bytes = size_of(folder);
    return work;
  } catch (const Error &) {
    return std::nullopt; // a living window's
  }
}

} // namespace

fs::path kept_home() { return duet_data_home() / "autosave"; }

std::vector<KeptWork> list_kept(const fs::path &home) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (const auto &each : fs::directory_iterator(home, error))
    if (each.is_regular_file(error) && each.path().extension() == ".json")
      take_in(each.path());
  for (const auto &each : fs::directory_iterator(home, error))
    if (each.is_directory(error))
      folders.push_back(each.path());
  std::vector<KeptWork> list;
  for (const fs::path &folder : folders)
    if (auto work = look_at(folder))
      list.push_back(std::move(*work));
  std::ranges::stable_sort(list, [](const KeptWork &a, const KeptWork &b) {
    return std::pair(a.manifest.at, a.folder) > std::pair(b.manifest.at, b.folder);
  });
  return list;
}

std::shared_ptr<KeptEntry> take_kept(const KeptWork &work) {
  return std::make_shared<KeptEntry>(work.folder, FolderLock(work.folder), work.manifest);
}

void discard_kept(const fs::path &folder) {
  FolderLock lock(folder);
  erase_kept(folder, lock);
}

std::vector<fs::path> beyond(const KeptRule &rule, std::span<const KeptWork> list, std::int64_t now) {
  std::vector<fs::path> dropped;
  std::uintmax_t bytes = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    bytes += list[i].bytes;
    const bool old = now - list[i].manifest.at > rule.days * seconds_a_day;
    if (i > 0 && (i >= rule.count || old || bytes > rule.bytes))
      dropped.push_back(list[i].folder);
  }
  return dropped;
}

void erase_kept(const fs::path &folder, FolderLock &lock) {
  std::error_code error;
  fs::remove(folder / kept_manifest_name, error);
  for (const auto &each : fs::directory_iterator(folder, error))
    if (each.path().filename() != folder_lock_name)
      fs::remove_all(each.path(), error);
  lock.release();
  fs::remove(folder, error);
}

} // namespace duet
