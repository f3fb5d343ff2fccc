// What the option parser refuses, told in our own words.
#pragma once
#include "engine/base/error.h"

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace duet {

/// One sentence (exit 2): what is wrong with the command line, where, and what to write instead.
Error usage_error(const CLI::App &app, const CLI::ParseError &error);

} // namespace duet
