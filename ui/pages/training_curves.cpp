#include "ui/pages/training_curves.h"
#include "ui/words/numbers.h"
#include <QCoreApplication>
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

namespace {

using Stroke = CurveStyle::Stroke;

QString tr(const char *english) { return QCoreApplication::translate("training", english); }

QString on_share(const TrainingCurves &curves) {
  return tr("on %1").arg(counted(curves.running_images, tr("test image")));
}

QString with_value(const QString &name, const std::vector<QPointF> &points) {
  return points.empty() ? QString()
                        : QStringLiteral("%1 %2").arg(name, QString::number(points.back().y(), 'f', 3));
}

/// A voice's test figures: on a share of the set within an epoch, on the whole set after it.
struct VoiceCurves {
  const std::vector<QPointF> &running, &test;
};

VoiceCurves accuracies_of(Speaker who, const TrainingCurves &curves, const Voices &voices) {
  if (who == Speaker::spiking && voices.mixed())
    return {curves.running_spiking, curves.test_spiking};
  if (who == Speaker::quantum && voices.mixed())
    return {curves.running_quantum, curves.test_quantum};
  return {curves.running_accuracy, curves.test_accuracy};
}

} // namespace

std::vector<SaidCurve> accuracy_curves(const TrainingCurves &curves, const Voices &voices) {
  std::vector<SaidCurve> said;
  const NamedVoice &answerer = voices.answerer();
  const bool only_share = curves.test_accuracy.empty(); // before the first whole evaluation
  const auto called = [](const NamedVoice &voice) {
    return voice.who == Speaker::fused ? voice.brief : voice.name;
  };
  const auto running = [&](const NamedVoice &voice) {
    const auto &points = accuracies_of(voice.who, curves, voices).running;
    said.push_back({called(voice) + QLatin1Char(' ') + on_share(curves),
                    {voice.colour, Stroke::dots, 0.7},
                    points,
                    only_share ? with_value(called(voice), points) : QString()});
  };
  const auto test = [&](const NamedVoice &voice) {
    const auto &points = accuracies_of(voice.who, curves, voices).test;
    said.push_back({voices.mixed() ? tr("test, %1").arg(called(voice)) : tr("test"),
                    {voice.colour, Stroke::thick, 1},
                    points,
                    with_value(called(voice), points)});
  };
  if (voices.mixed()) {
    for (const Speaker who : {Speaker::quantum, Speaker::spiking})
      running(*voices.find(who));
    for (const Speaker who : {Speaker::quantum, Speaker::spiking})
      test(*voices.find(who));
  }
  said.push_back({tr("training"), {answerer.colour, Stroke::thin, 0.65}, curves.train_accuracy, {}});
  said.push_back({tr("validation"),
                  {Voice::neutral, Stroke::thick, 1},
                  curves.validation_accuracy,
                  with_value(tr("validation"), curves.validation_accuracy)});
  running(answerer);
  test(answerer);
  return said;
}

std::vector<SaidCurve> loss_curves(const TrainingCurves &curves, const Voices &voices) {
  const Voice colour = voices.answerer().colour;
  return {{tr("training"), {colour, Stroke::thin, 0.65}, curves.train_loss, {}},
          {tr("validation"), {Voice::neutral, Stroke::thick, 1}, curves.validation_loss, {}},
          {on_share(curves), {colour, Stroke::dots, 0.7}, curves.running_loss, {}},
          {voices.mixed() ? tr("test, together") : tr("test"),
           {colour, Stroke::thick, 1},
           curves.test_loss,
           with_value(tr("test"), curves.test_loss)}};
}

QString strokes_remark(const TrainingCurves &curves, bool narrow) {
  const QString strokes = narrow ? tr("thin: training") : tr("thick: test, thin: training");
  return curves.running_accuracy.empty() ? tr("thick: test, thin: training")
                                         : tr("%1, dots: %2").arg(strokes, on_share(curves));
}

} // namespace duet::ui
