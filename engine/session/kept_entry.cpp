#include "engine/session/kept_entry.h"
#include "engine/base/error.h"
#include "engine/base/priority.h"
#include "engine/io/files.h"
#include "engine/session/kept_home.h"
#include <cstdlib>
#include <ctime>
#include <unistd.h>
#include <utility>

namespace duet {
namespace {

namespace fs = std::filesystem;
constexpr auto retry_every = std::chrono::seconds(10);
constexpr const char *run_prefix = "run-";

/// "20261121-140322-1234"
std::string dated_name(int attempt) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char date[32];
  std::strftime(date, sizeof date, "%Y%m%d-%H%M%S", &local);
  return std::string(date) + "-" + std::to_string(::getpid()) +
         (attempt > 0 ? "-" + std::to_string(attempt + 1) : "");
}

KeptRun facts_of(const RunRecord &record, const std::string &folder) {
  KeptRun run{folder, record.steps, record.epochs, current_experiment(record).training.epochs, {}};
  if (!record.rows.empty())
    run.test_accuracy = record.rows.back().test_accuracy;
  return run;
}

} // namespace

KeptEntry::KeptEntry(fs::path home)
    : home_(std::move(home)), thread_([this](std::stop_token stop) { loop(stop); }) {}

KeptEntry::KeptEntry(fs::path folder, FolderLock lock, KeptManifest manifest)
    : home_(folder.parent_path()), folder_(std::move(folder)), lock_(std::move(lock)),
      manifest_(std::move(manifest)), thread_([this](std::stop_token stop) { loop(stop); }) {}

KeptEntry::~KeptEntry() {
  thread_.request_stop();
  thread_.join();
}

// ---- any thread ----

void KeptEntry::give(const std::function<void(Work &)> &add) {
  {
    std::lock_guard lock(mutex_);
    add(waiting_);
    hurry_ = true;
  }
  changed_.notify_all();
}

void KeptEntry::keep(const KeptDocument &document) {
  give([&](Work &work) { work.document = document; });
}

void KeptEntry::keep(std::uint64_t run_id, std::shared_ptr<const RunRecord> record) {
  give([&](Work &work) {
    run_id_ = run_id;
    step_ = record->steps;
    work.run_id = run_id;
    work.run = std::move(record);
  });
}

void KeptEntry::clear(std::uint64_t run_id, std::uint64_t step) {
  give([&](Work &work) {
    if (run_id_ == run_id && step_ > step)
      return;
    work = Work{.clear = true, .document = {}, .run = {}};
  });
}

bool KeptEntry::idle() const {
  std::lock_guard lock(mutex_);
  return waiting_.empty() && !writing_;
}

std::string KeptEntry::flush(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  hurry_ = true;
  if (!waiting_.empty())
    problem_.clear();
  changed_.notify_all();
  const bool settled = changed_.wait_for(
      lock, patience, [this] { return !writing_ && (waiting_.empty() || !problem_.empty()); });
  return settled ? problem_ : "the disk is too slow";
}

std::string KeptEntry::problem() const {
  std::lock_guard lock(mutex_);
  return problem_;
}

// ---- the writing thread ----

void KeptEntry::loop(std::stop_token stop) {
  lower_thread_priority();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, stop, [this] { return !waiting_.empty(); });
    if (!problem_.empty()) // the last try failed: not at once again
      changed_.wait_for(lock, stop, retry_every, [this] { return hurry_; });
    if (waiting_.empty()) // only when stopped
      return;
    Work work = std::exchange(waiting_, {});
    writing_ = true;
    hurry_ = false;
    lock.unlock();
    std::string problem;
    try {
      perform(work);
    } catch (const std::exception &error) {
      problem = error.what();
    }
    lock.lock();
    writing_ = false;
    problem_ = problem;
    if (!problem.empty() && !waiting_.clear) { // what is newer takes its place
      waiting_.clear = work.clear;
      if (!waiting_.document)
        waiting_.document = std::move(work.document);
      if (!waiting_.run)
        waiting_.run = std::move(work.run);
    }
    changed_.notify_all();
    if (!problem.empty() && stop.stop_requested())
      return;
  }
}

void KeptEntry::perform(const Work &work) {
  if (work.clear)
    remove_folder();
  if (work.document || work.run)
    write(work);
}

void KeptEntry::make_folder() {
  std::error_code error;
  fs::create_directories(home_, error);
  for (int attempt = 0; attempt < 100 && !error; ++attempt) {
    const fs::path folder = home_ / dated_name(attempt);
    if (!fs::create_directory(folder, error))
      continue; // there is one of this name
    try {
      lock_.emplace(folder);
      folder_ = folder;
      return;
    } catch (const Error &) {
      // Another window took the empty folder for a rest and removes it.
    }
  }
  throw Error(ExitCode::write, "No folder can be made in " + home_.string() +
                                   (error ? ": " + error.message() : std::string()) + ".");
}

void KeptEntry::write(const Work &work) {
  std::error_code ignored;
  if (lock_ && !fs::is_directory(folder_, ignored)) { // somebody removed it
    lock_.reset();
    manifest_.run.reset();
  }
  if (!lock_)
    make_folder();
  KeptManifest next = manifest_;
  if (work.document)
    next.document = *work.document;
  else if (next.at == 0)
    next.document.edited = next.document.saved = current_experiment(*work.run);
  if (work.run)
    next.run = facts_of(*work.run, write_new_run(*work.run));
  next.at = std::time(nullptr);
  next.owner = ::getpid();
  write_file(folder_ / kept_manifest_name, to_json(next));
  manifest_ = std::move(next);
  remove_all_but(manifest_.run ? manifest_.run->folder : "");
}

/// Beside the one there is: that one stays until the manifest names the new one.
std::string KeptEntry::write_new_run(const RunRecord &record) {
  int number = 1;
  if (manifest_.run && manifest_.run->folder.starts_with(run_prefix))
    number += std::atoi(manifest_.run->folder.c_str() + std::string(run_prefix).size());
  const std::string name = run_prefix + std::to_string(number);
  std::error_code error;
  fs::remove_all(folder_ / name, error); // of a writing that was cut short
  try {
    if (!fs::create_directory(folder_ / name, error))
      throw Error(ExitCode::write,
                  "The folder " + (folder_ / name).string() + " cannot be made: " + error.message() + ".");
    write_run(folder_ / name, record);
  } catch (...) {
    fs::remove_all(folder_ / name, error);
    throw;
  }
  return name;
}

void KeptEntry::remove_all_but(const std::string &run) {
  std::error_code error;
  for (const auto &each : fs::directory_iterator(folder_, error)) {
    const std::string name = each.path().filename().string();
    if (name != kept_manifest_name && name != run && name != folder_lock_name)
      fs::remove_all(each.path(), error);
  }
}

void KeptEntry::remove_folder() {
  manifest_ = {};
  if (!lock_)
    return;
  erase_kept(folder_, *lock_);
  lock_.reset();
}

} // namespace duet
