#include "ui/window/file_actions.h"
#include "engine/data/catalog.h"
#include "engine/data/dataset.h"
#include "engine/data/idx_files.h"
#include "engine/experiment/json.h"
#include "engine/experiment/presets.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "ui/bridge/autosave.h"
#include "ui/bridge/document.h"
#include "ui/bridge/recent_files.h"
#include "ui/bridge/session_controller.h"
#include "ui/panels/info_bars.h"
#include <QDir>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QThread>
#include <QWidget>

namespace duet::ui {
namespace {

constexpr int keep_wait_ms = 10000;

} // namespace

FileActions::FileActions(Document &document, SessionController &session, InfoBars &infos, QWidget *window)
    : QObject(window), document_(document), session_(session), infos_(infos), window_(window) {
  connect(&session_, &SessionController::viewChanged, this, &FileActions::onView);
}

void FileActions::fail(const QString &sentence) {
  InfoMessage message;
  message.key = QStringLiteral("file");
  message.text = sentence;
  message.is_error = true;
  infos_.post(message);
}

bool FileActions::open(const QString &path) {
  try {
    take(open_path(path.toStdString()));
    return true;
  } catch (const Error &error) {
    fail(QString::fromUtf8(error.what()));
    return false;
  }
}

void FileActions::take(const Opened &opened) {
  if (hasTrainedWork() && !keepWork())
    return;
  const QString path = QFileInfo(QString::fromStdString(opened.path.string())).absoluteFilePath();
  document_.replace(opened.experiment, opened.is_circuit ? QString() : path, !opened.is_run);
  if (opened.is_run)
    session_.send(OpenRun{opened.path});
  remember_file(path);
  if (!opened.remark.empty()) {
    InfoMessage message;
    message.key = QStringLiteral("file");
    message.text = QString::fromStdString(opened.remark);
    infos_.post(message);
  }
  Q_EMIT this->opened();
}

void FileActions::newFrom(const QString &name) {
  const Preset *preset = find_preset(name.toStdString());
  if (!preset || (hasTrainedWork() && !keepWork()))
    return;
  document_.replace(draft_of(*preset).resolve(), QString());
  InfoMessage message;
  message.key = QStringLiteral("file");
  message.text = QStringLiteral("%1: %2").arg(name, QString::fromStdString(preset->help));
  infos_.post(message);
  Q_EMIT opened();
}

void FileActions::askOpen() {
  const QString path =
      QFileDialog::getOpenFileName(window_, tr("Open an experiment or a circuit"), QString(),
                                   tr("Experiments and circuits (*.json *.qasm);;All files (*)"));
  if (path.isEmpty())
    return;
  const QFileInfo info(path);
  // A run's experiment.json stands for its folder: with the weights.
  const bool in_run = info.fileName() == QLatin1String("experiment.json") &&
                      holds_run(info.path().toStdString()) &&
                      QFileInfo::exists(info.path() + QStringLiteral("/model.safetensors"));
  open(in_run ? info.path() : path);
}

void FileActions::askOpenFolder() {
  const QString path = QFileDialog::getExistingDirectory(
      window_, tr("Open a run folder"), QString::fromStdString((duet_data_home() / "runs").string()));
  if (!path.isEmpty())
    open(path);
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
  QString chosen = hasTrainedWork() ? runs : experiments;
  const QString path = QFileDialog::getSaveFileName(window_, tr("Save as"), document_.file(),
                                                    experiments + QStringLiteral(";;") + runs, &chosen,
                                                    QFileDialog::DontConfirmOverwrite);
  if (path.isEmpty())
    return false;
  if (chosen == runs && !path.endsWith(QLatin1String(".json")))
    return saveRun(path);
  return saveExperiment(path.endsWith(QLatin1String(".json")) ? path : path + QStringLiteral(".json"));
}

bool FileActions::saveExperiment(const QString &file) {
  try {
    write_file(file.toStdString(), to_json(document_.experiment()));
  } catch (const Error &error) {
    fail(QString::fromUtf8(error.what()));
    return false;
  }
  document_.markSaved(QFileInfo(file).absoluteFilePath(), document_.experiment());
  remember_file(file);
  Q_EMIT saved(file);
  return true;
}

bool FileActions::saveRun(const QString &folder) {
  const std::filesystem::path target = QFileInfo(folder).absoluteFilePath().toStdString();
  std::error_code error;
  if (std::filesystem::exists(target, error) && !std::filesystem::is_directory(target, error)) {
    fail(tr("%1 is a file; a run is saved into a folder.").arg(folder));
    return false;
  }
  if (holds_run(target) &&
      QFileInfo(document_.file()).absoluteFilePath() != QFileInfo(folder).absoluteFilePath()) {
    fail(tr("%1 already holds another run; choose a new folder.").arg(folder));
    return false;
  }
  saving_to_ = target;
  notice_before_ = last_notice();
  session_.send(Save{target});
  return true;
}

void FileActions::onView(const std::shared_ptr<const SessionView> &view) {
  if (saving_to_.empty())
    return;
  if (view->notice && view->notice->is_error && view->notice->id != notice_before_) {
    saving_to_.clear(); // the session has said why
    return;
  }
  if (view->folder != saving_to_)
    return;
  const QString path = QString::fromStdString(saving_to_.string());
  saving_to_.clear();
  document_.markSaved(path, view->experiment);
  remember_file(path);
  Q_EMIT saved(path);
}

void FileActions::askDataFolder() {
  const QString path =
      QFileDialog::getExistingDirectory(window_, tr("Choose a folder with the four IDX files"));
  if (path.isEmpty())
    return;
  try {
    image_shape(path.toStdString());
  } catch (const SeveralSetsError &error) {
    offerSets(path, error);
    return;
  } catch (const Error &error) {
    fail(QString::fromUtf8(error.what()));
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

void FileActions::offerKept() {
  const auto kept = offered_autosave();
  if (!kept)
    return;
  InfoMessage message;
  message.key = QStringLiteral("kept");
  message.keeps = true;
  const QString path = QString::fromStdString(kept->string());
  message.text = QFileInfo(path).isDir()
                     ? tr("The network you trained last time was not saved; it has been kept.")
                     : tr("The experiment you edited last time was not saved; it has been kept.");
  message.actions = {{tr("Open it"),
                      [this, path] {
                        drop_autosave(false);
                        open(path);
                      }},
                     {tr("Forget it"), [] { drop_autosave(true); }}};
  infos_.post(message);
}

std::uint64_t FileActions::last_notice() const {
  const auto view = session_.view();
  return view && view->notice ? view->notice->id : 0;
}

/// Waits until the session has written the run; empty, or what went wrong.
QString FileActions::keepRun(const std::filesystem::path &folder) {
  const std::uint64_t before = last_notice();
  session_.send(Pause{});
  session_.send(Save{folder});
  QElapsedTimer clock;
  clock.start();
  while (clock.elapsed() < keep_wait_ms) {
    session_.poll();
    const auto view = session_.view();
    if (view && view->folder == folder)
      return {};
    if (view && view->notice && view->notice->is_error && view->notice->id != before)
      return QString::fromStdString(view->notice->text);
    QThread::msleep(3);
  }
  return tr("the run could not be written to %1 in time").arg(QString::fromStdString(folder.string()));
}

bool FileActions::keepWork() {
  if (!document_.isModified() && !hasTrainedWork())
    return true;
  const bool run = hasTrainedWork();
  const std::filesystem::path path = new_autosave_path(run);
  QString problem;
  try {
    std::filesystem::create_directories(path.parent_path());
    if (run) {
      problem = keepRun(path);
    } else {
      write_file(path, to_json(document_.experiment()));
    }
  } catch (const std::exception &error) {
    problem = QString::fromUtf8(error.what());
  }
  if (problem.isEmpty()) {
    remember_autosave(path);
    return true;
  }
  return QMessageBox::question(
             window_, tr("Unsaved work"),
             tr("The trained network is not saved, and keeping it failed: %1. Go on and lose it?")
                 .arg(problem),
             QMessageBox::Yes | QMessageBox::Cancel, QMessageBox::Cancel) == QMessageBox::Yes;
}

} // namespace duet::ui
