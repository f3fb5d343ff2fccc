// What the page of the ratio says: the curve, its named points, the ratio looked at.
#pragma once
#include "engine/training/ratio_curve.h"
#include "ui/plots/line_chart.h"
#include "ui/words/voices.h"

namespace duet::ui {

/// Accuracy at every ratio, one point a step and one at 1. Empty without counts.
std::vector<QPointF> ratio_points(const RatioCurve &counts);
/// Both branches' own accuracies and the highest of all.
std::vector<ChartPoint> ratio_labels(const RatioCurve &counts, const Voices &voices);
QString ratio_cursor(const RatioCurve &counts, double ratio); ///< "ratio 0.60: 0.9441"
QString ratio_empty(bool answered, const Voices &voices);     ///< why there is no curve

} // namespace duet::ui
