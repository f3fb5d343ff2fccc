// The arguments of duet, and duet itself run as a program.
#include "ui/window/command_line.h"
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace duet::ui;

namespace {

QString wrong(const QStringList &arguments) {
  const auto parsed = parse_command_line(arguments);
  const auto *sentence = std::get_if<QString>(&parsed);
  return sentence ? *sentence : QString();
}

struct Outcome {
  int code = -1;
  QString error, output;
};

Outcome run(const QStringList &arguments, const QStringList &without = {}, const QString &home = {}) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
  environment.insert(QStringLiteral("XDG_DATA_HOME"), home);
  environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
  for (const QString &name : without)
    environment.remove(name);
  process.setProcessEnvironment(environment);
  process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/duet"), arguments);
  if (!process.waitForFinished(60000))
    return {};
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
          QString::fromUtf8(process.readAllStandardError()),
          QString::fromUtf8(process.readAllStandardOutput())};
}

} // namespace

class TestCommandLine : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;

private Q_SLOTS:
  void readsWhatIsNamed() {
    const auto parsed = parse_command_line(
        {"--train", "--size", "1280x800", "--screenshot", "a.png", "--after", "0.5", "--theme", "dark"});
    const auto *options = std::get_if<Options>(&parsed);
    QVERIFY(options);
    QVERIFY(options->train);
    QCOMPARE(*options->size, QSize(1280, 800));
    QCOMPARE(options->screenshot, QStringLiteral("a.png"));
    QCOMPARE(options->after_seconds, 0.5);
    QVERIFY(options->theme == Theme::Mode::dark);
  }

  void saysWhatIsWrong() {
    QVERIFY(wrong({"--size", "big"}).contains("1280x800"));
    QVERIFY(wrong({"--size", "1x1"}).contains("640x480"));
    QVERIFY(wrong({"--size"}).contains("Missing value after '--size'"));
    QVERIFY(wrong({"--epochs"}).contains("Missing value after '--epochs'"));
    QVERIFY(wrong({"--size", "1280x800", "--size", "1440x900"}).contains("--size is given twice"));
    QVERIFY(wrong({"--train=yes"}).contains("--train"));
    QVERIFY(wrong({".", " ."}).contains("one file too many"));
    QVERIFY(wrong({"--after", "-1", "--screenshot", "a.png"}).contains("--after"));
    QVERIFY(wrong({"--after", "1"}).contains("--screenshot"));
    QVERIFY(wrong({"--screenshot", "a.jpg"}).contains(".png"));
    QVERIFY(wrong({"--colour"}).contains("--colour"));
    QVERIFY(wrong({"--theme", "pink"}).contains("light"));
    QVERIFY(wrong({"/nowhere/at/all.json"}).contains("/nowhere/at/all.json"));
  }

  void badUsageEndsWith2() {
    for (const QStringList &arguments : {QStringList{"--colour"}, QStringList{"/nowhere.json"},
                                         QStringList{"--size", "9"}, QStringList{"--epochs", "-3"}}) {
      const Outcome outcome = run(arguments, {}, folder_.path());
      QCOMPARE(outcome.code, 2);
      QCOMPARE(outcome.error.count('\n'), 1);
    }
  }

  void withoutADisplayItSaysSo() {
    const Outcome outcome = run({}, {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}, folder_.path());
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.error.contains("set DISPLAY"), qPrintable(outcome.error));
    QCOMPARE(outcome.error.count('\n'), 1);
    qputenv("DISPLAY", ":4711"); // nobody there
    const Outcome silent = run({}, {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}, folder_.path());
    qunsetenv("DISPLAY");
    QCOMPARE(silent.code, 2);
    QVERIFY2(silent.error.contains("DISPLAY=:4711"), qPrintable(silent.error));
    QCOMPARE(silent.error.count('\n'), 1);
  }

  void writesAPictureOfTheWindow() {
    const QString picture = folder_.filePath("window.png");
    const Outcome outcome =
        run({"--size", "1280x800", "--screenshot", picture, "--after", "2.5", "--train"}, {}, folder_.path());
    QCOMPARE(outcome.code, 0);
    const QImage image(picture);
    QCOMPARE(image.size(), QSize(1280, 800));
    // The run button's green, the lanes' orange and blue are somewhere in it.
    for (const QColor &colour :
         {light_palette().fused_fill, light_palette().spiking, light_palette().quantum}) {
      int found = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          found += image.pixel(x, y) == colour.rgb();
      QVERIFY2(found > 100, qPrintable(colour.name()));
    }
  }

  void anUnwritablePictureEndsWith4() {
    const Outcome outcome =
        run({"--screenshot", "/proc/none/window.png", "--after", "0"}, {}, folder_.path());
    QCOMPARE(outcome.code, 4);
    QVERIFY(outcome.error.contains("/proc/none/window.png"));
  }
};

QTEST_MAIN(TestCommandLine)
#include "test_command_line.moc"
