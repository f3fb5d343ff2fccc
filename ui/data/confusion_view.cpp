#include "ui/data/confusion_view.h"
#include "engine/data/settings.h"
#include "ui/data/class_name.h"
#include "ui/plots/export_desk.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QKeyEvent>
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

ConfusionView::ConfusionView(QWidget *parent) : UnitWidget(parent) {
  setMouseTracking(true);
  offer_export(this, *this);
  setFocusPolicy(Qt::StrongFocus);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ConfusionView::setSaid(const MatrixSaid &said) {
  if (said == said_)
    return;
  said_ = said;
  setAccessibleName(said.title);
  columns_.clear();
  for (int k = 0; k < 10; ++k) {
    const auto answered = [&](const auto &row) { return row[static_cast<std::size_t>(k)] > 0; };
    if (label_of(said.classes, k) || (said.counts && std::ranges::any_of(said.counts->count, answered)))
      columns_.push_back(k);
  }
  current_ = std::clamp(current_, 0, std::max(0, spokenParts() - 1));
  spoken_changed(this);
  update();
}

void ConfusionView::setMarked(const std::optional<AnswerCell> &cell) {
  const auto own = cell && cell->who == said_.who ? cell : std::nullopt;
  if (own == marked_)
    return;
  marked_ = own;
  update();
}

QStringList ConfusionView::rowNames() const {
  QStringList names;
  for (std::size_t t = 0; t < said_.classes.size(); ++t)
    names << class_name(said_.classes, static_cast<int>(t));
  return names;
}

QStringList ConfusionView::columnNames() const {
  QStringList names;
  for (const int output : columns_)
    names << class_name(said_.classes, output);
  return names;
}

QSize ConfusionView::sizeHint() const { return px({280, 300}); }
QSize ConfusionView::minimumSizeHint() const { return px({150, 160}); }
QString ConfusionView::exportName() const { return said_.file; }
QString ConfusionView::exportTitle() const { return tr("Confusion matrix: %1").arg(said_.title); }
QSize ConfusionView::exportSize() const { return unitRect().size().toSize().expandedTo({420, 440}); }
ConfusionView::Grid ConfusionView::grid(const QRectF &widget) const {
  const QRectF room = widget.adjusted(40, 46, -6, -34);
  const auto columns = static_cast<double>(std::max<std::size_t>(1, columns_.size())),
             rows = static_cast<double>(std::max<std::size_t>(1, said_.classes.size()));
  const double side = std::max(1.0, std::min(room.width() / columns, room.height() / rows));
  return {{room.left() + std::max(0.0, (room.width() - columns * side) / 2), room.top(), columns * side,
           rows * side},
          side};
}

QRectF ConfusionView::cellRect(int truth, int answer) const {
  const auto column = std::ranges::find(columns_, answer) - columns_.begin();
  return grid(unitRect()).cell(static_cast<std::size_t>(truth), static_cast<std::size_t>(column));
}

void ConfusionView::paintFigure(QPainter &painter, const QRectF &target, const Palette &colours) {
  const Grid places = grid(target);
  const double room = target.right() - places.area.left();
  painter.setFont(ui::font(13, QFont::DemiBold));
  painter.setPen(colours.ink(said_.colour));
  painter.drawText(QRectF(places.area.left(), target.top() + 4, room, 20), Qt::AlignLeft | Qt::AlignVCenter,
                   first_fitting(painter.font(), room, {said_.title, said_.brief}));
  if (!said_.counts) {
    draw_empty(painter, target.adjusted(0, 24, 0, 0), said_.why, colours);
    return;
  }
  painter.setFont(ui::font(11));
  painter.setPen(colours.soft);
  const QString right = spokenText();
  const QString share =
      QString::number(static_cast<double>(said_.counts->correct) / said_.counts->images, 'f', 4);
  painter.drawText(
      QRectF(places.area.left(), target.top() + 23, room, 18), Qt::AlignLeft | Qt::AlignVCenter,
      first_fitting(painter.font(), room, {QStringLiteral("%1 (%2)").arg(right, share), right, share}));
  painter.setRenderHint(QPainter::Antialiasing);
  paintCells(painter, places, colours);
  paintAxes(painter, places, colours);
}

void ConfusionView::paintCells(QPainter &painter, const Grid &places, const Palette &colours) const {
  std::uint32_t most_wrong = 1;
  for (std::size_t t = 0; t < 10; ++t)
    for (std::size_t a = 0; a < 10; ++a)
      if (t != a)
        most_wrong = std::max(most_wrong, said_.counts->count[t][a]);
  painter.setFont(ui::font(places.side >= 26 ? 11 : 9));
  for (std::size_t t = 0; t < said_.classes.size(); ++t) {
    const auto &row = said_.counts->count[t];
    const std::uint32_t in_row = std::accumulate(row.begin(), row.end(), 0U);
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const auto a = static_cast<std::size_t>(columns_[column]);
      const std::uint32_t n = row[a];
      const double share =
          t == a ? (in_row ? static_cast<double>(n) / in_row : 0.0) : static_cast<double>(n) / most_wrong;
      const QColor full = t == a ? colours.color(said_.colour) : colours.error;
      const QColor fill = n == 0 ? colours.field : blend(colours.field, full, 0.15 + 0.85 * share);
      const QRectF cell = places.cell(t, column);
      const QColor edge = t == a ? colours.stroke(said_.colour) : colours.error;
      painter.setPen(n == 0 ? QPen(Qt::NoPen) : QPen(edge, 1));
      painter.setBrush(fill);
      if (n == 0 || t == a)
        painter.drawRoundedRect(cell.adjusted(1.5, 1.5, -1.5, -1.5), 2.5, 2.5);
      else // wrong ones are told by their shape too
        painter.drawEllipse(cell.adjusted(1.5, 1.5, -1.5, -1.5));
      const QString text = QString::number(n);
      if (n == 0 || places.side < 15 ||
          QFontMetricsF(painter.font()).horizontalAdvance(text) > places.side - 2)
        continue;
      painter.setPen(contrast(fill, colours.text) > contrast(fill, colours.panel) ? colours.text
                                                                                  : colours.panel);
      painter.drawText(cell, Qt::AlignCenter, text);
    }
  }
  const auto column = marked_ ? std::ranges::find(columns_, marked_->answer) : columns_.end();
  if (column == columns_.end())
    return;
  const QRectF cell = places.cell(static_cast<std::size_t>(marked_->truth),
                                  static_cast<std::size_t>(column - columns_.begin()));
  painter.setBrush(Qt::NoBrush);
  for (const QPen &pen : {QPen(colours.panel, 4), QPen(colours.text, 2)}) {
    painter.setPen(pen);
    painter.drawRoundedRect(cell, 3, 3);
  }
}

void ConfusionView::paintAxes(QPainter &painter, const Grid &places, const Palette &colours) const {
  const QRectF &area = places.area;
  painter.setFont(ui::font(11));
  painter.setPen(colours.soft);
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
                   Qt::AlignRight | Qt::AlignVCenter, tr("answer"));
  painter.save();
  painter.translate(area.left() - 28, area.top());
  painter.rotate(-90);
  painter.drawText(QRectF(-std::max(30.0, area.height()), -12, std::max(30.0, area.height()), 14),
                   Qt::AlignRight | Qt::AlignVCenter, tr("truth"));
  painter.restore();
}

/// With the labels of the files; outputs that stand for no class are empty.
QString ConfusionView::toCsv() const {
  QString csv = QStringLiteral("truth,answer,images\n");
  const auto label = [&](int output) {
    return label_of(said_.classes, output) ? class_name(said_.classes, output) : QString();
  };
  if (said_.counts)
    for (std::size_t t = 0; t < said_.classes.size(); ++t)
      for (const int a : columns_)
        csv += QStringLiteral("%1,%2,%3\n")
                   .arg(label(static_cast<int>(t)), label(a))
                   .arg(said_.counts->count[t][static_cast<std::size_t>(a)]);
  return csv;
}

void ConfusionView::paintEvent(QPaintEvent *) {
  ++repaints_;
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintFigure(painter, unitRect(), theme().palette());
  if (!showsKeys())
    return;
  const bool cells = spokenParts() > 0;
  const AnswerCell cell = cells ? cellOf(current_) : AnswerCell{};
  draw_focus(painter, cells ? cellRect(cell.truth, cell.answer).adjusted(-3, -3, 3, 3) : unitRect(),
             theme().palette());
}

QString ConfusionView::describe(const AnswerCell &cell) const {
  const std::uint32_t n =
      said_.counts->count[static_cast<std::size_t>(cell.truth)][static_cast<std::size_t>(cell.answer)];
  return tr("%1 of class %2 answered %3")
      .arg(counted(n, tr("test image")), class_name(said_.classes, cell.truth),
           class_name(said_.classes, cell.answer));
}

QString ConfusionView::spokenText() const {
  return said_.counts
             ? tr("%1 of %2 right").arg(grouped(said_.counts->correct), grouped(said_.counts->images))
             : said_.why;
}

int ConfusionView::spokenParts() const {
  return said_.counts ? static_cast<int>(said_.classes.size() * columns_.size()) : 0;
}

AnswerCell ConfusionView::cellOf(int index) const {
  const auto columns = static_cast<int>(columns_.size());
  return {said_.who, index / columns, columns_[static_cast<std::size_t>(index % columns)]};
}

SpokenPart ConfusionView::spokenPart(int index) const {
  const AnswerCell cell = cellOf(index);
  return {describe(cell), cellRect(cell.truth, cell.answer).toAlignedRect(), marked_ == cell};
}

void ConfusionView::keyPressEvent(QKeyEvent *event) {
  const int columns = static_cast<int>(columns_.size()), cells = spokenParts();
  const auto go = [&](int offset, bool within_row) {
    const int wanted = current_ + offset;
    if (wanted >= 0 && wanted < cells && (!within_row || wanted / columns == current_ / columns))
      current_ = wanted;
    Q_EMIT hoverText(describe(cellOf(current_)));
    update();
  };
  if (cells == 0)
    return QWidget::keyPressEvent(event);
  switch (event->key()) {
  case Qt::Key_Right:
    return go(1, true);
  case Qt::Key_Left:
    return go(-1, true);
  case Qt::Key_Down:
    return go(columns, false);
  case Qt::Key_Up:
    return go(-columns, false);
  case Qt::Key_Return:
  case Qt::Key_Enter:
    Q_EMIT cellSelected(cellOf(current_));
    return;
  default:
    QWidget::keyPressEvent(event);
  }
}

std::optional<AnswerCell> ConfusionView::cellAt(const QPointF &position) const {
  const Grid places = grid(unitRect());
  if (!said_.counts || !places.area.contains(position))
    return std::nullopt;
  const auto at = [&](double distance, std::size_t count) {
    return std::min(static_cast<std::size_t>(std::max(0.0, distance / places.side)), count - 1);
  };
  return AnswerCell{said_.who, static_cast<int>(at(position.y() - places.area.top(), said_.classes.size())),
                    columns_[at(position.x() - places.area.left(), columns_.size())]};
}

void ConfusionView::mousePressEvent(QMouseEvent *event) {
  if (const auto cell = cellAt(event->position()); cell && event->button() == Qt::LeftButton)
    Q_EMIT cellSelected(*cell);
}

void ConfusionView::mouseMoveEvent(QMouseEvent *event) {
  const auto cell = cellAt(event->position());
  const QString text = cell ? tr("%1. Click: these images in the gallery.").arg(describe(*cell)) : QString();
  setToolTip(text);
  Q_EMIT hoverText(text);
}

void ConfusionView::leaveEvent(QEvent *) { Q_EMIT hoverText({}); }

} // namespace duet::ui
