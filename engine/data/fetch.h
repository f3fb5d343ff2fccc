// Getting a data set that is not on this machine.
#pragma once
#include "engine/data/catalog.h"
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace duet {

struct FetchProgress {
  std::string step;      ///< what is being done: "train-images-idx3-ubyte.gz from http://..."
  double fraction = 0.0; ///< of the whole set, 0 to 1
  bool measured = true;  ///< false while another program downloads and says nothing
};
/// Called on the fetching thread.
using FetchReport = std::function<void(const FetchProgress &)>;

struct FetchResult {
  std::filesystem::path folder; ///< where the set is now
  bool was_there = false;       ///< it was on this machine already, whole and right
  std::string from;             ///< what answered
};

/// Tries the set's sources in turn, checks every file and puts the set into fetch_folder(): all four files
/// or nothing. A damaged set in that folder is replaced. Throws Error: exit 3 when no source answers or
/// none gives the right files, 4 when the folder cannot be written, 130 when stopped.
FetchResult fetch_set(const CatalogEntry &entry, const FetchReport &report = {},
                      const std::stop_token &stop = {});

} // namespace duet
