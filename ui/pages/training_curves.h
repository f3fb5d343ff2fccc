// From the newest snapshot to the points of the training charts.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/line_chart.h"
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

/// What the model's own answer is called: "together" for a fused model, else the model's name.
QString answer_name(ModelKind kind);
Voice answer_voice(ModelKind kind);

} // namespace duet::ui
