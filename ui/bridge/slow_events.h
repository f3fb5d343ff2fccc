// A watchdog for the window's thread: which events took it longer than a time, and where.
#pragma once
#include <QApplication>
#include <QElapsedTimer>
#include <QMap>
#include <optional>
#include <vector>

namespace duet::ui {

/// The times of events within one another: each counts without those it led to.
class SlowEvents {
public:
  struct Kind {
    int times = 0;
    double longest_ms = 0, sum_ms = 0;
  };
  explicit SlowEvents(double limit_ms) : limit_ms_(limit_ms) { clock_.start(); }

  void begin();
  /// what: "Paint of duet::ui::CanvasView canvas".
  void end(const QString &what);
  const QMap<QString, Kind> &kinds() const { return kinds_; }
  /// A line for each kind, the longest first; empty where nothing took longer.
  QString report() const;

private:
  struct Running {
    qint64 since_ns, within_ns;
  };
  double limit_ms_;
  QElapsedTimer clock_;
  std::vector<Running> running_;
  QMap<QString, Kind> kinds_;
};

/// The application; with DUET_WATCHDOG=4 in the environment it says at its end, on standard error, which
/// events the window's thread worked at for more than 4 ms. Without it, it is a QApplication.
class WatchedApplication : public QApplication {
public:
  WatchedApplication(int &argc, char **argv);
  ~WatchedApplication() override;
  bool notify(QObject *receiver, QEvent *event) override;

private:
  std::optional<SlowEvents> slow_;
};

} // namespace duet::ui
