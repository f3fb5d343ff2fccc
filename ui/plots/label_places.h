// Where labels go so that none covers another.
#pragma once
#include <QRectF>
#include <vector>

namespace duet::ui {

/// Moves labels of one height up and down as little as needed so that they are `height` apart and stay in
/// top..bottom. In: wished centres; out: centres, in the order given.
std::vector<double> spread(const std::vector<double> &wished, double height, double top, double bottom);

/// Rows for labels that start at `left` with these widths, read from left to right: the first row in which
/// each one fits without touching the one before it; -1 if none of `rows` has room.
std::vector<int> stack_rows(const std::vector<double> &left, const std::vector<double> &width, double space,
                            int rows);

} // namespace duet::ui
