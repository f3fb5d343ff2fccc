// Where the project's sources lie, for tests that read files of theirs.
#pragma once
#include <string>

/// Known to one source only: a path in the command line of every test would keep the compiler's cache of one
/// checkout from serving another.
std::string source_dir();
