// The session as Qt sees it: polled from a timer on the GUI thread, never waited for.
#pragma once
#include "engine/session/session.h"
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>

namespace duet::ui {

using ViewPtr = std::shared_ptr<const SessionView>;

class SessionController : public QObject {
  Q_OBJECT
public:
  explicit SessionController(QObject *parent = nullptr);
  ~SessionController() override;

  std::uint64_t send(Command command);           ///< as Session::send
  std::uint64_t newRun() { return ++last_run_; } ///< an id for Restart and OpenRun
  /// The last view taken; null before the first.
  const ViewPtr &view() const { return view_; }
  Phase phase() const { return view_ ? view_->phase : Phase::empty; }
  bool busy() const; ///< loading, running or evaluating

  /// Takes a new view now, if there is one. The timer calls this.
  void poll();

Q_SIGNALS:
  void viewChanged(const std::shared_ptr<const SessionView> &view);
  void noticeRaised(const duet::Notice &notice);

private:
  void setPace();

  std::unique_ptr<Session> session_;
  ViewPtr view_;
  QTimer timer_;
  QElapsedTimer since_news_; ///< since the last view or command
  QElapsedTimer since_command_;
  std::uint64_t notice_id_ = 0, last_run_ = 0;
};

} // namespace duet::ui
