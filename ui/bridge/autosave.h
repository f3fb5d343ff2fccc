// Keeps what no file holds, while the document is edited and trained, so that no end of the process loses it.
#pragma once
#include "engine/session/kept_entry.h"
#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>

namespace duet::ui {

class Document;
class SessionController;

/// Edits are handed over a moment after they were made; the run is handed over by the session itself. The
/// writing is done by a thread of the document's KeptEntry.
class Autosave : public QObject {
  Q_OBJECT
public:
  Autosave(Document &document, SessionController &session, QObject *parent = nullptr);

  /// What the window wants to find again, asked for whenever something is kept.
  void setLook(std::function<QString()> look) { look_ = std::move(look); }
  /// Now, and waited for: the process may end. Empty, or why something may be lost.
  QString keepNow(int patience_ms = 10000);
  /// The window closes: training holds, what no file holds stays for the next start, and where there is no
  /// such thing nothing stays.
  QString finish();

Q_SIGNALS:
  /// Keeping failed, with the reason; empty: it works again.
  void troubled(const QString &reason);
  /// Something is kept for the first time in this window.
  void begun();

private:
  void changed();
  void keepEdits();
  void watch();

  Document &document_;
  SessionController &session_;
  std::function<QString()> look_;
  QTimer soon_, watch_;
  std::string trouble_;
  bool begun_ = false;
};

} // namespace duet::ui
