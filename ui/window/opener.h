// Opening: what a person names takes the place of what is there, and undo brings that back.
#pragma once
#include "engine/session/kept_home.h"
#include "ui/bridge/document.h"
#include "ui/bridge/open_path.h"
#include <QObject>
#include <QString>
#include <functional>
#include <optional>

namespace duet::ui {

class InfoBars;
class SessionController;

/// A run is read by the session's thread: until it is there, and where it cannot be read, everything stays as
/// it was. Failures become info bars.
class Opener : public QObject {
  Q_OBJECT
public:
  Opener(Document &document, SessionController &session, InfoBars &infos, QObject *parent);

  /// What the window starts with; with a history that begins here. Then, if asked, trains.
  void start(const Opened &opened, bool train);
  bool open(const QString &path);  ///< experiment, run folder or circuit
  void take(const Opened &opened); ///< the same, read already
  void newFrom(const QString &preset);
  /// Unsaved work of an earlier window; `answer` hears whether it is here now.
  void restore(const KeptWork &work, const std::function<void(bool)> &answer);
  void fail(const QString &sentence);

Q_SIGNALS:
  void opened(); ///< another document is there, or comes as soon as its images are read
  void restoredLook(const QString &look);

private:
  /// A run the session was asked to open.
  struct Coming {
    std::uint64_t command = 0, run = 0, replaced = 0;
    DocumentState next;
    QString label, told;
    bool first = false, train = false;
    std::function<void(bool)> answer;
  };
  void openRun(Coming coming, OpenRun command);
  void onView(const std::shared_ptr<const SessionView> &view);
  void arrived(const Coming &coming, const SessionView &view);
  void missed(Coming coming, const SessionView &view);
  void tell(const QString &sentence, bool undoable);

  Document &document_;
  SessionController &session_;
  InfoBars &infos_;
  std::optional<Coming> coming_;
  std::uint64_t passed_over_ = 0; ///< a run that was asked for, before another one was
};

} // namespace duet::ui
