#include "ui/bridge/recent_files.h"
#include <QFileInfo>
#include <QSettings>

namespace duet::ui {
namespace {

constexpr int most = 8;
const char *const key = "recent_files";

} // namespace

QStringList recent_files() {
  QStringList present;
  const QStringList stored = QSettings().value(QLatin1String(key)).toStringList();
  for (const QString &path : stored)
    if (QFileInfo::exists(path))
      present << path;
  return present;
}

void remember_file(const QString &path) {
  QStringList list = recent_files();
  const QString absolute = QFileInfo(path).absoluteFilePath();
  list.removeAll(absolute);
  list.prepend(absolute);
  QSettings().setValue(QLatin1String(key), list.mid(0, most));
}

void forget_files() { QSettings().remove(QLatin1String(key)); }

} // namespace duet::ui
