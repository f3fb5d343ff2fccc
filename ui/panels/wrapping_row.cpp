#include "ui/panels/wrapping_row.h"
#include <QWidget>
#include <algorithm>

namespace duet::ui {
namespace {

bool expands(const QLayoutItem *item) { return item->expandingDirections() & Qt::Horizontal; }

int width_of(const QLayoutItem *item) {
  return expands(item) ? item->minimumSize().width() : item->sizeHint().width();
}

int height_of(const QList<QLayoutItem *> &line) {
  int height = 0;
  for (const QLayoutItem *item : line)
    height = std::max(height, item->sizeHint().height());
  return height;
}

} // namespace

WrappingRow::WrappingRow(QWidget *parent) : QLayout(parent) {}

WrappingRow::~WrappingRow() { qDeleteAll(items_); }

QLayoutItem *WrappingRow::takeAt(int index) {
  return index >= 0 && index < count() ? items_.takeAt(index) : nullptr;
}

int WrappingRow::needed(const Line &line) const {
  int width = std::max<int>(0, static_cast<int>(line.size()) - 1) * spacing();
  for (const QLayoutItem *item : line)
    width += width_of(item);
  return width;
}

QList<WrappingRow::Line> WrappingRow::lines(int width) const {
  QList<Line> result = {Line()};
  QLayoutItem *tail = nullptr;
  for (QLayoutItem *item : items_)
    if (item->widget() == tail_ && !item->isEmpty())
      tail = item;
  for (QLayoutItem *item : items_) {
    if (item->isEmpty() || item == tail)
      continue;
    const Line longer = result.last() + Line{item};
    const bool first = result.size() == 1;
    if (result.last().isEmpty() || needed(first && tail ? longer + Line{tail} : longer) <= width)
      result.last() = longer;
    else
      result.append(Line{item});
  }
  if (tail)
    result.first().append(tail);
  return result;
}

int WrappingRow::lineWidth() const {
  Line all;
  for (QLayoutItem *item : items_)
    if (!item->isEmpty())
      all.append(item);
  return needed(all) + contentsMargins().left() + contentsMargins().right();
}

int WrappingRow::heightForWidth(int width) const {
  const QMargins margins = contentsMargins();
  const QList<Line> all = lines(width - margins.left() - margins.right());
  int height =
      margins.top() + margins.bottom() + std::max<int>(0, static_cast<int>(all.size()) - 1) * spacing();
  for (const Line &line : all)
    height += height_of(line);
  return height;
}

QSize WrappingRow::sizeHint() const { return {lineWidth(), heightForWidth(lineWidth())}; }

QSize WrappingRow::minimumSize() const {
  QSize size;
  for (const QLayoutItem *item : items_)
    if (!item->isEmpty())
      size = size.expandedTo({width_of(item), item->minimumSize().height()});
  const QMargins margins = contentsMargins();
  return size.grownBy(margins);
}

void WrappingRow::setGeometry(const QRect &rect) {
  QLayout::setGeometry(rect);
  const QRect room = rect.marginsRemoved(contentsMargins());
  int top = room.top();
  for (const Line &line : lines(room.width())) {
    const auto sharers = static_cast<int>(std::ranges::count_if(line, expands));
    const int left_over = std::max(0, room.width() - needed(line)), height = height_of(line);
    int left = room.left();
    for (QLayoutItem *item : line) {
      const int width = width_of(item) + (sharers > 0 && expands(item) ? left_over / sharers : 0);
      const int high = std::min(height, item->sizeHint().height());
      if (sharers == 0 && item->widget() == tail_)
        left = room.left() + room.width() - width;
      item->setGeometry(QRect(left, top + (height - high) / 2, width, high));
      left += width + spacing();
    }
    top += height + spacing();
  }
}

} // namespace duet::ui
