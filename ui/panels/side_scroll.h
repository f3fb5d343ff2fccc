// Holds a side of the window: scrolls up and down, and is never narrower than what it holds.
#pragma once
#include <QScrollArea>

namespace duet::ui {

class SideScroll : public QScrollArea {
public:
  explicit SideScroll(QWidget *parent = nullptr);
  QSize minimumSizeHint() const override;

protected:
  bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace duet::ui
