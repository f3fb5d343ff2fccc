#include "ui/panels/class_picker.h"
#include "ui/theme/theme.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace duet::ui {

ClassPicker::ClassPicker(QWidget *parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ClassPicker::setClasses(const std::vector<int> &classes) {
  if (classes == classes_)
    return;
  classes_ = classes;
  update();
}

void ClassPicker::toggle(int digit) {
  std::vector<int> next = classes_;
  const auto found = std::find(next.begin(), next.end(), digit);
  if (found == next.end())
    next.push_back(digit);
  else if (next.size() > 1)
    next.erase(found);
  std::sort(next.begin(), next.end());
  if (next != classes_)
    Q_EMIT edited(next);
}

void ClassPicker::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(ui::font(11, QFont::DemiBold));
  const double cell = width() / 10.0;
  for (int digit = 0; digit < 10; ++digit) {
    const bool on = std::find(classes_.begin(), classes_.end(), digit) != classes_.end();
    const QRectF box(digit * cell + 0.5, 1.5, cell - 2, height() - 3);
    painter.setPen(QPen(hasFocus() && digit == current_ ? palette.quantum : palette.line, 1));
    painter.setBrush(on ? palette.fused_fill : palette.field);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(on ? palette.on_fill : palette.soft);
    painter.drawText(box, Qt::AlignCenter, QString::number(digit));
  }
}

void ClassPicker::mousePressEvent(QMouseEvent *event) {
  current_ = std::clamp(static_cast<int>(event->position().x() * 10 / std::max(1, width())), 0, 9);
  toggle(current_);
  update();
}

void ClassPicker::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
    current_ = std::clamp(current_ + (event->key() == Qt::Key_Right ? 1 : -1), 0, 9);
  else if (event->key() >= Qt::Key_0 && event->key() <= Qt::Key_9)
    toggle(event->key() - Qt::Key_0);
  else if (event->key() == Qt::Key_Return)
    toggle(current_);
  else
    return QWidget::keyPressEvent(event);
  update();
}

bool ClassPicker::event(QEvent *event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
    update();
  return QWidget::event(event);
}

} // namespace duet::ui
