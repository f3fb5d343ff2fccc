#include "app/cli/notes.h"
#include <cstdio>

namespace duet {

void tell(const std::vector<Problem> &remarks) {
  for (const Problem &remark : remarks)
    std::fprintf(stderr, "duet-cli: note: %s\n", remark.text.c_str());
}

} // namespace duet
