#include "ui/editor/angle_dial.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet::ui {
namespace {

using std::numbers::pi;
constexpr double turn = 2 * pi, step = turn / AngleDial::steps_a_turn;
constexpr double finest = 0.01; // radians of a drag
constexpr int ticks = 8;

double in_steps_of(double value, double unit) { return std::round(value / unit) * unit; }

} // namespace

AngleDial::AngleDial(QWidget *parent) : UnitWidget(parent) {
  setObjectName(QStringLiteral("angleDial"));
  setAccessibleName(tr("Angle"));
  setToolTip(tr("Drag around, turn the wheel or press Up and Down; Shift keeps to steps of 7.5°."));
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void AngleDial::setAngle(double radians) {
  if (radians == angle_)
    return;
  angle_ = radians;
  update();
  spoken_changed(this);
}

QString AngleDial::spokenText() const {
  return tr("%1 rad (%2°)").arg(QString::number(angle_, 'f', 3), QString::number(angle_ * 180 / pi, 'f', 1));
}

std::optional<SpokenNumber> AngleDial::spokenNumber() const {
  return SpokenNumber{angle_, -turn, turn, step};
}

void AngleDial::setSpokenNumber(double radians) {
  Q_EMIT gestureBegins();
  turnTo(radians);
}

void AngleDial::turnTo(double radians) {
  const double limited = std::clamp(radians, -turn, turn);
  if (limited == angle_)
    return;
  setAngle(limited);
  Q_EMIT turned(limited);
}

void AngleDial::dragTo(const QPointF &point, bool in_steps) {
  const QPointF away = point - unitRect().center();
  if (std::hypot(away.x(), away.y()) < 2)
    return;
  const double pointed = std::atan2(-away.y(), away.x());
  const double meant =
      dragging_ ? angle_ + std::remainder(pointed - angle_, turn) : pointed; // no jump on the way
  turnTo(in_steps_of(meant, in_steps ? step : finest));
}

void AngleDial::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton)
    return;
  Q_EMIT gestureBegins();
  dragTo(event->position(), event->modifiers() & Qt::ShiftModifier);
  dragging_ = true;
}

void AngleDial::mouseMoveEvent(QMouseEvent *event) {
  if (dragging_)
    dragTo(event->position(), event->modifiers() & Qt::ShiftModifier);
}

void AngleDial::mouseReleaseEvent(QMouseEvent *) { dragging_ = false; }

void AngleDial::wheelEvent(QWheelEvent *event) {
  if (!wheeling_)
    Q_EMIT gestureBegins();
  wheeling_ = true;
  turnTo(angle_ + step * event->angleDelta().y() / 120.0);
  event->accept();
}

bool AngleDial::unitEvent(QEvent *event) {
  if (event->type() == QEvent::Leave)
    wheeling_ = false;
  return UnitWidget::unitEvent(event);
}

void AngleDial::keyPressEvent(QKeyEvent *event) {
  const auto by = [this](double radians) {
    Q_EMIT gestureBegins();
    turnTo(radians);
  };
  switch (event->key()) {
  case Qt::Key_Up:
  case Qt::Key_Right:
    return by(angle_ + step);
  case Qt::Key_Down:
  case Qt::Key_Left:
    return by(angle_ - step);
  case Qt::Key_PageUp:
    return by(angle_ + pi / 4);
  case Qt::Key_PageDown:
    return by(angle_ - pi / 4);
  case Qt::Key_Home:
    return by(0);
  default:
    UnitWidget::keyPressEvent(event);
  }
}

void AngleDial::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF circle = unitRect().adjusted(4, 4, -4, -4);
  const QPointF middle = circle.center();
  const double radius = circle.width() / 2;
  const auto at = [&](double radians, double share) {
    return middle + QPointF(std::cos(radians), -std::sin(radians)) * radius * share;
  };
  painter.setPen(QPen(palette.quantum, 1.4));
  painter.setBrush(palette.field);
  painter.drawEllipse(circle);
  painter.setPen(QPen(palette.soft, 1));
  for (int k = 0; k < ticks; ++k)
    painter.drawLine(at(k * turn / ticks, 0.88), at(k * turn / ticks, 1));
  QColor fill = palette.quantum;
  fill.setAlphaF(0.22f);
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawPie(circle.adjusted(4, 4, -4, -4), 0, int(std::lround(angle_ * 180 / pi * 16)));
  painter.setPen(QPen(palette.quantum, 2.4, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(middle, at(angle_, 0.86));
  if (showsKeys())
    draw_focus(painter, unitRect(), palette);
}

} // namespace duet::ui
