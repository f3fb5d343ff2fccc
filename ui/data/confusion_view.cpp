#include "ui/data/confusion_view.h"
#include "engine/data/settings.h"
#include "ui/data/class_name.h"
#include "ui/plots/number_text.h"
#include "ui/theme/theme.h"
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <numeric>

namespace duet::ui {
/// Where the cells are: room for the title above, names left and below.
struct ConfusionView::Grid {
  QRectF area;
  double side = 10;
  QRectF cell(std::size_t row, std::size_t column) const {
    return {area.left() + static_cast<double>(column) * side, area.top() + static_cast<double>(row) * side,
            side, side};
  }
};

ConfusionView::ConfusionView(const QString &title, const QString &export_name, Voice voice, QWidget *parent)
    : QWidget(parent), title_(title), export_name_(export_name), voice_(voice) {
  setMouseTracking(true);
  setAccessibleName(title);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ConfusionView::setConfusion(const std::optional<Confusion> &confusion, const std::vector<int> &classes,
                                 const QString &why) {
  if (confusion == confusion_ && classes == classes_ && why == why_)
    return;
  confusion_ = confusion;
  classes_ = classes;
  why_ = why;
  columns_.clear();
  for (int k = 0; k < 10; ++k) {
    const auto answered = [&](const auto &row) { return row[static_cast<std::size_t>(k)] > 0; };
    if (label_of(classes_, k) || (confusion_ && std::ranges::any_of(confusion_->count, answered)))
      columns_.push_back(k);
  }
  update();
}

QStringList ConfusionView::rowNames() const {
  QStringList names;
  for (std::size_t t = 0; t < classes_.size(); ++t)
    names << class_name(classes_, static_cast<int>(t));
  return names;
}

QStringList ConfusionView::columnNames() const {
  QStringList names;
  for (const int output : columns_)
    names << class_name(classes_, output);
  return names;
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
ConfusionView::Grid ConfusionView::grid(const QRectF &widget) const {
  const QRectF room = widget.adjusted(40, 46, -6, -34);
  const auto columns = static_cast<double>(std::max<std::size_t>(1, columns_.size())),
             rows = static_cast<double>(std::max<std::size_t>(1, classes_.size()));
  const double side = std::max(1.0, std::min(room.width() / columns, room.height() / rows));
  return {{room.left() + std::max(0.0, (room.width() - columns * side) / 2), room.top(), columns * side,
           rows * side},
          side};
}

QRectF ConfusionView::cellRect(int truth, int answer) const {
  const auto column = std::ranges::find(columns_, answer) - columns_.begin();
  return grid(QRectF(rect())).cell(static_cast<std::size_t>(truth), static_cast<std::size_t>(column));
}

void ConfusionView::paintTo(QPainter &painter, const QRectF &target) {
  const Palette &colours = theme().palette();
  const Grid places = grid(target);
  painter.setFont(ui::font(13, QFont::DemiBold));
  painter.setPen(colours.ink(voice_));
  painter.drawText(QRectF(places.area.left(), target.top() + 4, target.right() - places.area.left(), 20),
                   Qt::AlignLeft | Qt::AlignVCenter, title_);
  if (!confusion_) {
    draw_empty(painter, target.adjusted(0, 24, 0, 0), why_, colours);
    return;
  }
  painter.setFont(ui::font(11));
  painter.setPen(colours.soft);
  painter.drawText(
      QRectF(places.area.left(), target.top() + 23, target.right() - places.area.left(), 18),
      Qt::AlignLeft | Qt::AlignVCenter,
      QStringLiteral("%1 of %2 right (%3)")
          .arg(grouped(confusion_->correct), grouped(confusion_->images),
               QString::number(static_cast<double>(confusion_->correct) / confusion_->images, 'f', 4)));
  painter.setRenderHint(QPainter::Antialiasing);
  paintCells(painter, places);
  paintAxes(painter, places);
}

void ConfusionView::paintCells(QPainter &painter, const Grid &places) const {
  const Palette &colours = theme().palette();
  std::uint32_t most_wrong = 1;
  for (std::size_t t = 0; t < 10; ++t)
    for (std::size_t a = 0; a < 10; ++a)
      if (t != a)
        most_wrong = std::max(most_wrong, confusion_->count[t][a]);
  painter.setFont(ui::font(places.side >= 26 ? 11 : 9));
  for (std::size_t t = 0; t < classes_.size(); ++t) {
    const auto &row = confusion_->count[t];
    const std::uint32_t in_row = std::accumulate(row.begin(), row.end(), 0U);
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const auto a = static_cast<std::size_t>(columns_[column]);
      const std::uint32_t n = row[a];
      const double share =
          t == a ? (in_row ? static_cast<double>(n) / in_row : 0.0) : static_cast<double>(n) / most_wrong;
      const QColor full = t == a ? colours.color(voice_) : colours.error;
      const QColor fill = n == 0 ? colours.field : blend(colours.field, full, 0.15 + 0.85 * share);
      const QRectF cell = places.cell(t, column);
      painter.setPen(Qt::NoPen);
      painter.setBrush(fill);
      painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 2.5, 2.5);
      const QString text = QString::number(n);
      if (n == 0 || places.side < 15 ||
          QFontMetricsF(painter.font()).horizontalAdvance(text) > places.side - 2)
        continue;
      painter.setPen(contrast(fill, colours.text) > contrast(fill, colours.panel) ? colours.text
                                                                                  : colours.panel);
      painter.drawText(cell, Qt::AlignCenter, text);
    }
  }
}

void ConfusionView::paintAxes(QPainter &painter, const Grid &places) const {
  const QRectF &area = places.area;
  painter.setFont(ui::font(11));
  painter.setPen(theme().palette().soft);
  const QStringList rows = rowNames(), columns = columnNames();
  for (qsizetype t = 0; t < rows.size(); ++t)
    painter.drawText(
        QRectF(area.left() - 30, area.top() + static_cast<double>(t) * places.side, 26, places.side),
        Qt::AlignRight | Qt::AlignVCenter, rows[t]);
  for (qsizetype a = 0; a < columns.size(); ++a)
    painter.drawText(QRectF(area.left() + static_cast<double>(a) * places.side - 4, area.bottom() + 2,
                            places.side + 8, 14),
                     Qt::AlignCenter, columns[a]);
  painter.drawText(QRectF(area.left() - 40, area.bottom() + 16, area.width() + 40, 15),
                   Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("answer"));
  painter.save();
  painter.translate(area.left() - 28, area.top());
  painter.rotate(-90);
  painter.drawText(QRectF(-std::max(30.0, area.height()), -12, std::max(30.0, area.height()), 14),
                   Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("truth"));
  painter.restore();
}

/// With the labels of the files; outputs that stand for no class are empty.
QString ConfusionView::toCsv() const {
  QString csv = QStringLiteral("truth,answer,images\n");
  const auto label = [&](int output) {
    return label_of(classes_, output) ? class_name(classes_, output) : QString();
  };
  if (confusion_)
    for (std::size_t t = 0; t < classes_.size(); ++t)
      for (const int a : columns_)
        csv += QStringLiteral("%1,%2,%3\n")
                   .arg(label(static_cast<int>(t)), label(a))
                   .arg(confusion_->count[t][static_cast<std::size_t>(a)]);
  return csv;
}

void ConfusionView::paintEvent(QPaintEvent *) {
  ++repaints_;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintTo(painter, QRectF(rect()));
}

std::optional<std::pair<int, int>> ConfusionView::cellAt(const QPointF &position) const {
  const Grid places = grid(QRectF(rect()));
  if (!confusion_ || !places.area.contains(position))
    return std::nullopt;
  const auto at = [&](double distance, std::size_t count) {
    return std::min(static_cast<std::size_t>(std::max(0.0, distance / places.side)), count - 1);
  };
  return std::pair(static_cast<int>(at(position.y() - places.area.top(), classes_.size())),
                   columns_[at(position.x() - places.area.left(), columns_.size())]);
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
               .arg(class_name(classes_, cell->first), class_name(classes_, cell->second));
  }
  setToolTip(text);
  Q_EMIT hoverText(text);
}

void ConfusionView::leaveEvent(QEvent *) { Q_EMIT hoverText({}); }

} // namespace duet::ui
