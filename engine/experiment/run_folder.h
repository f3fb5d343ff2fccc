// A run's folder, held by the one who trains in it.
#pragma once
#include "engine/experiment/run_record.h"
#include "engine/io/folder_lock.h"

namespace duet {

/// True if the folder has a file of a run; a lock or the rests of a killed save are none.
bool holds_run(const std::filesystem::path &folder);

/// Where runs without a folder of their own go: $XDG_DATA_HOME/duet/runs.
std::filesystem::path runs_home();

/// While it lives nobody else goes on with the run in this folder or begins one there: not another process,
/// not another window, not another RunFolder of this process.
class RunFolder {
public:
  /// For a new run: `wanted`, or for an empty path a folder under $XDG_DATA_HOME/duet/runs named after date,
  /// kind and seed. Of two that make the same folder at once one is refused. Throws Error: exit 2 if it
  /// holds a run or is in use, 4 if it cannot be made.
  static RunFolder make(const std::filesystem::path &wanted, const Experiment &experiment);
  /// For going on with the run that is there; a save that was cut short is brought to its end or dropped.
  /// Throws Error: exit 2 if it is in use or not there, 4 if it cannot be written to.
  explicit RunFolder(const std::filesystem::path &folder);
  /// Of a new run that was never written whole nothing stays behind.
  ~RunFolder();
  RunFolder(RunFolder &&) noexcept;
  RunFolder &operator=(RunFolder &&) = delete;

  const std::filesystem::path &path() const { return path_; }
  /// False where the file system knows no locks: then nothing keeps others out.
  bool guards() const { return lock_.guards(); }
  /// As write_run. Throws Error (exit 4).
  void write(const RunRecord &record);

private:
  std::filesystem::path path_;
  FolderLock lock_;
  bool made_ = false;   ///< the folder itself was not there before
  bool unborn_ = false; ///< a new run of which nothing is written whole yet
};

} // namespace duet
