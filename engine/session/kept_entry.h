// One document's unsaved work on disk, written by a thread of its own.
#pragma once
#include "engine/experiment/run_record.h"
#include "engine/io/folder_lock.h"
#include "engine/session/kept_manifest.h"
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace duet {

/// A folder of its own under `home`, locked while this lives: a lock that dies with the process, so that
/// after a crash the work is there for whoever starts next (kept_home.h). What is given is written soon and
/// whole: a new run beside the old one, then the manifest that names it. What cannot be written is tried
/// again until something newer takes its place. Any thread may call.
class KeptEntry {
public:
  /// The folder is made when there is something to keep.
  explicit KeptEntry(std::filesystem::path home);
  /// Goes on with what was kept before.
  KeptEntry(std::filesystem::path folder, FolderLock lock, KeptManifest manifest);
  /// Waits until what was given is written. What is there then stays for the next start.
  ~KeptEntry();
  KeptEntry(const KeptEntry &) = delete;
  KeptEntry &operator=(const KeptEntry &) = delete;

  void keep(const KeptDocument &document);
  /// While one is being written, the newest waits.
  void keep(std::uint64_t run_id, std::shared_ptr<const RunRecord> record);
  /// A file holds everything up to this step of this run: nothing stays on disk, unless a later step of it
  /// has been given since.
  void clear(std::uint64_t run_id, std::uint64_t step);

  bool idle() const; ///< nothing waits to be written
  /// Writes now and waits; empty, or why it could not be written in this time.
  std::string flush(std::chrono::milliseconds patience);
  /// Why the last try to write failed; empty when it did not.
  std::string problem() const;

private:
  struct Work {
    bool clear = false; ///< before the rest
    std::optional<KeptDocument> document;
    std::shared_ptr<const RunRecord> run;
    std::uint64_t run_id = 0;
    bool empty() const { return !clear && !document && !run; }
  };
  void loop(std::stop_token stop);
  void give(const std::function<void(Work &)> &add);
  void perform(const Work &work); // this and what follows: the writing thread
  void make_folder();
  void write(const Work &work);
  std::string write_new_run(const RunRecord &record);
  void remove_all_but(const std::string &run);
  void remove_folder();

  const std::filesystem::path home_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  Work waiting_;                        ///< guarded by mutex_
  bool writing_ = false;                ///< guarded by mutex_
  bool hurry_ = false;                  ///< guarded by mutex_; do not wait before the next try
  std::string problem_;                 ///< guarded by mutex_
  std::uint64_t run_id_ = 0, step_ = 0; ///< guarded by mutex_; of the newest run given

  // The writing thread's:
  std::filesystem::path folder_;
  std::optional<FolderLock> lock_;
  KeptManifest manifest_;
  std::jthread thread_;
};

} // namespace duet
