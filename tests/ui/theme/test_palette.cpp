// Text must be readable and graphics visible in both themes.
#include "ui/theme/icons.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"
#include <QDir>
#include <QImage>
#include <QTest>

using namespace duet::ui;

class TestPalette : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void contrastFormula() {
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    QVERIFY(std::abs(contrast(QColor("#777777"), Qt::white) - 4.48) < 0.01); // WCAG's well-known grey
  }

  void textReaches45() {
    for (const Palette *palette : {&light_palette(), &dark_palette()}) {
      for (const QColor &ground : {palette->bg, palette->panel, palette->field})
        for (const QColor &ink : {palette->text, palette->soft, palette->spiking_ink, palette->quantum_ink,
                                  palette->twin_ink, palette->fused_ink, palette->error_ink})
          QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(ink.name() + " on " + ground.name()));
      for (const QColor &fill : {palette->fused_fill, palette->error_fill, palette->spiking_ink,
                                 palette->quantum_ink, palette->twin_ink})
        QVERIFY2(contrast(palette->on_fill, fill) >= 4.5,
                 qPrintable(palette->on_fill.name() + " on " + fill.name()));
    }
  }

  /// Lines and edges of every voice; a surface has its edge around it.
  void strokesReach3() {
    for (const Palette *palette : {&light_palette(), &dark_palette()})
      for (const QColor &ground : {palette->bg, palette->panel, palette->field})
        for (const Voice voice : {Voice::spiking, Voice::quantum, Voice::twin, Voice::fused, Voice::error})
          QVERIFY2(contrast(palette->stroke(voice), ground) >= 3.0,
                   qPrintable(palette->stroke(voice).name() + " on " + ground.name()));
  }

  /// A twin is not taken for the circuit whose place it has, nor for any other voice.
  void voicesDiffer() {
    for (const Palette *palette : {&light_palette(), &dark_palette()})
      for (const Voice one : {Voice::spiking, Voice::quantum, Voice::twin, Voice::fused, Voice::error})
        for (const Voice other : {Voice::spiking, Voice::quantum, Voice::twin, Voice::fused, Voice::error})
          if (one != other) {
            const QColor a = palette->color(one), b = palette->color(other);
            const int apart =
                std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
            QVERIFY2(apart > 60, qPrintable(a.name() + " and " + b.name()));
          }
  }

  void styleSheetHasNoHoles() {
    for (const Palette *palette : {&light_palette(), &dark_palette()})
      QVERIFY2(!style_sheet(*palette).contains('@'), "a colour name is not known");
  }

  void everyIconPaints() {
    icon(QStringLiteral("play")); // registers the resource
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() >= 20);
    for (const QString &file : files) {
      const QImage image = icon_pixmap(file.chopped(4), Qt::red, 40, 1.0).toImage();
      int inked = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          inked += qAlpha(image.pixel(x, y)) > 128;
      QVERIFY2(inked > 20, qPrintable(file + " is blank"));
    }
  }

  void changeIsTold() {
    int told = 0;
    QObject::connect(&theme(), &Theme::changed, this, [&told] { ++told; });
    theme().setMode(Theme::Mode::dark);
    QCOMPARE(theme().palette().panel, dark_palette().panel);
    theme().setMode(Theme::Mode::dark);
    theme().setMode(Theme::Mode::light);
    QCOMPARE(told, 2);
  }

  void digitsTakeOneWidth() {
    const QFont used = duet::ui::font(13);
    QCOMPARE(tabular_width(used, QStringLiteral("1111")), tabular_width(used, QStringLiteral("8888")));
  }
};

QTEST_MAIN(TestPalette)
#include "test_palette.moc"
