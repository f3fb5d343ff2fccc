#include "tests/support/source_dir.h"

std::string source_dir() { return DUET_SOURCE_DIR; }
