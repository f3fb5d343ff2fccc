// Named experiments to start from.
#pragma once
#include "engine/experiment/draft.h"
#include <span>
#include <string>
#include <vector>

namespace duet {

struct Preset {
  std::string name;
  std::string help;                  ///< one sentence: what it shows
  std::vector<std::string> settings; ///< "path=value", on top of the defaults
};

std::span<const Preset> presets();
const Preset *find_preset(const std::string &name);
Draft draft_of(const Preset &preset);

} // namespace duet
