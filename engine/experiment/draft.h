// An experiment in the making: only what a preset, a file and --set have given, before defaults are
// filled in. Some defaults follow the kind chosen, so they wait until everything is known.
#pragma once
#include "engine/experiment/describe.h"
#include <map>
#include <string>

namespace duet {

class Draft {
public:
  /// Checked for type and range; a problem leaves the draft as it was.
  std::optional<Problem> give(const std::string &path, const Value &value);
  /// "path=value", as --set takes it. option: what an Error (exit 2) begins with.
  void give_text(const std::string &assignment, const std::string &option = "--set");
  /// Given values, then defaults; those between settings are not checked here.
  Experiment resolve() const;

private:
  std::map<std::string, Value> given_;
};

} // namespace duet
