// Why something cannot be done now: one sentence for the disabled button and menu entry. Empty: it can be
// done.
#pragma once
#include "engine/session/session.h"
#include <QString>

namespace duet::ui {

QString why_no_step(const SessionView *view); ///< one batch, or to the end of the epoch
/// How many epochs Run adds once all planned ones are trained: as many as the run began with, however often
/// it was asked for more.
int more_epochs(const SessionView &view);
/// What Run does now, as a tip; null: nothing is loaded yet.
QString run_tip(const SessionView *view);
QString why_no_lock(const Experiment &experiment, bool spiking);
QString why_no_lens(const Experiment &experiment);
QString why_no_circuit_text(const Experiment &experiment);
/// A tip with the reason why the thing it explains cannot be done.
QString tip_with_reason(const QString &tip, const QString &why_not);

} // namespace duet::ui
