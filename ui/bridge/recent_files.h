// Experiments, runs and circuits opened or saved lately, kept between starts.
#pragma once
#include <QString>
#include <QStringList>

namespace duet::ui {

/// Newest first, at most eight, only what is still there.
QStringList recent_files();
void remember_file(const QString &path);
void forget_files();

} // namespace duet::ui
