// From the newest snapshot to the points and the words of the training charts.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/line_chart.h"
#include "ui/words/voices.h"
#include <QPointF>
#include <vector>

namespace duet::ui {

/// x in epochs. Test figures after an epoch are over the whole test set, running ones over a share of it,
/// training ones over batches in training; they are never mixed in one curve.
struct TrainingCurves {
  std::vector<QPointF> train_accuracy, train_loss;                           ///< means over 1/20 of an epoch
  std::vector<QPointF> test_accuracy, test_spiking, test_quantum, test_loss; ///< whole test set
  std::vector<QPointF> running_accuracy, running_spiking, running_quantum,
      running_loss; ///< on `running_images`
  std::vector<QPointF> validation_accuracy, validation_loss;
  std::uint32_t running_images = 0;
};

TrainingCurves training_curves(const Snapshot &snapshot);
std::vector<ChartMark> chart_marks(const std::vector<Mark> &marks);

/// Lower end of the accuracy axis: 0, 0.5, 0.8 or 0.9, such that the newest values lie well above it.
double accuracy_floor(const TrainingCurves &curves);

/// One curve as a chart shows it.
struct SaidCurve {
  QString name; ///< in the read-out and in the CSV
  CurveStyle style;
  std::vector<QPointF> points;
  QString end_label; ///< beside its last point; empty: none
};

/// From the back to the front; the same names and styles in the same order for the same voices.
std::vector<SaidCurve> accuracy_curves(const TrainingCurves &curves, const Voices &voices);
std::vector<SaidCurve> loss_curves(const TrainingCurves &curves, const Voices &voices);
/// What strokes mean: "thick: test, thin: training, dots: on 500 test images".
QString strokes_remark(const TrainingCurves &curves, bool narrow);

} // namespace duet::ui
