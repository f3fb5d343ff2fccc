// What a command's --help says below its options.
#pragma once
#include <string>
#include <vector>

namespace duet {

struct HelpText {
  std::vector<std::string> examples; ///< whole command lines
  std::vector<std::string> limits;   ///< sentences
  std::string sample;                ///< what --json prints for something small; "" where there is no --json
  std::string more;                  ///< further text, as it is
  std::string asked = {};            ///< like sample, of what --json prints only where it was asked for
};

/// "Examples:", "Limits:" and "Keys of --json:" with the text below each. The keys are those of the sample,
/// so that none is told that is not printed.
std::string help_text(const HelpText &help);

} // namespace duet
