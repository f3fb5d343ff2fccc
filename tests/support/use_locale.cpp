// Every test program takes the user's locale, as a Qt program does: numbers must not follow it.
#include <clocale>

namespace {
[[maybe_unused]] const char *const locale_in_use = std::setlocale(LC_ALL, "");
}
