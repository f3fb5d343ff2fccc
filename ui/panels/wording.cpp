#include "ui/panels/wording.h"
#include "engine/base/number_text.h"
#include "ui/words/numbers.h"
#include <QLocale>
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

QString epoch_text(const Snapshot &training) {
  const int current = std::min(training.epochs_done + 1, std::max(1, training.epochs_planned));
  return QStringLiteral("epoch %1 / %2").arg(current).arg(training.epochs_planned);
}

QString test_text(const SessionView &view) {
  if (view.test_accuracy_now)
    return QObject::tr("test accuracy now %1").arg(*view.test_accuracy_now, 0, 'f', 3);
  const Snapshot &training = view.training;
  if (!training.epochs || training.epochs->empty())
    return {};
  return QObject::tr("test accuracy %1").arg(training.epochs->back().test_accuracy, 0, 'f', 3);
}

} // namespace

QString status_line(const SessionView &view) {
  switch (view.phase) {
  case Phase::empty:
    return view.notice ? QObject::tr("no data") : QStringLiteral("starting");
  case Phase::loading:
    return QStringLiteral("loading");
  case Phase::ready:
    return QStringLiteral("ready");
  case Phase::running:
  case Phase::evaluating:
  case Phase::paused:
    return epoch_text(view.training);
  case Phase::finished:
    return QObject::tr("%1 epochs done").arg(view.training.epochs_done);
  case Phase::failed:
    return QStringLiteral("stopped");
  }
  return {};
}

QString status_detail(const SessionView &view) {
  const Snapshot &training = view.training;
  const QString speed = view.images_per_second > 0
                            ? grouped(std::llround(view.images_per_second)) + QStringLiteral(" images/s")
                            : QString();
  switch (view.phase) {
  case Phase::empty:
    return {};
  case Phase::loading:
    return QObject::tr("reading the images");
  case Phase::ready:
    return view.dataset
               ? grouped(static_cast<long long>(view.dataset->train.size())) + QObject::tr(" training images")
               : QString();
  case Phase::running: {
    if (speed.isEmpty())
      return QStringLiteral("training");
    return view.seconds_left > 0
               ? speed + QStringLiteral(" \u00b7 ") + QString::fromStdString(duration(view.seconds_left)) +
                     QStringLiteral(" left")
               : speed;
  }
  case Phase::evaluating:
    return QStringLiteral("testing");
  case Phase::paused:
    return QStringLiteral("paused \u00b7 step %1").arg(grouped(static_cast<long long>(training.step)));
  case Phase::finished:
    return test_text(view);
  case Phase::failed:
    return QObject::tr("see the message");
  }
  return {};
}

double progress(const SessionView &view) {
  const Snapshot &training = view.training;
  const double all = static_cast<double>(training.steps_per_epoch) * training.epochs_planned;
  return all > 0 ? std::clamp(static_cast<double>(training.step) / all, 0.0, 1.0) : 0;
}

} // namespace duet::ui
