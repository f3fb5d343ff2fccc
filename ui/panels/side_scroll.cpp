#include "ui/panels/side_scroll.h"
#include "ui/theme/text_size.h"
#include <QEvent>
#include <QScrollBar>

namespace duet::ui {
namespace {

constexpr int least_height = 100; ///< units

} // namespace

SideScroll::SideScroll(QWidget *parent) : QScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWidgetResizable(true);
}

QSize SideScroll::minimumSizeHint() const {
  const QWidget *held = widget();
  const int width = held ? held->minimumSizeHint().expandedTo(held->minimumSize()).width() : 0;
  return {width + verticalScrollBar()->sizeHint().width(), px(least_height)};
}

bool SideScroll::eventFilter(QObject *watched, QEvent *event) {
  const bool taken = QScrollArea::eventFilter(watched, event);
  if (watched == widget() && event->type() == QEvent::LayoutRequest)
    updateGeometry();
  return taken;
}

} // namespace duet::ui
