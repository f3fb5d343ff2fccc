#include "ui/bridge/session_controller.h"
#include <utility>

namespace duet::ui {
namespace {

constexpr int eager_ms = 8; ///< for a moment after a command, so that its effect is seen at once
constexpr qint64 eager_for_ms = 150;
constexpr int live_ms = 33;        ///< as often as the session publishes
constexpr int idle_ms = 250;       ///< when nothing can be expected
constexpr qint64 settle_ms = 3000; ///< live for this long after the last news

} // namespace

SessionController::SessionController(QObject *parent)
    : QObject(parent), session_(std::make_unique<Session>(true)) {
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &SessionController::poll);
  since_news_.start();
  timer_.start(live_ms);
}

SessionController::~SessionController() = default;

bool SessionController::busy() const {
  const Phase now = phase();
  return now == Phase::loading || now == Phase::running || now == Phase::evaluating;
}

std::uint64_t SessionController::send(Command command) {
  const std::uint64_t number = session_->send(std::move(command));
  since_news_.restart();
  since_command_.start();
  setPace();
  return number;
}

void SessionController::poll() {
  auto next = session_->try_take();
  if (!next) {
    setPace();
    return;
  }
  since_news_.restart();
  view_ = std::move(next);
  setPace();
  const ViewPtr view = view_; // a slot may poll again
  Q_EMIT viewChanged(view);
  if (view->notice && view->notice->id != notice_id_) {
    notice_id_ = view->notice->id;
    Q_EMIT noticeRaised(*view->notice);
  }
}

void SessionController::setPace() {
  const bool eager = since_command_.isValid() && since_command_.elapsed() < eager_for_ms;
  const int wanted = eager ? eager_ms : busy() || since_news_.elapsed() < settle_ms ? live_ms : idle_ms;
  if (timer_.interval() != wanted)
    timer_.start(wanted);
}

} // namespace duet::ui
