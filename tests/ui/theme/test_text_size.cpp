// One size of text for everything: fonts, lengths, the style sheet and painted widgets.
#include "ui/theme/paint.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"
#include "ui/theme/unit_widget.h"
#include <QApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace duet::ui;

namespace {

/// Remembers where it was touched, and paints a dot there.
class Touched : public UnitWidget {
public:
  QPointF pressed, turned;
  using UnitWidget::UnitWidget;

protected:
  void mousePressEvent(QMouseEvent *event) override { pressed = event->position(); }
  void wheelEvent(QWheelEvent *event) override {
    turned = event->position();
    event->accept();
  }
  void paintEvent(QPaintEvent *) override {
    UnitPainter painter(this);
    painter.fillRect(unitRect(), Qt::white);
    painter.fillRect(QRectF(20, 10, 4, 4), Qt::black);
  }
};

} // namespace

class TestTextSize : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }
  void cleanup() { theme().setTextPercent(100); }

  void sizesGoUpAndDownInSteps() {
    QCOMPARE(next_text_percent(100, 1), 110);
    QCOMPARE(next_text_percent(115, 1), 125);
    QCOMPARE(next_text_percent(250, 1), 250);
    QCOMPARE(next_text_percent(250, -1), 225);
    QCOMPARE(next_text_percent(115, -1), 110);
    QCOMPARE(next_text_percent(100, -1), 100);
    for (int percent = smallest_text_percent, steps = 0; percent < largest_text_percent; ++steps) {
      QVERIFY(steps < 10);
      percent = next_text_percent(percent, 1);
    }
  }

  void theThemeHoldsTheLimits() {
    QSignalSpy changes(&theme(), &Theme::textSizeChanged);
    theme().setTextPercent(1000);
    QCOMPARE(theme().textPercent(), 250);
    theme().setTextPercent(10);
    QCOMPARE(theme().textPercent(), 100);
    theme().setTextPercent(100);
    QCOMPARE(changes.count(), 2);
    QVERIFY(desktop_text_percent() >= smallest_text_percent &&
            desktop_text_percent() <= largest_text_percent);
    QCOMPARE(desktop_text_percent() % 5, 0);
  }

  void fontsAndLengthsFollow() {
    QLabel label(QStringLiteral("Accuracy"));
    set_text_font(&label, 13);
    const int before = label.sizeHint().width();
    QCOMPARE(px(34), 34);
    theme().setTextPercent(200);
    QCOMPARE(px(34), 68);
    QCOMPARE(px(QSize(3, 5)), QSize(6, 10));
    QCOMPARE(label.font().pixelSize(), 26);
    QCOMPARE(QApplication::font().pixelSize(), 26);
    QVERIFY(label.sizeHint().width() > 1.8 * before);
    QCOMPARE(font(13).pixelSize(), 13); // for painters, which are scaled themselves
  }

  void theStyleSheetGrowsButItsHairLines() {
    const QString twice = style_sheet(light_palette(), 2);
    QVERIFY(twice.contains(QStringLiteral("font-size: 26px")) && twice.contains(QStringLiteral("1px solid")));
    QVERIFY(!twice.contains(QStringLiteral("2px solid @")) && !twice.contains(QStringLiteral("11px")));
    QCOMPARE(style_sheet(light_palette(), 1), style_sheet(light_palette()));
  }

  void paintedWidgetsAreTouchedWhereTheyArePainted() {
    for (const int percent : {100, 125, 250}) {
      theme().setTextPercent(percent);
      Touched widget;
      widget.resize(400, 300);
      QVERIFY(std::abs(widget.unitWidth() - 40000.0 / percent) < 1e-9);
      const QImage picture = widget.grab().toImage();
      const QPoint dot = (QPointF(22, 12) * percent / 100).toPoint();
      QCOMPARE(picture.pixelColor(dot), QColor(Qt::black));
      QTest::mousePress(&widget, Qt::LeftButton, {}, dot);
      QVERIFY((widget.pressed - QPointF(22, 12)).manhattanLength() < 0.9);
      QWheelEvent wheel(dot, dot, {}, {0, 120}, {}, {}, Qt::NoScrollPhase, false);
      wheel.ignore();
      QApplication::sendEvent(&widget, &wheel);
      QVERIFY((widget.turned - QPointF(22, 12)).manhattanLength() < 0.9);
      QVERIFY(wheel.isAccepted());
    }
  }

  void noWordIsCut() {
    const QString text = QStringLiteral("12 weights, 8 act, 3 fixed");
    const QFont used = font(12);
    const auto width = [&used](const char *part) {
      return QFontMetricsF(used).horizontalAdvance(QLatin1String(part)) + 0.1;
    };
    QCOMPARE(parts_that_fit(used, 1000, text), text);
    QCOMPARE(parts_that_fit(used, width("12 weights, 8 act, 3 fix"), text),
             QStringLiteral("12 weights, 8 act"));
    QCOMPARE(parts_that_fit(used, width("12 weights"), text), QStringLiteral("12 weights"));
    QCOMPARE(parts_that_fit(used, width("12 weig"), text), QString());
  }
};

QTEST_MAIN(TestTextSize)
#include "test_text_size.moc"
