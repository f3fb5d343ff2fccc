// A home of a test's own: settings, runs and kept work of its windows lie there and are gone with it.
#pragma once
#include "ui/theme/theme.h"
#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <memory>

namespace duet::ui {

class WindowHome {
public:
  /// From here on windows of this process live in a new, empty home.
  void moveIn() {
    folder_ = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", folder_->path().toUtf8());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_->path());
    QCoreApplication::setOrganizationName(QStringLiteral("duet-test"));
    QCoreApplication::setApplicationName(QStringLiteral("duet-test"));
    theme().install();
  }
  QString path() const { return folder_->path(); }
  QString filePath(const QString &name) const { return folder_->filePath(name); }

private:
  std::unique_ptr<QTemporaryDir> folder_;
};

} // namespace duet::ui
