#include "ui/bridge/slow_events.h"
#include <QEvent>
#include <QMetaEnum>
#include <QThread>
#include <algorithm>
#include <cstdio>

namespace duet::ui {
namespace {

QString name_of(const QObject &receiver, QEvent::Type type) {
  const char *known = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
  const QString event = known ? QString::fromLatin1(known) : QString::number(type);
  return QStringLiteral("%1 of %2 %3")
      .arg(event, QString::fromLatin1(receiver.metaObject()->className()), receiver.objectName())
      .trimmed();
}

} // namespace

void SlowEvents::begin() { running_.push_back({clock_.nsecsElapsed(), 0}); }

void SlowEvents::end(const QString &what) {
  const Running mine = running_.back();
  running_.pop_back();
  const qint64 whole = clock_.nsecsElapsed() - mine.since_ns;
  if (!running_.empty())
    running_.back().within_ns += whole;
  const double ms = 1e-6 * static_cast<double>(whole - mine.within_ns);
  if (ms <= limit_ms_)
    return;
  Kind &kind = kinds_[what];
  ++kind.times;
  kind.longest_ms = std::max(kind.longest_ms, ms);
  kind.sum_ms += ms;
}

QString SlowEvents::report() const {
  QList<QString> names = kinds_.keys();
  std::ranges::sort(names, std::greater<>(), [&](const QString &name) { return kinds_[name].longest_ms; });
  QString text;
  for (const QString &name : names)
    text += QStringLiteral("%1 ms at most, %2 times over %3 ms, %4 ms together: %5\n")
                .arg(kinds_[name].longest_ms, 0, 'f', 1)
                .arg(kinds_[name].times)
                .arg(limit_ms_)
                .arg(kinds_[name].sum_ms, 0, 'f', 0)
                .arg(name);
  return text;
}

WatchedApplication::WatchedApplication(int &argc, char **argv) : QApplication(argc, argv) {
  if (const double limit = qgetenv("DUET_WATCHDOG").toDouble(); limit > 0)
    slow_.emplace(limit);
}

WatchedApplication::~WatchedApplication() {
  if (slow_)
    std::fputs(slow_->report().toLocal8Bit().constData(), stderr);
}

bool WatchedApplication::notify(QObject *receiver, QEvent *event) {
  if (!slow_ || thread() != QThread::currentThread())
    return QApplication::notify(receiver, event);
  const QString name = name_of(*receiver, event->type()); // the event may delete its receiver
  slow_->begin();
  const bool done = QApplication::notify(receiver, event);
  slow_->end(name);
  return done;
}

} // namespace duet::ui
