#include "ui/panels/value_slider.h"
#include "ui/theme/theme.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr double handle_radius = 7;

} // namespace

ValueSlider::ValueSlider(const SliderScale &scale, Voice voice, QWidget *parent)
    : UnitWidget(parent), scale_(scale), voice_(voice), key_step_(scale.keyStep()) {
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ValueSlider::setPosition(double position) {
  position = std::clamp(position, 0.0, 1.0);
  if (position == position_)
    return;
  position_ = position;
  spoken_changed(this);
  update();
}

QString ValueSlider::spokenText() const { return QString::number(scale_.valueAt(position_), 'g', 6); }

std::optional<SpokenNumber> ValueSlider::spokenNumber() const {
  const double here = scale_.valueAt(position_), next = scale_.valueAt(std::min(1.0, position_ + key_step_));
  return SpokenNumber{here, scale_.valueAt(0), scale_.valueAt(1), std::max(next - here, 0.0)};
}

void ValueSlider::setSpokenNumber(double value) {
  Q_EMIT pressed();
  moveTo(scale_.positionOf(value));
}

double ValueSlider::positionAt(double x) const {
  return (x - handle_radius) / std::max(1.0, unitWidth() - 2 * handle_radius);
}

void ValueSlider::moveTo(double position) {
  const double before = position_;
  setPosition(position);
  if (position_ != before)
    Q_EMIT moved(position_);
}

void ValueSlider::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor colour = isEnabled() ? palette.stroke(voice_) : palette.line;
  const double middle = unitHeight() / 2.0, left = handle_radius, right = unitWidth() - handle_radius;
  const double x = left + position_ * (right - left);
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette.line);
  painter.drawRoundedRect(QRectF(0, middle - 2, unitWidth(), 4), 2, 2);
  painter.setBrush(colour);
  painter.drawRoundedRect(QRectF(0, middle - 2, x, 4), 2, 2);
  if (showsKeys()) {
    QColor halo = colour;
    halo.setAlphaF(0.25f);
    painter.setBrush(halo);
    painter.drawEllipse(QPointF(x, middle), handle_radius + 2.5, handle_radius + 2.5);
  }
  painter.setBrush(palette.panel);
  painter.setPen(QPen(colour, dragging_ || underMouse() ? 2.6 : 2));
  painter.drawEllipse(QPointF(x, middle), handle_radius - 1, handle_radius - 1);
}

void ValueSlider::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton)
    return;
  dragging_ = true;
  Q_EMIT pressed();
  moveTo(positionAt(event->position().x()));
  update();
}

void ValueSlider::mouseMoveEvent(QMouseEvent *event) {
  if (dragging_)
    moveTo(positionAt(event->position().x()));
}

void ValueSlider::mouseReleaseEvent(QMouseEvent *) {
  dragging_ = false;
  update();
}

void ValueSlider::wheelEvent(QWheelEvent *event) {
  if (!hasFocus()) {
    event->ignore();
    return;
  }
  Q_EMIT pressed();
  moveTo(position_ + key_step_ * (event->angleDelta().y() > 0 ? 1 : -1));
}

void ValueSlider::keyPressEvent(QKeyEvent *event) {
  double target = position_;
  switch (event->key()) {
  case Qt::Key_Left:
  case Qt::Key_Down:
    target -= key_step_;
    break;
  case Qt::Key_Right:
  case Qt::Key_Up:
    target += key_step_;
    break;
  case Qt::Key_PageDown:
    target -= 10 * key_step_;
    break;
  case Qt::Key_PageUp:
    target += 10 * key_step_;
    break;
  case Qt::Key_Home:
    target = 0;
    break;
  case Qt::Key_End:
    target = 1;
    break;
  default:
    QWidget::keyPressEvent(event);
    return;
  }
  if (!event->isAutoRepeat())
    Q_EMIT pressed();
  moveTo(target);
}

} // namespace duet::ui
