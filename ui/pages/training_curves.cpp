#include "ui/pages/training_curves.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double blocks_per_epoch = 20;

/// The mean of every 1/20 of an epoch, at the place of its last batch.
void block_means(const std::vector<BatchPoint> &batches, TrainingCurves &curves) {
  double loss = 0, accuracy = 0;
  int count = 0;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    loss += static_cast<double>(batches[i].loss);
    accuracy += static_cast<double>(batches[i].accuracy);
    ++count;
    const auto block = [&](std::size_t k) { return std::ceil(batches[k].epoch * blocks_per_epoch - 1e-9); };
    if (i + 1 < batches.size() && block(i + 1) == block(i))
      continue;
    curves.train_loss.emplace_back(batches[i].epoch, loss / count);
    curves.train_accuracy.emplace_back(batches[i].epoch, accuracy / count);
    loss = accuracy = 0;
    count = 0;
  }
}

} // namespace

TrainingCurves training_curves(const Snapshot &snapshot) {
  TrainingCurves curves;
  if (snapshot.batches)
    block_means(*snapshot.batches, curves);
  if (snapshot.epochs)
    for (const EpochRow &row : *snapshot.epochs) {
      curves.test_accuracy.emplace_back(row.epoch, row.test_accuracy);
      curves.test_loss.emplace_back(row.epoch, row.test_loss);
      if (row.test_accuracy_spiking)
        curves.test_spiking.emplace_back(row.epoch, *row.test_accuracy_spiking);
      if (row.test_accuracy_quantum)
        curves.test_quantum.emplace_back(row.epoch, *row.test_accuracy_quantum);
      if (row.validation_accuracy)
        curves.validation_accuracy.emplace_back(row.epoch, *row.validation_accuracy);
      if (row.validation_loss)
        curves.validation_loss.emplace_back(row.epoch, *row.validation_loss);
    }
  if (snapshot.running)
    for (const RunningTest &test : *snapshot.running) {
      curves.running_images = test.images;
      curves.running_accuracy.emplace_back(test.epoch, test.accuracy);
      curves.running_loss.emplace_back(test.epoch, test.loss);
      if (test.accuracy_spiking)
        curves.running_spiking.emplace_back(test.epoch, *test.accuracy_spiking);
      if (test.accuracy_quantum)
        curves.running_quantum.emplace_back(test.epoch, *test.accuracy_quantum);
    }
  return curves;
}

std::vector<ChartMark> chart_marks(const std::vector<Mark> &marks) {
  std::vector<ChartMark> result;
  for (const Mark &mark : marks)
    result.push_back({mark.epoch, QString::fromStdString(mark.label)});
  return result;
}

double accuracy_floor(const TrainingCurves &curves) {
  double lowest = 1;
  bool any = false;
  const bool evaluated = !curves.test_accuracy.empty(); // then the whole test set counts, not a share of it
  const auto look = [&](const std::vector<QPointF> &curve) {
    if (curve.empty())
      return;
    lowest = std::min(lowest, curve.back().y());
    any = true;
  };
  look(curves.train_accuracy);
  look(evaluated ? curves.test_accuracy : curves.running_accuracy);
  look(evaluated ? curves.test_spiking : curves.running_spiking);
  look(evaluated ? curves.test_quantum : curves.running_quantum);
  for (const double bottom : {0.9, 0.8, 0.5})
    if (any && lowest > bottom + 0.2 * (1 - bottom))
      return bottom;
  return 0;
}

QString answer_name(ModelKind kind) {
  switch (kind) {
  case ModelKind::parallel:
    return QStringLiteral("together");
  case ModelKind::spiking:
    return QStringLiteral("spiking network");
  case ModelKind::serial:
    return QStringLiteral("serial network");
  }
  return {};
}

Voice answer_voice(ModelKind kind) {
  switch (kind) {
  case ModelKind::parallel:
    return Voice::fused;
  case ModelKind::spiking:
    return Voice::spiking;
  case ModelKind::serial:
    return Voice::quantum;
  }
  return Voice::neutral;
}

} // namespace duet::ui
