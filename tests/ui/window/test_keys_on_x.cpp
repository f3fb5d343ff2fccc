// Keys as a real keyboard sends them through an X server, under several layouts. Needs Xvfb, xdotool and
// setxkbmap; where they are missing it says so and ends with 77.
#include "tests/ui/window_home.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include <QApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <cstdio>

using namespace duet;
using namespace duet::ui;

namespace {

/// An X server of our own; `display` stays empty where there is none.
struct Server {
  QProcess process;
  QByteArray display;
  Server() {
    for (const char *tool : {"Xvfb", "xdotool", "setxkbmap"})
      if (QStandardPaths::findExecutable(QLatin1String(tool)).isEmpty())
        return;
    process.start(QStringLiteral("Xvfb"),
                  {"-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"});
    if (process.waitForStarted() && process.waitForReadyRead(20000))
      display = ":" + process.readLine().trimmed();
  }
  ~Server() {
    process.kill();
    process.waitForFinished();
  }
};

bool tell(const QString &program, const QStringList &arguments) {
  QProcess process;
  process.start(program, arguments);
  while (process.state() != QProcess::NotRunning && !process.waitForFinished(5))
    QCoreApplication::processEvents();
  return process.exitCode() == 0;
}

} // namespace

class TestKeysOnX : public QObject {
  Q_OBJECT
  WindowHome home_;

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }

  void everyKeyArrives() {
    MainWindow window;
    window.resize(1280, 800);
    Opened opened;
    opened.experiment.data.train_limit = 640;
    opened.experiment.data.test_limit = 100;
    window.start(opened, false);
    window.document().edit("training.batch", 64LL);
    window.document().edit("training.batch", 16LL);
    window.document().undoStack().undo();
    window.show();
    window.activateWindow();
    window.centralWidget()->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(window.session().phase() == Phase::ready && window.isActiveWindow(), 20000);
    const std::pair<const char *, const char *> keys[] = {{"space", "runAction"},
                                                          {"period", "batchAction"},
                                                          {"shift+period", "epochAction"},
                                                          {"F5", "epochAction"},
                                                          {"F6", "slowMotionAction"},
                                                          {"F7", "lockSpikingAction"},
                                                          {"F8", "lockQuantumAction"},
                                                          {"F9", "lensAction"},
                                                          {"ctrl+r", "resetAction"},
                                                          {"ctrl+shift+r", "seedAction"},
                                                          {"ctrl+z", "undo"},
                                                          {"ctrl+shift+z", "redo"},
                                                          {"ctrl+y", "redo"},
                                                          {"n", "nextImage"},
                                                          {"p", "previousImage"},
                                                          {"Escape", "clearSelection"},
                                                          {"ctrl+t", "darkTheme"},
                                                          {"F2", "showSettings"},
                                                          {"F3", "showPages"},
                                                          {"F4", "showInspector"},
                                                          {"F11", "fullScreen"},
                                                          {"F1", "firstMinuteAction"},
                                                          {"ctrl+o", "open"},
                                                          {"ctrl+shift+o", "openRun"},
                                                          {"ctrl+s", "save"},
                                                          {"ctrl+shift+s", "saveAs"},
                                                          {"ctrl+q", "quit"}};
    for (const auto &[key, name] : keys) { // what they do is another test's matter
      auto *action = window.findChild<QAction *>(QLatin1String(name));
      QVERIFY2(action, name);
      disconnect(action, &QAction::triggered, nullptr, nullptr);
      disconnect(action, &QAction::toggled, nullptr, nullptr);
    }
    for (const char *layout : {"us", "de", "fr"}) {
      QVERIFY(tell(QStringLiteral("setxkbmap"), {QLatin1String(layout)}));
      for (const auto &[key, name] : keys) {
        // On AZERTY the full stop is itself a shifted key: there F5 goes to the end of the epoch.
        const bool azerty = QLatin1String(layout) == QLatin1String("fr") &&
                            QLatin1String(key) == QLatin1String("shift+period");
        auto *action = window.findChild<QAction *>(QLatin1String(azerty ? "batchAction" : name));
        QSignalSpy triggered(action, &QAction::triggered);
        QVERIFY(tell(QStringLiteral("xdotool"), {"key", QLatin1String(key)}));
        QTRY_VERIFY2_WITH_TIMEOUT(triggered.count() == 1,
                                  qPrintable(QStringLiteral("%1 %2").arg(layout, key)), 5000);
      }
    }
  }
};

int main(int argc, char **argv) {
  Server server;
  if (server.display.isEmpty()) {
    std::puts("not run: it needs Xvfb, xdotool and setxkbmap");
    return 77;
  }
  qputenv("DISPLAY", server.display);
  qputenv("QT_QPA_PLATFORM", "xcb");
  int code = 0;
  {
    QApplication application(argc, argv);
    TestKeysOnX test;
    code = QTest::qExec(&test, argc, argv);
  }
  return code;
}
#include "test_keys_on_x.moc"
