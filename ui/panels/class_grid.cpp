#include "ui/panels/class_grid.h"
#include "engine/experiment/describe.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace duet::ui {

std::vector<int> toggled(std::vector<int> classes, int label) {
  if (const auto found = std::ranges::find(classes, label); found != classes.end())
    classes.erase(found);
  else if (std::ranges::is_sorted(classes))
    classes.insert(std::ranges::upper_bound(classes, label), label);
  else
    classes.push_back(label);
  return classes;
}

ClassGrid::ClassGrid(int columns, QWidget *parent) : UnitWidget(parent), columns_(columns) {
  setFocusPolicy(Qt::StrongFocus);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ClassGrid::setLabels(const std::vector<int> &labels, const std::array<std::uint32_t, 256> &images) {
  if (labels == labels_ && images == images_)
    return;
  labels_ = labels;
  images_ = images;
  current_ = std::min(current_, labels_.size() - 1);
  updateGeometry();
  update();
}

void ClassGrid::setClasses(const std::vector<int> &classes) {
  if (classes == classes_)
    return;
  classes_ = classes;
  update();
}

void ClassGrid::toggle(int label) {
  static const Field &field = *find_field("data.classes");
  const std::vector<int> next = toggled(classes_, label);
  if (static_cast<int>(next.size()) > field.max_entries)
    Q_EMIT refused(tr("The network has %1 outputs: leave out another class first.").arg(field.max_entries));
  else if (static_cast<int>(next.size()) < field.min_entries)
    Q_EMIT refused(tr("One class has to stay: choose another one first."));
  else
    Q_EMIT edited(next);
}

std::size_t ClassGrid::rows() const {
  const auto columns = static_cast<std::size_t>(columns_);
  return std::max<std::size_t>(1, (labels_.size() + columns - 1) / columns);
}

double ClassGrid::wantedCell() const {
  const QFontMetricsF metrics(ui::font(11, QFont::DemiBold));
  double widest = 0;
  for (const int label : labels_)
    widest = std::max(widest, metrics.horizontalAdvance(QString::number(label)));
  return widest + 2.5;
}

QSize ClassGrid::sizeHint() const {
  return px(
      QSize(static_cast<int>(columns_ * std::max(12.0, wantedCell() + 4)), static_cast<int>(22 * rows())));
}

QRectF ClassGrid::cell(std::size_t place) const {
  const auto columns = std::min(static_cast<std::size_t>(columns_), std::max<std::size_t>(1, labels_.size()));
  const double wide = unitWidth() / static_cast<double>(columns),
               high = unitHeight() / static_cast<double>(rows());
  return {static_cast<double>(place % columns) * wide + 0.5,
          static_cast<double>(place / columns) * high + 1.5, wide - 2, high - 3};
}

QString ClassGrid::describe(std::size_t place) const {
  const int label = labels_[place];
  const std::uint32_t images = images_[static_cast<std::size_t>(label)];
  QString text = images == 1  ? tr("Label %1: 1 training image").arg(label)
                 : images > 1 ? tr("Label %1: %2 training images").arg(label).arg(grouped(images))
                              : tr("Label %1").arg(label);
  if (const auto found = std::ranges::find(classes_, label); found != classes_.end())
    text += tr("; output %1 of the network").arg(found - classes_.begin() + 1);
  return text;
}

void ClassGrid::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(ui::font(11, QFont::DemiBold));
  for (std::size_t place = 0; place < labels_.size(); ++place) {
    const bool on = std::ranges::count(classes_, labels_[place]) > 0;
    const QRectF box = cell(place);
    painter.setPen(QPen(showsKeys() && place == current_ ? palette.quantum : palette.line, 1));
    painter.setBrush(on ? palette.fused_fill : palette.field);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(on ? palette.on_fill : palette.soft);
    painter.drawText(box, Qt::AlignCenter, QString::number(labels_[place]));
  }
}

void ClassGrid::mousePressEvent(QMouseEvent *event) {
  for (std::size_t place = 0; place < labels_.size(); ++place)
    if (cell(place).adjusted(-1, -1.5, 1, 1.5).contains(event->position())) {
      current_ = place;
      toggle(labels_[place]);
      update();
      return;
    }
}

void ClassGrid::keyPressEvent(QKeyEvent *event) {
  const int key = event->key();
  const int move = key == Qt::Key_Left    ? -1
                   : key == Qt::Key_Right ? 1
                   : key == Qt::Key_Up    ? -columns_
                   : key == Qt::Key_Down  ? columns_
                                          : 0;
  const int digit = key - Qt::Key_0;
  if (labels_.empty())
    return QWidget::keyPressEvent(event);
  if (move != 0 && (rows() > 1 || std::abs(move) == 1))
    current_ = static_cast<std::size_t>(
        std::clamp(static_cast<int>(current_) + move, 0, static_cast<int>(labels_.size()) - 1));
  else if (key == Qt::Key_Return || key == Qt::Key_Enter)
    toggle(labels_[current_]);
  else if (digit >= 0 && digit <= 9 && std::ranges::count(labels_, digit) > 0)
    toggle(digit);
  else
    return QWidget::keyPressEvent(event);
  update();
}

bool ClassGrid::unitEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t place = 0; place < labels_.size(); ++place)
      if (cell(place).contains(help->pos())) {
        QToolTip::showText(help->globalPos(), describe(place), this);
        return true;
      }
  }
  return QWidget::event(event);
}

} // namespace duet::ui
