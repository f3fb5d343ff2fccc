#include "ui/data/confusion_view.h"
#include "ui/plots/number_text.h"
#include "ui/theme/theme.h"
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

/// The square of cells inside a widget: room for the title above, digits left and below.
QRectF grid_of(const QRectF &widget) {
  const QRectF room = widget.adjusted(34, 46, -6, -34);
  const double side = std::max(10.0, std::min(room.width(), room.height()));
  return {room.left() + std::max(0.0, (room.width() - side) / 2), room.top(), side, side};
}

QRectF cell_of(const QRectF &grid, int truth, int answer) {
  const double side = grid.width() / 10;
  return {grid.left() + answer * side, grid.top() + truth * side, side, side};
}

} // namespace

ConfusionView::ConfusionView(const QString &title, const QString &export_name, Voice voice, QWidget *parent)
    : QWidget(parent), title_(title), export_name_(export_name), voice_(voice) {
  setMouseTracking(true);
  setAccessibleName(title);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ConfusionView::setConfusion(const std::optional<Confusion> &confusion, const QString &why) {
  if (confusion == confusion_ && why == why_)
    return;
  confusion_ = confusion;
  why_ = why;
  update();
}

void ConfusionView::setTitle(const QString &title) {
  if (title == title_)
    return;
  title_ = title;
  update();
}

QSize ConfusionView::sizeHint() const { return {280, 300}; }
QSize ConfusionView::minimumSizeHint() const { return {170, 190}; }
QString ConfusionView::exportName() const { return export_name_; }
QSize ConfusionView::exportSize() const { return {std::max(width(), 420), std::max(height(), 440)}; }
QRectF ConfusionView::cellRect(int truth, int answer) const {
  return cell_of(grid_of(QRectF(rect())), truth, answer);
}

void ConfusionView::paintTo(QPainter &painter, const QRectF &target) {
  const Palette &colours = theme().palette();
  const QRectF grid = grid_of(target);
  painter.setFont(ui::font(13, QFont::DemiBold));
  painter.setPen(colours.ink(voice_));
  painter.drawText(QRectF(grid.left(), target.top() + 4, target.right() - grid.left(), 20),
                   Qt::AlignLeft | Qt::AlignVCenter, title_);
  if (!confusion_) {
    draw_empty(painter, target.adjusted(0, 24, 0, 0), why_, colours);
    return;
  }
  painter.setFont(ui::font(11));
  painter.setPen(colours.soft);
  painter.drawText(
      QRectF(grid.left(), target.top() + 23, target.right() - grid.left(), 18),
      Qt::AlignLeft | Qt::AlignVCenter,
      QStringLiteral("%1 of %2 right (%3)")
          .arg(grouped(confusion_->correct), grouped(confusion_->images),
               QString::number(static_cast<double>(confusion_->correct) / confusion_->images, 'f', 4)));
  std::uint32_t most_wrong = 1;
  for (std::size_t t = 0; t < 10; ++t)
    for (std::size_t a = 0; a < 10; ++a)
      if (t != a)
        most_wrong = std::max(most_wrong, confusion_->count[t][a]);
  const double side = grid.width() / 10;
  painter.setRenderHint(QPainter::Antialiasing);
  for (int t = 0; t < 10; ++t) {
    const auto &row = confusion_->count[static_cast<std::size_t>(t)];
    std::uint32_t in_row = 0;
    for (const std::uint32_t n : row)
      in_row += n;
    painter.setFont(ui::font(11));
    painter.setPen(colours.soft);
    painter.drawText(QRectF(grid.left() - 18, grid.top() + t * side, 14, side),
                     Qt::AlignRight | Qt::AlignVCenter, QString::number(t));
    painter.drawText(QRectF(grid.left() + t * side, grid.bottom() + 2, side, 14), Qt::AlignCenter,
                     QString::number(t));
    for (int a = 0; a < 10; ++a) {
      const std::uint32_t n = row[static_cast<std::size_t>(a)];
      const double share =
          t == a ? (in_row ? static_cast<double>(n) / in_row : 0.0) : static_cast<double>(n) / most_wrong;
      const QColor full = t == a ? colours.color(voice_) : colours.error;
      const QColor fill = n == 0 ? colours.field : blend(colours.field, full, 0.15 + 0.85 * share);
      painter.setPen(Qt::NoPen);
      painter.setBrush(fill);
      painter.drawRoundedRect(cell_of(grid, t, a).adjusted(1, 1, -1, -1), 2.5, 2.5);
      const QString text = QString::number(n);
      painter.setFont(ui::font(side >= 26 ? 11 : 9));
      if (n == 0 || side < 15 || QFontMetricsF(painter.font()).horizontalAdvance(text) > side - 2)
        continue;
      painter.setPen(contrast(fill, colours.text) > contrast(fill, colours.panel) ? colours.text
                                                                                  : colours.panel);
      painter.drawText(cell_of(grid, t, a), Qt::AlignCenter, text);
    }
  }
  painter.setFont(ui::font(11));
  painter.setPen(colours.soft);
  painter.drawText(QRectF(grid.left(), grid.bottom() + 16, grid.width(), 15),
                   Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("answer"));
  painter.save();
  painter.translate(grid.left() - 22, grid.top());
  painter.rotate(-90);
  painter.drawText(QRectF(-grid.height(), -12, grid.height(), 14), Qt::AlignRight | Qt::AlignVCenter,
                   QStringLiteral("truth"));
  painter.restore();
}

QString ConfusionView::toCsv() const {
  QString csv = QStringLiteral("truth,answer,images\n");
  if (confusion_)
    for (std::size_t t = 0; t < 10; ++t)
      for (std::size_t a = 0; a < 10; ++a)
        csv += QStringLiteral("%1,%2,%3\n").arg(t).arg(a).arg(confusion_->count[t][a]);
  return csv;
}

void ConfusionView::paintEvent(QPaintEvent *) {
  ++repaints_;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintTo(painter, QRectF(rect()));
}

std::optional<std::pair<int, int>> ConfusionView::cellAt(const QPointF &position) const {
  const QRectF grid = grid_of(QRectF(rect()));
  if (!confusion_ || !grid.contains(position))
    return std::nullopt;
  const double side = grid.width() / 10;
  return std::pair(std::clamp(static_cast<int>((position.y() - grid.top()) / side), 0, 9),
                   std::clamp(static_cast<int>((position.x() - grid.left()) / side), 0, 9));
}

void ConfusionView::mousePressEvent(QMouseEvent *event) {
  if (const auto cell = cellAt(event->position()))
    Q_EMIT cellSelected(cell->first, cell->second);
}

void ConfusionView::mouseMoveEvent(QMouseEvent *event) {
  const auto cell = cellAt(event->position());
  QString text;
  if (cell) {
    const std::uint32_t n =
        confusion_->count[static_cast<std::size_t>(cell->first)][static_cast<std::size_t>(cell->second)];
    text = QStringLiteral("%1 test image%2 of class %3 answered %4")
               .arg(grouped(n), n == 1 ? QString() : QStringLiteral("s"))
               .arg(cell->first)
               .arg(cell->second);
  }
  setToolTip(text);
  Q_EMIT hoverText(text);
}

void ConfusionView::leaveEvent(QEvent *) { Q_EMIT hoverText({}); }

} // namespace duet::ui
