#include "engine/experiment/run_folder.h"
#include "engine/data/catalog.h"
#include "engine/experiment/choices.h"
#include "engine/io/replacement.h"
#include <ctime>
#include <utility>

namespace duet {
namespace {

namespace fs = std::filesystem;

/// "2026-11-21-parallel-seed1"
std::string dated_name(const Experiment &experiment) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char date[32];
  std::strftime(date, sizeof date, "%Y-%m-%d", &local);
  return std::string(date) + "-" + name_of(experiment.model.kind) + "-seed" + std::to_string(experiment.seed);
}

[[noreturn]] void cannot_make(const fs::path &folder, const std::error_code &error) {
  throw Error(ExitCode::write,
              "The folder " + folder.string() + " cannot be made: " +
                  (error ? error.message() : std::string("a file of that name is in the way")) + ".");
}

/// True when it was not there before.
bool make_folder(const fs::path &folder) {
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    cannot_make(folder, error);
  return made;
}

void refuse_if_taken(const fs::path &folder) {
  if (holds_run(folder))
    throw Error(ExitCode::usage,
                folder.string() +
                    " already holds a run; choose another folder, or go on with that run by --resume.");
}

/// A name nobody has yet; making a folder is one step that only one of several can do.
fs::path make_dated_folder(const Experiment &experiment) {
  const fs::path parent = runs_home();
  make_folder(parent);
  const std::string name = dated_name(experiment);
  for (int i = 1;; ++i) {
    const fs::path folder = parent / (i == 1 ? name : name + "-" + std::to_string(i));
    std::error_code error;
    if (fs::create_directory(folder, error))
      return folder;
    if (error || !fs::exists(folder))
      cannot_make(folder, error);
  }
}

} // namespace

fs::path runs_home() { return duet_data_home() / "runs"; }

bool holds_run(const fs::path &folder) {
  for (const char *name : run_files)
    if (std::error_code error; fs::exists(folder / name, error))
      return true;
  return false;
}

RunFolder::RunFolder(const fs::path &folder) : path_(folder), lock_(folder) {
  if (!guards())
    return;
  std::vector<fs::path> files;
  for (const char *name : run_files)
    files.push_back(path_ / name);
  settle_replacement(files);
}

RunFolder RunFolder::make(const fs::path &wanted, const Experiment &experiment) {
  if (!wanted.empty())
    refuse_if_taken(wanted); // also where a lock cannot be made
  const fs::path path = wanted.empty() ? make_dated_folder(experiment) : wanted;
  const bool made = make_folder(path) || wanted.empty();
  try {
    RunFolder folder(path);
    refuse_if_taken(path); // another was faster, and is done
    folder.made_ = made;
    folder.unborn_ = true;
    return folder;
  } catch (const Error &) {
    std::error_code ignored;
    if (made)
      fs::remove(path, ignored); // only if it is empty
    throw;
  }
}

RunFolder::RunFolder(RunFolder &&other) noexcept
    : path_(std::move(other.path_)), lock_(std::move(other.lock_)), made_(other.made_),
      unborn_(std::exchange(other.unborn_, false)) {}

RunFolder::~RunFolder() {
  if (!unborn_ || !guards())
    return;
  std::error_code ignored;
  for (const char *name : run_files)
    fs::remove(path_ / name, ignored);
  lock_.release();
  if (made_)
    fs::remove(path_, ignored); // only if it is empty
}

void RunFolder::write(const RunRecord &record) {
  if (!fs::is_directory(path_))
    throw Error(ExitCode::write, "The run's folder " + path_.string() +
                                     " is no longer there; what was trained since its last save is lost.");
  write_run(path_, record);
  unborn_ = false;
}

} // namespace duet
