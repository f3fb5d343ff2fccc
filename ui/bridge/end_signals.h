// SIGTERM, SIGINT and SIGHUP as a Qt signal.
#pragma once
#include <QObject>

class QSocketNotifier;

namespace duet::ui {

/// One for a process. While it lives these signals end nothing by themselves.
class EndSignals : public QObject {
  Q_OBJECT
public:
  explicit EndSignals(QObject *parent = nullptr);
  ~EndSignals() override;

Q_SIGNALS:
  /// Once, in this object's thread; further signals are ignored, for the end is under way.
  void endWanted(int signal);

private:
  QSocketNotifier *notifier_ = nullptr;
};

} // namespace duet::ui
