// Numbers and states in words, the same all over the window.
#pragma once
#include "engine/session/session.h"
#include <QString>

namespace duet::ui {

QString status_line(const SessionView &view);   ///< "epoch 3 / 20"
QString status_detail(const SessionView &view); ///< "241,000 images/s · 4 s left"
/// Share of the planned run that is done, 0..1.
double progress(const SessionView &view);

} // namespace duet::ui
