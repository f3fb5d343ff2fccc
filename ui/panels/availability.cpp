#include "ui/panels/availability.h"
#include "engine/experiment/describe.h"
#include "ui/words/numbers.h"
#include <QObject>

namespace duet::ui {

QString why_no_step(const SessionView *view) {
  switch (view ? view->phase : Phase::empty) {
  case Phase::empty:
  case Phase::loading:
    return QObject::tr("Nothing can be trained yet: the images are being read.");
  case Phase::finished:
    return view->experiment.training.epochs == 0
               ? QObject::tr("No epoch is planned; Run trains %1.").arg(more_epochs(*view))
               : QObject::tr("All %1 are trained; Run trains %2 more.")
                     .arg(counted(view->experiment.training.epochs, QObject::tr("planned epoch")))
                     .arg(more_epochs(*view));
  case Phase::failed:
    return QObject::tr("This run has stopped; change what the message says, then Reset.");
  case Phase::ready:
  case Phase::running:
  case Phase::paused:
  case Phase::evaluating:
    break;
  }
  return {};
}

int more_epochs(const SessionView &view) {
  return view.own_epochs > 0 ? view.own_epochs : Experiment().training.epochs;
}

QString run_tip(const SessionView *view) {
  if (view && view->phase == Phase::finished)
    return QObject::tr("Train %1 more (Space).").arg(counted(more_epochs(*view), QObject::tr("epoch")));
  return QObject::tr("Run or pause training (Space).");
}

QString why_no_lock(const Experiment &experiment, bool spiking) {
  if (applies(experiment, spiking ? "training.train_spiking" : "training.train_quantum"))
    return {};
  return spiking ? QObject::tr("This model has no spiking branch.")
                 : QObject::tr("This model has no quantum branch.");
}

QString why_no_lens(const Experiment &experiment) {
  return applies(experiment, "model.fusion_ratio")
             ? QString()
             : QObject::tr("Only parallel fusion has two answers to mix; this model has one.");
}

QString why_no_circuit_text(const Experiment &experiment) {
  return applies(experiment, "quantum.circuit")
             ? QString()
             : QObject::tr(
                   "Only a custom circuit is edited as text: choose the ansatz \u201ccustom circuit\u201d.");
}

QString tip_with_reason(const QString &tip, const QString &why_not) {
  return why_not.isEmpty() ? tip : tip + QStringLiteral("\n") + QObject::tr("Not now: %1").arg(why_not);
}

} // namespace duet::ui
