#include "ui/window/opener.h"
#include "engine/experiment/presets.h"
#include "ui/bridge/recent_files.h"
#include "ui/bridge/session_controller.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/labels.h"
#include "ui/panels/restore_panel.h"
#include <QFileInfo>
#include <utility>

namespace duet::ui {
namespace {

const QString file_key = QStringLiteral("file"), opened_key = QStringLiteral("opened");

QString absolute_path(const std::filesystem::path &path) {
  return QFileInfo(QString::fromStdString(path.string())).absoluteFilePath();
}

/// The document's file: a circuit is only a part of one.
QString file_of(const Opened &opened) {
  return opened.path.empty() || opened.is_circuit ? QString() : absolute_path(opened.path);
}

} // namespace

Opener::Opener(Document &document, SessionController &session, InfoBars &infos, QObject *parent)
    : QObject(parent), document_(document), session_(session), infos_(infos) {
  connect(&session_, &SessionController::viewChanged, this, &Opener::onView);
  connect(&document_.undoStack(), &QUndoStack::indexChanged, this, [this] { infos_.dismiss(opened_key); });
}

void Opener::fail(const QString &sentence) {
  InfoMessage message;
  message.key = file_key;
  message.text = sentence;
  message.is_error = true;
  message.keeps = true;
  infos_.post(message);
}

void Opener::tell(const QString &sentence, bool undoable) {
  infos_.dismiss(file_key); // an earlier try
  InfoMessage message;
  message.key = opened_key;
  message.text = sentence;
  if (undoable)
    message.actions = {{tr("Undo"), [this] { document_.undoStack().undo(); }}};
  infos_.post(message);
}

void Opener::start(const Opened &opened, bool train) {
  if (opened.is_run) {
    Coming coming;
    coming.next = document_.fresh(opened.experiment, file_of(opened));
    coming.first = true;
    coming.train = train;
    return openRun(std::move(coming), OpenRun{opened.path});
  }
  document_.replace(opened.experiment, file_of(opened));
  if (train)
    session_.send(Run{});
  if (!opened.remark.empty())
    tell(QString::fromStdString(opened.remark), false);
}

bool Opener::open(const QString &path) {
  try {
    take(open_path(path.toStdString()));
    return true;
  } catch (const Error &error) {
    fail(QString::fromUtf8(error.what()));
    return false;
  }
}

void Opener::take(const Opened &opened) {
  const QString path = absolute_path(opened.path), name = QFileInfo(path).fileName();
  if (opened.is_run) {
    Coming coming;
    coming.next = document_.fresh(opened.experiment, path);
    coming.label = tr("Open %1").arg(name);
    coming.told = tr("Opened %1.").arg(name);
    return openRun(std::move(coming), OpenRun{opened.path});
  }
  document_.open(document_.fresh(opened.experiment, file_of(opened)), tr("Open %1").arg(name));
  remember_file(path);
  QString told = tr("Opened %1.").arg(name);
  if (!opened.remark.empty())
    told += QLatin1Char(' ') + QString::fromStdString(opened.remark);
  tell(told, true);
  Q_EMIT this->opened();
}

void Opener::newFrom(const QString &name) {
  const Preset *preset = find_preset(name.toStdString());
  if (!preset)
    return;
  document_.open(document_.fresh(draft_of(*preset).resolve(), QString()), tr("New %1").arg(name));
  tell(QStringLiteral("%1: %2").arg(name, QString::fromStdString(preset->help)), true);
  Q_EMIT opened();
}

void Opener::restore(const KeptWork &work, const std::function<void(bool)> &answer) {
  Coming coming;
  const KeptDocument &document = work.manifest.document;
  coming.label = tr("Restore %1").arg(kept_line(work).title);
  coming.told = tr("Restored %1.").arg(kept_line(work).title);
  coming.answer = answer;
  DocumentState &next = coming.next;
  next = {document.edited, document.edited, document.saved, QString::fromStdString(document.file), nullptr};
  try {
    next.kept = take_kept(work);
  } catch (const Error &error) {
    fail(QString::fromUtf8(error.what()));
    return answer(false);
  }
  const QString look = QString::fromStdString(document.look);
  if (work.manifest.run) {
    OpenRun command{work.folder / work.manifest.run->folder};
    command.belongs_to = QFileInfo(next.file).isDir() ? document.file : std::string();
    coming.answer = [this, answer, look](bool here) {
      answer(here);
      if (here)
        Q_EMIT restoredLook(look);
    };
    return openRun(std::move(coming), std::move(command));
  }
  document_.open(next, coming.label);
  tell(coming.told, true);
  answer(true);
  Q_EMIT restoredLook(look);
  Q_EMIT opened();
}

void Opener::openRun(Coming coming, OpenRun command) {
  if (coming_) { // the newest wish counts
    passed_over_ = coming_->run;
    if (coming_->answer)
      coming_->answer(false);
  }
  coming.run = session_.newRun();
  coming.replaced = document_.currentRun();
  command.id = coming.run;
  command.kept = coming.next.kept;
  coming.command = session_.send(std::move(command));
  coming_ = std::move(coming);
}

void Opener::onView(const std::shared_ptr<const SessionView> &view) {
  if (!coming_ || view->handled < coming_->command)
    return;
  Coming coming = *std::exchange(coming_, std::nullopt);
  if (view->run_id == coming.run)
    arrived(coming, *view);
  else
    missed(std::move(coming), *view);
}

void Opener::arrived(const Coming &coming, const SessionView &view) {
  DocumentState next = coming.next;
  next.running = view.experiment;
  if (coming.first) {
    document_.replaceOpened(next);
    if (coming.train)
      session_.send(Run{});
  } else {
    document_.opened(next, coming.replaced, coming.label);
    tell(coming.told + QLatin1Char(' ') + tr("Run goes on from step %1.").arg(view.training.step), true);
  }
  if (!next.file.isEmpty() && !coming.answer)
    remember_file(next.file);
  if (coming.answer)
    coming.answer(true);
  Q_EMIT opened();
}

/// The session's notice says why; with the run a window begins with, that notice would go.
void Opener::missed(Coming coming, const SessionView &view) {
  if (coming.first) {
    document_.replace(Experiment(), {});
    if (view.notice)
      fail(in_words(view.notice->text));
  } else if (view.run_id == passed_over_)
    document_.restoreWeights(coming.replaced, document_.running());
  coming.next.kept.reset(); // others may have it
  if (coming.answer)
    coming.answer(false);
}

} // namespace duet::ui
