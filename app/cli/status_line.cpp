#include "app/cli/status_line.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace duet {
namespace {

constexpr int usual_width = 80; ///< where the terminal does not say
constexpr const char *take_away = "\r\033[K";

/// At most so many characters of UTF-8, whole ones.
std::string cut(const std::string &text, int characters) {
  std::size_t i = 0;
  for (; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && characters-- == 0)
      break;
  return text.substr(0, i);
}

} // namespace

StatusLine::StatusLine() {
  const char *terminal = std::getenv("TERM");
  lives_ = isatty(STDERR_FILENO) && terminal && *terminal && std::string_view(terminal) != "dumb";
}

int StatusLine::width() const {
  winsize size{}; // asked for each time: a terminal's window is dragged at any moment
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return (known ? size.ws_col : usual_width) - 1; // the last column would break the line on some
}

void StatusLine::show(const std::string &text) {
  if (!lives_)
    return;
  std::fprintf(stderr, "%s%s", take_away, cut(text, width()).c_str());
  std::fflush(stderr);
  shown_ = true;
}

void StatusLine::show_bar(const std::string &before, double share, const std::string &after) {
  constexpr int shortest = 8, longest = 60, around = 4; // "[" and "]" and two spaces
  const int room = width() - static_cast<int>(before.size() + after.size()) - around;
  if (room < shortest)
    return show(before + " " + after);
  const auto bar = static_cast<std::size_t>(std::min(room, longest));
  const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(bar));
  show(before + " [" + std::string(full, '=') + std::string(bar - full, ' ') + "] " + after);
}

void StatusLine::clear() {
  if (shown_)
    std::fputs(take_away, stderr);
  shown_ = false;
}

} // namespace duet
