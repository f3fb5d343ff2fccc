// What a path given by the person holds: an experiment, a run or a circuit.
#pragma once
#include "engine/experiment/experiment.h"
#include <filesystem>
#include <string>

namespace duet::ui {

struct Opened {
  Experiment experiment;
  std::filesystem::path path;
  bool is_run = false;     ///< a run folder: the session goes on with its weights
  bool is_circuit = false; ///< the circuit alone; everything else is as in the defaults
  std::string remark;      ///< a sentence the person should know; empty for none
};

/// EXPERIMENT.json, RUN_FOLDER or CIRCUIT.qasm. Throws Error: one sentence.
Opened open_path(const std::filesystem::path &path);

} // namespace duet::ui
