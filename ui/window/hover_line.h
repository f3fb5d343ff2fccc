// What the pointer is on, in words: a line beside the tabs, or two where it is long.
#pragma once
#include <QLabel>

namespace duet::ui {

/// Takes no more room than it is given, so that no sentence changes the window's least size.
class HoverLine : public QLabel {
public:
  explicit HoverLine(QWidget *parent);
  void say(const QString &sentence, int room); ///< px

  QSize sizeHint() const override { return wanted_; }
  QSize minimumSizeHint() const override { return {0, 0}; }

private:
  QSize wanted_{0, 0};
};

} // namespace duet::ui
