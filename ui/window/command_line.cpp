#include "ui/window/command_line.h"
#include "engine/base/typed_number.h"
#include <QCommandLineParser>
#include <QFileInfo>
#include <QRegularExpression>

namespace duet::ui {
namespace {

struct KnownOptions {
  const QCommandLineOption train{QStringLiteral("train")}, version{QStringLiteral("version")},
      help{{QStringLiteral("help"), QStringLiteral("h")}},
      size = valued("size"), text_size = valued("text-size"), epochs = valued("epochs"),
      theme = valued("theme"), screenshot = valued("screenshot"), after = valued("after");

  static QCommandLineOption valued(const char *name) {
    return {QLatin1String(name), {}, QStringLiteral("value")};
  }
};

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

QString take_size(Options &options, const QString &value) {
  options.size = size_of(value);
  return options.size
             ? QString()
             : QStringLiteral(
                   "--size is %1; allowed are WIDTHxHEIGHT from 640x480 to 7680x4320, such as 1280x800.")
                   .arg(value);
}

QString take_text_size(Options &options, const QString &value) {
  const auto read = read_typed_number(value.toStdString());
  const auto *percent = std::get_if<TypedNumber>(&read);
  if (!percent || percent->value < smallest_text_percent || percent->value > largest_text_percent)
    return QStringLiteral("--text-size is %1; allowed are %2 to %3, in percent.")
        .arg(value)
        .arg(smallest_text_percent)
        .arg(largest_text_percent);
  options.text_percent = static_cast<int>(percent->value);
  return {};
}

QString take_theme(Options &options, const QString &value) {
  if (value != QLatin1String("light") && value != QLatin1String("dark"))
    return QStringLiteral("--theme is %1; allowed are light and dark.").arg(value);
  options.theme = value == QLatin1String("dark") ? Theme::Mode::dark : Theme::Mode::light;
  return {};
}

QString take_screenshot(Options &options, const QString &value) {
  options.screenshot = value;
  return value.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)
             ? QString()
             : QStringLiteral("--screenshot is %1; name a file that ends in .png.").arg(value);
}

QString take_after(Options &options, const QString &value) {
  const auto read = read_typed_number(value.toStdString());
  const auto *seconds = std::get_if<TypedNumber>(&read);
  if (!seconds || seconds->value < 0 || seconds->value > 86400)
    return QStringLiteral("--after is %1; allowed are seconds from 0 to 86400.").arg(value);
  options.after_seconds = seconds->value;
  return {};
}

QString take_epochs(Options &options, const QString &value) {
  options.epochs = value;
  return {};
}

/// What the parser does not check: a sentence for the first thing that is wrong.
QString take_values(Options &options, const QCommandLineParser &parser, const KnownOptions &known) {
  using Take = QString (*)(Options &, const QString &);
  const std::pair<const QCommandLineOption *, Take> values[] = {
      {&known.size, take_size},   {&known.text_size, take_text_size},   {&known.epochs, take_epochs},
      {&known.theme, take_theme}, {&known.screenshot, take_screenshot}, {&known.after, take_after}};
  for (const auto &[option, take] : values) {
    const QStringList given = parser.values(*option);
    if (given.size() > 1)
      return QStringLiteral("--%1 is given twice; give it once.").arg(option->names().first());
    if (!given.isEmpty())
      if (const QString wrong = take(options, given.first()); !wrong.isEmpty())
        return wrong;
  }
  if (parser.isSet(known.after) && !parser.isSet(known.screenshot))
    return QStringLiteral("--after needs --screenshot FILE.png.");
  return {};
}

QString take_file(Options &options, const QStringList &given) {
  if (given.size() > 1)
    return QStringLiteral("%1 is one file too many; duet opens one experiment, run folder or circuit.")
        .arg(given[1]);
  if (given.isEmpty())
    return {};
  options.file = given.first();
  return QFileInfo::exists(options.file) ? QString()
                                         : QStringLiteral("There is no file or folder %1.").arg(options.file);
}

} // namespace

std::variant<Options, QString> parse_command_line(const QStringList &arguments) {
  const KnownOptions known;
  QCommandLineParser parser;
  parser.addOptions({known.train, known.epochs, known.size, known.text_size, known.theme, known.screenshot,
                     known.after, known.version, known.help});
  const bool parsed = parser.parse(QStringList{QStringLiteral("duet")} + arguments);
  if (const QStringList unknown = parser.unknownOptionNames(); !unknown.isEmpty())
    return QStringLiteral("%1%2 is not an option of duet; see duet --help.")
        .arg(QLatin1String(unknown.first().size() > 1 ? "--" : "-"), unknown.first());
  if (!parsed)
    return parser.errorText().chopped(1) + QStringLiteral("; see duet --help.");
  Options options;
  options.help = parser.isSet(known.help);
  options.version = parser.isSet(known.version);
  options.train = parser.isSet(known.train);
  if (const QString wrong = take_values(options, parser, known); !wrong.isEmpty())
    return wrong;
  if (const QString wrong = take_file(options, parser.positionalArguments()); !wrong.isEmpty())
    return wrong;
  return options;
}

QString usage_text() {
  return QStringLiteral("duet: train a spiking network and a quantum circuit side by side, in a window.\n\n"
                        "  duet [EXPERIMENT.json | RUN_FOLDER | CIRCUIT.qasm] [options]\n\n"
                        "  --train                 start training at once\n"
                        "  --epochs N              plan N epochs; short for training.epochs\n"
                        "  --size WIDTHxHEIGHT     size of the window, such as 1280x800\n"
                        "  --text-size PERCENT     of text and all that carries it, 100 to 250\n"
                        "  --theme light|dark      colours\n"
                        "  --screenshot FILE.png   write a picture of the whole window and end\n"
                        "  --after SECONDS         when, counted from the first paint (default 1)\n"
                        "  --version, --help\n\n"
                        "The same engine without a window: duet-cli --help\n");
}

QString missing_display() {
  if (const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
      !platform.isEmpty() && platform != "xcb" && !platform.startsWith("wayland"))
    return QStringLiteral(
               "Qt cannot show a window by QT_QPA_PLATFORM=%1: unset it, or train without one with "
               "duet-cli train.")
        .arg(QString::fromLocal8Bit(platform));
  if (const QByteArray display = qgetenv("DISPLAY");
      !display.isEmpty() && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
    return QStringLiteral(
               "No display answers at DISPLAY=%1: correct it, or train without a window with duet-cli "
               "train.")
        .arg(QString::fromLocal8Bit(display));
  return QStringLiteral("There is no display to show a window on: set DISPLAY or WAYLAND_DISPLAY, or train "
                        "without one with duet-cli train.");
}

} // namespace duet::ui
