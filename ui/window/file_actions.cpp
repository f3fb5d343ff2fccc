#include "ui/window/file_actions.h"
#include "engine/data/catalog.h"
#include "engine/data/dataset.h"
#include "engine/data/idx_files.h"
#include "engine/experiment/json.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "ui/bridge/document.h"
#include "ui/bridge/recent_files.h"
#include "ui/bridge/session_controller.h"
#include "ui/dialogs/file_dialogs.h"
#include "ui/panels/info_bars.h"
#include "ui/window/opener.h"
#include <QFileInfo>
#include <QWidget>

namespace duet::ui {

FileActions::FileActions(Document &document, SessionController &session, Opener &opener, InfoBars &infos,
                         QWidget *window)
    : QObject(window), document_(document), session_(session), opener_(opener), infos_(infos),
      window_(window) {
  connect(&session_, &SessionController::viewChanged, this, &FileActions::onView);
}

void FileActions::askOpen() {
  const QString path = ask_file_to_open(window_, tr("Open an experiment or a circuit"),
                                        tr("Experiments and circuits (*.json *.qasm);;All files (*)"));
  if (path.isEmpty())
    return;
  const QFileInfo info(path);
  // A run's experiment.json stands for its folder: with the weights.
  const bool in_run = info.fileName() == QLatin1String("experiment.json") &&
                      holds_run(info.path().toStdString()) &&
                      QFileInfo::exists(info.path() + QStringLiteral("/model.safetensors"));
  opener_.open(in_run ? info.path() : path);
}

void FileActions::askOpenFolder() {
  const QString path =
      ask_folder(window_, tr("Open a run folder"), QString::fromStdString(runs_home().string()));
  if (!path.isEmpty())
    opener_.open(path);
}

bool FileActions::save() {
  const QString file = document_.file();
  if (file.isEmpty())
    return askSaveAs();
  return QFileInfo(file).isDir() ? saveRun(file) : saveExperiment(file);
}

bool FileActions::askSaveAs() {
  const QString experiments = tr("Experiment: the settings (*.json)"),
                runs = tr("Run folder: settings, weights and curves (*)");
  SaveQuestion question{
      tr("Save as"), document_.file(), {experiments, runs}, hasTrainedWork() ? runs : experiments};
  const QString path = ask_where_to_save(window_, question);
  if (path.isEmpty())
    return false;
  // Whatever lies there: that it goes has been agreed to.
  return question.filter == runs && !path.endsWith(QLatin1String(".json")) ? saveRun(path, true)
                                                                           : saveExperiment(path);
}

bool FileActions::saveExperiment(const QString &file) {
  try {
    write_file(file.toStdString(), to_json(document_.experiment()));
  } catch (const Error &error) {
    opener_.fail(QString::fromUtf8(error.what()));
    return false;
  }
  document_.markSaved(QFileInfo(file).absoluteFilePath(), document_.experiment());
  remember_file(file);
  Q_EMIT saved(file);
  return true;
}

bool FileActions::saveRun(const QString &folder, bool replace) {
  const std::filesystem::path target = QFileInfo(folder).absoluteFilePath().toStdString();
  std::error_code error;
  if (std::filesystem::exists(target, error) && !std::filesystem::is_directory(target, error)) {
    opener_.fail(tr("%1 is a file; a run is saved into a folder.").arg(folder));
    return false;
  }
  if (!replace && holds_run(target) &&
      QFileInfo(document_.file()).absoluteFilePath() != QFileInfo(folder).absoluteFilePath()) {
    opener_.fail(tr("%1 already holds another run; choose a new folder.").arg(folder));
    return false;
  }
  saving_to_ = target;
  notice_before_ = session_.view() && session_.view()->notice ? session_.view()->notice->id : 0;
  save_command_ = session_.send(Save{target, replace});
  return true;
}

void FileActions::onView(const std::shared_ptr<const SessionView> &view) {
  if (saving_to_.empty() || view->handled < save_command_)
    return;
  const std::filesystem::path target = std::exchange(saving_to_, {});
  const bool failed = view->notice && view->notice->is_error && view->notice->id != notice_before_;
  if (failed || view->folder != target)
    return; // the session has said why
  const QString path = QString::fromStdString(target.string());
  document_.markSaved(path, view->experiment);
  remember_file(path);
  Q_EMIT saved(path);
}

void FileActions::askDataFolder() {
  const QString path = ask_folder(window_, tr("Choose a folder with the four IDX files"));
  if (path.isEmpty())
    return;
  try {
    image_shape(path.toStdString());
  } catch (const SeveralSetsError &error) {
    offerSets(path, error);
    return;
  } catch (const Error &error) {
    opener_.fail(QString::fromUtf8(error.what()));
    return;
  }
  document_.edit("data.source", path.toStdString());
}

void FileActions::offerSets(const QString &folder, const SeveralSetsError &error) {
  InfoMessage message;
  message.key = QStringLiteral("file");
  message.text = tr("%1 holds several data sets. Which one?").arg(QFileInfo(folder).fileName());
  message.keeps = true;
  for (const std::filesystem::path &set : error.sets()) {
    const QString name = QString::fromStdString(set.lexically_relative(folder.toStdString()).string());
    message.actions.append({name, [this, set] { document_.edit("data.source", set.string()); }});
  }
  infos_.post(message);
}

bool FileActions::hasTrainedWork() const {
  const auto view = session_.view();
  return view && view->training.step > 0 && !view->saved;
}

} // namespace duet::ui
