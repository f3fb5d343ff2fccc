// What is known of unsaved work before its run is read: the file kept.json in its folder.
#pragma once
#include "engine/experiment/experiment.h"
#include <cstdint>
#include <optional>
#include <string>

namespace duet {

/// A document without its run.
struct KeptDocument {
  Experiment edited; ///< as the form shows it; parts of it may wait for a Reset
  Experiment saved;  ///< what its file holds
  std::string file;  ///< experiment.json or run folder it was opened from or saved to; "" for none
  std::string look;  ///< what the window wants to find again; only the window reads it
  bool operator==(const KeptDocument &) const = default;
};

/// The run beside a manifest.
struct KeptRun {
  std::string folder; ///< a run folder in the same folder; "" for that folder itself
  std::uint64_t step = 0;
  int epoch = 0, epochs = 0; ///< done and planned
  std::optional<double> test_accuracy;
  bool operator==(const KeptRun &) const = default;
};

struct KeptManifest {
  std::int64_t at = 0;    ///< seconds since 1970
  std::int64_t owner = 0; ///< process that wrote it; asked only where the file system knows no locks
  KeptDocument document;
  std::optional<KeptRun> run;
  bool operator==(const KeptManifest &) const = default;
};

std::string to_json(const KeptManifest &manifest);
/// Throws Error (exit 3) naming the source.
KeptManifest parse_manifest(const std::string &text, const std::string &source_name);

} // namespace duet
