#include "ui/bridge/autosave.h"
#include "ui/bridge/document.h"
#include "ui/bridge/session_controller.h"
#include <algorithm>
#include <chrono>
#include <future>
#include <memory>

namespace duet::ui {
namespace {

constexpr int soon_ms = 1000; ///< edits that follow each other are written together
constexpr int watch_ms = 500; ///< how often it is asked whether writing went well

} // namespace

Autosave::Autosave(Document &document, SessionController &session, QObject *parent)
    : QObject(parent), document_(document), session_(session) {
  soon_.setSingleShot(true);
  soon_.setInterval(soon_ms);
  connect(&soon_, &QTimer::timeout, this, &Autosave::keepEdits);
  connect(&document_, &Document::experimentChanged, this, &Autosave::changed);
  connect(&document_, &Document::fileChanged, this, &Autosave::changed);
  watch_.setInterval(watch_ms);
  connect(&watch_, &QTimer::timeout, this, &Autosave::watch);
  connect(&session_, &SessionController::viewChanged, this, [this] {
    if (document_.kept() && !watch_.isActive())
      watch_.start();
  });
}

void Autosave::changed() {
  if (document_.kept() && !soon_.isActive())
    soon_.start();
}

void Autosave::keepEdits() {
  soon_.stop();
  const auto &kept = document_.kept();
  if (!kept)
    return;
  if (!document_.isModified()) {
    const auto view = session_.view();
    kept->clear(view ? view->run_id : 0, view ? view->training.step : 0);
    return;
  }
  KeptDocument now = document_.forKeeping();
  if (look_)
    now.look = look_().toStdString();
  kept->keep(now);
  watch_.start();
  if (!begun_) {
    begun_ = true;
    Q_EMIT begun();
  }
}

void Autosave::watch() {
  const auto &kept = document_.kept();
  const std::string trouble = kept ? kept->problem() : std::string();
  if (trouble.empty() && (!kept || kept->idle()))
    watch_.stop(); // until there is something new
  if (trouble == trouble_)
    return;
  trouble_ = trouble;
  Q_EMIT troubled(QString::fromStdString(trouble));
}

QString Autosave::keepNow(int patience_ms) {
  const auto kept = document_.kept();
  if (!kept)
    return {};
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::milliseconds(patience_ms);
  const auto done = std::make_shared<std::promise<void>>();
  auto given = done->get_future();
  session_.send(KeepNow{done});
  const bool answered = given.wait_until(until) == std::future_status::ready;
  session_.poll();
  keepEdits();
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
  const QString problem =
      QString::fromStdString(kept->flush(std::max(left, std::chrono::milliseconds(1000))));
  watch();
  return answered ? problem : tr("the training did not answer in time");
}

QString Autosave::finish() {
  session_.send(Pause{});
  return keepNow();
}

} // namespace duet::ui
