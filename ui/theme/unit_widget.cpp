#include "ui/theme/unit_widget.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"
#include <QHelpEvent>
#include <QMouseEvent>
#include <QWheelEvent>

namespace duet::ui {

UnitWidget::UnitWidget(QWidget *parent) : QWidget(parent) {
  connect(&theme(), &Theme::textSizeChanged, this, [this] {
    updateGeometry();
    update();
  });
}

double UnitWidget::unitAt(const QSize &) const { return text_scale(); }
double UnitWidget::unit() const { return unitAt(size()); }
QRectF UnitWidget::unitRect() const { return {QPointF(), QSizeF(size()) / unit()}; }

namespace {

QMouseEvent in_units(const QMouseEvent &event, double unit) {
  return {event.type(),   event.position() / unit, event.scenePosition(), event.globalPosition(),
          event.button(), event.buttons(),         event.modifiers(),     event.pointingDevice()};
}

QWheelEvent in_units(const QWheelEvent &event, double unit) {
  return {event.position() / unit, event.globalPosition(), event.pixelDelta(), event.angleDelta(),
          event.buttons(),         event.modifiers(),      event.phase(),      event.inverted()};
}

} // namespace

bool UnitWidget::event(QEvent *event) {
  if (key_focus_.follow(*event))
    update();
  const double unit = this->unit();
  const auto pass = [&](auto given) {
    given.setAccepted(event->isAccepted());
    const bool done = unitEvent(&given);
    event->setAccepted(given.isAccepted());
    return done;
  };
  switch (unit == 1 ? QEvent::None : event->type()) {
  case QEvent::MouseButtonPress:
  case QEvent::MouseButtonRelease:
  case QEvent::MouseButtonDblClick:
  case QEvent::MouseMove:
    return pass(in_units(*static_cast<QMouseEvent *>(event), unit));
  case QEvent::Wheel:
    return pass(in_units(*static_cast<QWheelEvent *>(event), unit));
  case QEvent::ToolTip: {
    const auto *help = static_cast<QHelpEvent *>(event);
    return pass(QHelpEvent(QEvent::ToolTip, (QPointF(help->pos()) / unit).toPoint(), help->globalPos()));
  }
  default:
    return unitEvent(event);
  }
}

} // namespace duet::ui
