// Fewer points, the same picture.
#pragma once
#include <QList>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <vector>

namespace duet::ui {

/// The first, the last, and in each of `columns` equal parts of x_min..x_max the lowest and the highest
/// point, in their order. Points outside keep their nearest column; what is not finite is left out. x
/// ascending.
QList<QPointF> thinned(const std::vector<QPointF> &all, double x_min, double x_max, int columns);

/// The pieces of a line inside a rectangle, cut at its borders.
std::vector<QPolygonF> clipped(const QList<QPointF> &points, const QRectF &inside);

/// Every value held until the next one: the corners of a staircase.
std::vector<QPointF> stairs(const std::vector<QPointF> &points);

} // namespace duet::ui
