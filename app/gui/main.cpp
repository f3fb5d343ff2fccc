// duet: the window. Wiring only.
#include "engine/base/error.h"
#include "engine/experiment/describe.h"
#include "engine/io/process.h"
#include "engine/session/kept_home.h"
#include "ui/bridge/end_signals.h"
#include "ui/bridge/open_path.h"
#include "ui/bridge/slow_events.h"
#include "ui/theme/theme.h"
#include "ui/window/command_line.h"
#include "ui/window/main_window.h"
#include "ui/window/menus.h"
#include "ui/window/opener.h"
#include <QApplication>
#include <QBuffer>
#include <QSaveFile>
#include <QSettings>
#include <QTimer>
#include <cstdio>
#include <cstdlib>

namespace {

int complain(duet::ExitCode code, const QString &sentence) {
  std::fprintf(stderr, "duet: %s\n", sentence.toLocal8Bit().constData());
  return static_cast<int>(code);
}

/// Qt ends the process where there is no display, without a sentence of ours: this one says it.
void on_start_message(QtMsgType type, const QMessageLogContext &context, const QString &message) {
  if (type == QtFatalMsg)
    std::_Exit(complain(duet::ExitCode::usage, duet::ui::missing_display()));
  if (!QByteArray(context.category).startsWith("qt.qpa"))
    std::fprintf(stderr, "%s\n", message.toLocal8Bit().constData());
}

/// The whole window as PNG, written whole or not at all.
bool write_picture(duet::ui::MainWindow &window, const QString &path) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSaveFile file(path);
  return window.grab().save(&buffer, "PNG") && file.open(QIODevice::WriteOnly) &&
         file.write(bytes) == bytes.size() && file.commit();
}

} // namespace

int main(int argc, char **argv) {
  using namespace duet::ui;
  duet::prepare_process();
  QStringList arguments;
  for (int i = 1; i < argc; ++i)
    arguments << QString::fromLocal8Bit(argv[i]);
  const auto parsed = parse_command_line(arguments);
  if (const QString *wrong = std::get_if<QString>(&parsed))
    return complain(duet::ExitCode::usage, *wrong);
  const Options &options = std::get<Options>(parsed);
  if (options.help || options.version) {
    std::fputs(options.help ? usage_text().toLocal8Bit().constData() : "duet " DUET_VERSION "\n", stdout);
    return 0;
  }
  if (!options.epochs.isEmpty()) {
    duet::Experiment planned;
    if (const auto problem = duet::set_text(planned, "training.epochs", options.epochs.toStdString()))
      return complain(duet::ExitCode::usage,
                      QStringLiteral("--epochs: %1").arg(QString::fromStdString(problem->text)));
  }
  Opened opened;
  QString trouble; // of a damaged file: it is told in the window
  try {
    if (!options.file.isEmpty())
      opened = open_path(options.file.toStdString());
  } catch (const duet::Error &error) {
    trouble = QString::fromUtf8(error.what());
  }
  if (opened.is_run && !options.epochs.isEmpty())
    return complain(duet::ExitCode::usage,
                    QStringLiteral("--epochs plans a new run; leave it out for a run folder."));
  if (!options.epochs.isEmpty())
    duet::set_text(opened.experiment, "training.epochs", options.epochs.toStdString());

  int one = 1;
  const QtMessageHandler usual = qInstallMessageHandler(on_start_message);
  WatchedApplication application(one, argv);
  qInstallMessageHandler(usual);
  QApplication::setOrganizationName(QStringLiteral("duet"));
  QApplication::setApplicationName(QStringLiteral("duet"));
  QApplication::setApplicationVersion(QStringLiteral(DUET_VERSION));
  const bool dark = QSettings().value(QStringLiteral("dark"), false).toBool() && options.screenshot.isEmpty();
  theme().setMode(options.theme.value_or(dark ? Theme::Mode::dark : Theme::Mode::light));
  const bool pictured = !options.screenshot.isEmpty();
  theme().setTextPercent(
      options.text_percent.value_or(pictured ? smallest_text_percent : remembered_text_percent()));
  theme().install();

  MainWindow window;
  int code = 0;
  if (options.screenshot.isEmpty())
    window.keepWork(duet::kept_home());
  else
    QObject::connect(&window, &MainWindow::firstPainted, &window, [&] {
      QTimer::singleShot(static_cast<int>(options.after_seconds * 1000), &window, [&] {
        if (!write_picture(window, options.screenshot))
          code = complain(duet::ExitCode::write,
                          QStringLiteral("%1 cannot be written; choose a folder you may write to.")
                              .arg(options.screenshot));
        QApplication::exit(0);
      });
    });
  if (options.size)
    window.resize(*options.size);
  EndSignals signals;
  QObject::connect(&signals, &EndSignals::endWanted, &window, [&](int signal) {
    if (const QString problem = window.keepNow(); !problem.isEmpty())
      complain(duet::ExitCode::write, QStringLiteral("Unsaved work could not be kept: %1.").arg(problem));
    code = 128 + signal;
    QApplication::exit(0);
  });
  QObject::connect(
      &application, &QGuiApplication::commitDataRequest, &window,
      [&](QSessionManager &) { window.keepNow(); }, Qt::DirectConnection);
  window.start(opened, options.train && trouble.isEmpty());
  if (!trouble.isEmpty())
    window.opener().fail(trouble);
  window.show();
  QApplication::exec();
  return code;
}
