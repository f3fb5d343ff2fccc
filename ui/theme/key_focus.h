// Whether a view that has the focus shows where the keys go: it does for who uses keys, not after a click.
#pragma once

class QEvent;

namespace duet::ui {

class KeyFocus {
public:
  /// Told of every event of the view. True when shown() changed.
  bool follow(const QEvent &event);
  bool shown() const { return shown_; }

private:
  bool shown_ = false;
};

} // namespace duet::ui
