// duet: the window. Wiring only.
#include "engine/base/error.h"
#include "engine/experiment/describe.h"
#include "engine/io/process.h"
#include "ui/bridge/open_path.h"
#include "ui/theme/theme.h"
#include "ui/window/command_line.h"
#include "ui/window/main_window.h"
#include <QApplication>
#include <QBuffer>
#include <QSaveFile>
#include <QSettings>
#include <QTimer>
#include <cstdio>

namespace {

int complain(duet::ExitCode code, const QString &sentence) {
  std::fprintf(stderr, "duet: %s\n", sentence.toLocal8Bit().constData());
  return static_cast<int>(code);
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
  Opened opened;
  try {
    if (!options.file.isEmpty())
      opened = open_path(options.file.toStdString());
    if (!options.epochs.isEmpty()) {
      const auto problem = duet::set_text(opened.experiment, "training.epochs", options.epochs.toStdString());
      if (problem || opened.is_run)
        return complain(duet::ExitCode::usage,
                        problem ? QStringLiteral("--epochs: %1").arg(QString::fromStdString(problem->text))
                                : QStringLiteral("--epochs plans a new run; leave it out for a run folder."));
    }
  } catch (const duet::Error &error) {
    return complain(error.code(), QString::fromUtf8(error.what()));
  }
  if (const QString missing = missing_display(); !missing.isEmpty())
    return complain(duet::ExitCode::usage, missing);

  int one = 1;
  QApplication application(one, argv);
  QApplication::setOrganizationName(QStringLiteral("duet"));
  QApplication::setApplicationName(QStringLiteral("duet"));
  QApplication::setApplicationVersion(QStringLiteral(DUET_VERSION));
  const bool dark = QSettings().value(QStringLiteral("dark"), false).toBool() && options.screenshot.isEmpty();
  theme().setMode(options.theme.value_or(dark ? Theme::Mode::dark : Theme::Mode::light));
  theme().install();

  MainWindow window;
  if (options.size)
    window.resize(*options.size);
  else if (options.screenshot.isEmpty())
    window.restoreShape();
  int code = 0;
  if (!options.screenshot.isEmpty()) {
    window.setDiscardOnClose(true);
    QObject::connect(&window, &MainWindow::firstPainted, &window, [&] {
      QTimer::singleShot(static_cast<int>(options.after_seconds * 1000), &window, [&] {
        if (!write_picture(window, options.screenshot))
          code = complain(duet::ExitCode::write,
                          QStringLiteral("%1 cannot be written; choose a folder you may write to.")
                              .arg(options.screenshot));
        QApplication::exit(0);
      });
    });
  } else {
    window.files().offerKept();
  }
  window.start(opened, options.train);
  window.show();
  QApplication::exec();
  return code;
}
