// Saving, and the questions for files: everything between the document and the disk but opening (opener.h)
// and keeping (autosave.h).
#pragma once
#include "engine/session/session.h"
#include <QObject>
#include <QString>
#include <cstdint>
#include <filesystem>
#include <memory>

class QWidget;

namespace duet {
class SeveralSetsError;
}

namespace duet::ui {

class Document;
class InfoBars;
class Opener;
class SessionController;

/// Failures become info bars and leave everything as it was.
class FileActions : public QObject {
  Q_OBJECT
public:
  FileActions(Document &document, SessionController &session, Opener &opener, InfoBars &infos,
              QWidget *window);

  void askOpen();
  void askOpenFolder();
  bool save(); ///< to the known file; asks for one where there is none
  bool askSaveAs();
  bool saveExperiment(const QString &file);
  /// `replace`: also where another run lies there.
  bool saveRun(const QString &folder, bool replace = false);
  void askDataFolder(); ///< for data.source

Q_SIGNALS:
  void saved(const QString &path);

private:
  void offerSets(const QString &folder, const SeveralSetsError &error);
  void onView(const std::shared_ptr<const SessionView> &view);
  bool hasTrainedWork() const;

  Document &document_;
  SessionController &session_;
  Opener &opener_;
  InfoBars &infos_;
  QWidget *window_;
  std::filesystem::path saving_to_; ///< a run folder the session is writing
  std::uint64_t save_command_ = 0, notice_before_ = 0;
};

} // namespace duet::ui
