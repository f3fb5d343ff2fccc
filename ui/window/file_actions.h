// Opening, saving and keeping work: everything between the document and the disk.
#pragma once
#include "engine/session/session.h"
#include "ui/bridge/open_path.h"
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
class SessionController;

/// Failures become info bars and leave everything as it was.
class FileActions : public QObject {
  Q_OBJECT
public:
  FileActions(Document &document, SessionController &session, InfoBars &infos, QWidget *window);

  bool open(const QString &path);  ///< experiment, run folder or circuit
  void take(const Opened &opened); ///< what was opened takes the place of what is there
  void newFrom(const QString &preset);
  void askOpen();
  void askOpenFolder();
  bool save(); ///< to the known file; asks for one where there is none
  bool askSaveAs();
  bool saveExperiment(const QString &file);
  bool saveRun(const QString &folder);
  void askDataFolder(); ///< for data.source

  void offerKept(); ///< an info bar for what the last start kept
  bool keepWork();  ///< at the end: true when nothing would be lost

Q_SIGNALS:
  void opened();
  void saved(const QString &path);

private:
  void offerSets(const QString &folder, const SeveralSetsError &error);
  void onView(const std::shared_ptr<const SessionView> &view);
  void fail(const QString &sentence);
  bool hasTrainedWork() const;
  std::uint64_t last_notice() const;
  QString keepRun(const std::filesystem::path &folder);

  Document &document_;
  SessionController &session_;
  InfoBars &infos_;
  QWidget *window_;
  std::filesystem::path saving_to_; ///< a run folder the session is writing
  std::uint64_t notice_before_ = 0;
};

} // namespace duet::ui
