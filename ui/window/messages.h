// What the window says unasked: notices of the session, the end of a run, and what was refused.
#pragma once
#include "engine/session/session.h"
#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <utility>

namespace duet::ui {

class Document;
class InfoBars;
class SessionController;

class Messages : public QObject {
  Q_OBJECT
public:
  Messages(InfoBars &infos, Document &document, SessionController &session, QObject *parent);

  void tell(const QString &sentence, bool is_error);
  void refuse(const QString &sentence); ///< stays until the next edit that is taken

Q_SIGNALS:
  void moreWanted(); ///< epochs
  void resetWanted();
  void saveWanted();
  void setWanted(const QString &source); ///< fetch this known data set

private:
  void onView(const std::shared_ptr<const SessionView> &view);
  void onNotice(const Notice &notice);
  void onCircuit(const SessionView &view);
  void onData(const SessionView &view);
  void onFinished(const SessionView &view);

  InfoBars &infos_;
  Document &document_;
  SessionController &session_;
  std::uint64_t run_ = 0;
  std::shared_ptr<const ShownCircuit> circuit_; ///< of the last view
  std::shared_ptr<const Dataset> remarked_set_; ///< and under what settings: what was last remarked on
  Experiment remarked_;
  QString remarks_;
  std::optional<std::pair<std::uint64_t, int>> finished_; ///< run and planned epochs whose end was told
};

} // namespace duet::ui
