#include "ui/bridge/autosave.h"
#include "engine/data/catalog.h"
#include <QDateTime>
#include <QSettings>

namespace duet::ui {
namespace {

const char *const key = "autosave";

std::filesystem::path autosave_folder() { return duet_data_home() / "autosave"; }

} // namespace

std::filesystem::path new_autosave_path(bool run) {
  const std::string stamp =
      QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")).toStdString();
  return autosave_folder() / (run ? "run-" + stamp : "experiment-" + stamp + ".json");
}

void remember_autosave(const std::filesystem::path &path) {
  QSettings().setValue(QLatin1String(key), QString::fromStdString(path.string()));
}

std::optional<std::filesystem::path> offered_autosave() {
  const QString stored = QSettings().value(QLatin1String(key)).toString();
  const std::filesystem::path path = stored.toStdString();
  std::error_code error;
  if (stored.isEmpty() || !std::filesystem::exists(path, error))
    return std::nullopt;
  return path;
}

void drop_autosave(bool erase) {
  const auto path = offered_autosave();
  QSettings().remove(QLatin1String(key));
  // Only what this program put there is ever erased.
  if (erase && path && path->parent_path() == autosave_folder()) {
    std::error_code error;
    std::filesystem::remove_all(*path, error);
  }
}

} // namespace duet::ui
