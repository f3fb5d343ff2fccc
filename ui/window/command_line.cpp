#include "ui/window/command_line.h"
#include <QFileInfo>
#include <QRegularExpression>
#include <charconv>
#include <cmath>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace duet::ui {
namespace {

std::optional<double> number(const QString &text) {
  const QByteArray bytes = text.toLatin1();
  double value = 0;
  const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  if (error != std::errc() || end != bytes.data() + bytes.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<QSize> size_of(const QString &text) {
  static const QRegularExpression form(QStringLiteral("^([0-9]{1,5})x([0-9]{1,5})$"));
  const auto match = form.match(text);
  if (!match.hasMatch())
    return std::nullopt;
  const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
  if (size.width() < 640 || size.height() < 480 || size.width() > 7680 || size.height() > 4320)
    return std::nullopt;
  return size;
}

/// Takes one option's value; a sentence if it is not allowed.
QString take(Options &options, const QString &name, const QString &value) {
  if (name == QLatin1String("--size")) {
    options.size = size_of(value);
    if (!options.size)
      return QStringLiteral(
                 "--size is %1; allowed are WIDTHxHEIGHT from 640x480 to 7680x4320, such as 1280x800.")
          .arg(value);
  } else if (name == QLatin1String("--epochs")) {
    options.epochs = value;
  } else if (name == QLatin1String("--after")) {
    const auto seconds = number(value);
    if (!seconds || *seconds < 0 || *seconds > 86400)
      return QStringLiteral("--after is %1; allowed are seconds from 0 to 86400.").arg(value);
    options.after_seconds = *seconds;
  } else if (name == QLatin1String("--screenshot")) {
    if (!value.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
      return QStringLiteral("--screenshot is %1; name a file that ends in .png.").arg(value);
    options.screenshot = value;
  } else if (value == QLatin1String("light") || value == QLatin1String("dark")) {
    options.theme = value == QLatin1String("dark") ? Theme::Mode::dark : Theme::Mode::light;
  } else {
    return QStringLiteral("--theme is %1; allowed are light and dark.").arg(value);
  }
  return {};
}

/// Whether an X server answers at a local display such as ":0"; other displays are taken at their word.
bool display_answers(const QByteArray &display) {
  if (!display.startsWith(':') && !display.startsWith("unix:"))
    return true;
  const QByteArray number = display.mid(display.indexOf(':') + 1).split('.').first();
  const QByteArray path = "/tmp/.X11-unix/X" + number;
  for (const bool abstract : {false, true}) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (static_cast<std::size_t>(path.size()) + 2 > sizeof(address.sun_path))
      return true;
    std::memcpy(address.sun_path + (abstract ? 1 : 0), path.constData(),
                static_cast<std::size_t>(path.size()));
    const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0)
      return true;
    const auto length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(path.size()) + 1);
    const int answer = ::connect(file, reinterpret_cast<const sockaddr *>(&address), length);
    ::close(file);
    if (answer == 0)
      return true;
  }
  return false;
}

} // namespace

std::variant<Options, QString> parse_command_line(const QStringList &arguments) {
  Options options;
  bool after_given = false;
  for (qsizetype i = 0; i < arguments.size(); ++i) {
    const QString &argument = arguments[i];
    const QString name = argument.section('=', 0, 0);
    if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
      options.help = true;
    } else if (argument == QLatin1String("--version")) {
      options.version = true;
    } else if (argument == QLatin1String("--train")) {
      options.train = true;
    } else if (QStringList{"--size", "--epochs", "--screenshot", "--after", "--theme"}.contains(name)) {
      QString value = argument.section('=', 1);
      if (!argument.contains('=')) {
        if (i + 1 >= arguments.size())
          return QStringLiteral("%1 needs a value; see duet --help.").arg(name);
        value = arguments[++i];
      }
      if (const QString wrong = take(options, name, value); !wrong.isEmpty())
        return wrong;
      after_given = after_given || name == QLatin1String("--after");
    } else if (argument.startsWith('-') && argument.size() > 1) {
      return QStringLiteral("%1 is not an option of duet; see duet --help.").arg(argument);
    } else if (!options.file.isEmpty()) {
      return QStringLiteral("%1 is one file too many; duet opens one experiment, run folder or circuit.")
          .arg(argument);
    } else {
      options.file = argument;
    }
  }
  if (after_given && options.screenshot.isEmpty())
    return QStringLiteral("--after needs --screenshot FILE.png.");
  if (!options.file.isEmpty() && !QFileInfo::exists(options.file))
    return QStringLiteral("There is no file or folder %1.").arg(options.file);
  return options;
}

QString usage_text() {
  return QStringLiteral("duet: train a spiking network and a quantum circuit side by side, in a window.\n\n"
                        "  duet [EXPERIMENT.json | RUN_FOLDER | CIRCUIT.qasm] [options]\n\n"
                        "  --train                 start training at once\n"
                        "  --epochs N              plan N epochs; short for training.epochs\n"
                        "  --size WIDTHxHEIGHT     size of the window, such as 1280x800\n"
                        "  --theme light|dark      colours\n"
                        "  --screenshot FILE.png   write a picture of the whole window and end\n"
                        "  --after SECONDS         when, counted from the first paint (default 1)\n"
                        "  --version, --help\n\n"
                        "The same engine without a window: duet-cli --help\n");
}

QString missing_display() {
  const QByteArray platform = qgetenv("QT_QPA_PLATFORM").split(';').first().split(':').first();
  const QByteArray display = qgetenv("DISPLAY"), wayland = qgetenv("WAYLAND_DISPLAY");
  if (!platform.isEmpty() && platform != "xcb" && !platform.startsWith("wayland"))
    return {};
  if (platform.startsWith("wayland") ? !wayland.isEmpty() : (!wayland.isEmpty() && platform.isEmpty()))
    return {};
  if (platform.startsWith("wayland"))
    return QStringLiteral("There is no Wayland display to show a window on: set WAYLAND_DISPLAY, or train "
                          "without one with duet-cli train.");
  if (display.isEmpty())
    return QStringLiteral("There is no display to show a window on: set DISPLAY or WAYLAND_DISPLAY, or train "
                          "without one with duet-cli train.");
  if (!display_answers(display))
    return QStringLiteral(
               "No display answers at DISPLAY=%1: correct it, or train without a window with duet-cli train.")
        .arg(QString::fromLatin1(display));
  return {};
}

} // namespace duet::ui
