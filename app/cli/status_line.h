// The one line at the bottom of a terminal that is written over and over.
#pragma once
#include <string>

namespace duet {

/// On standard error. It lives only on a terminal that can move its cursor; elsewhere (a file, a pipe,
/// TERM=dumb) nothing is ever shown and plain lines are the caller's affair.
class StatusLine {
public:
  StatusLine();
  ~StatusLine() { clear(); }
  StatusLine(const StatusLine &) = delete;
  StatusLine &operator=(const StatusLine &) = delete;

  bool lives() const { return lives_; }
  /// Columns there are for text, as wide as the terminal is now.
  int width() const;
  /// In place of what was shown; cut where the terminal ends.
  void show(const std::string &text);
  /// "before [=====     ] after", the bar as wide as there is room for. Where there is little, the bar goes
  /// first, then the end of `after`. share: from 0 to 1.
  void show_bar(const std::string &before, double share, const std::string &after);
  /// Takes the line away, so that other text can follow.
  void clear();

private:
  bool lives_ = false, shown_ = false;
};

} // namespace duet
