#include "ui/plots/chart_layout.h"
#include "ui/plots/line_chart.h"
#include "ui/theme/theme.h"
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <cmath>

using namespace duet::ui;

namespace {

std::vector<QPointF> wave(int points) {
  std::vector<QPointF> result;
  for (int i = 0; i < points; ++i)
    result.emplace_back(20.0 * i / points, 0.5 + 0.4 * std::sin(i * 0.01));
  return result;
}

/// Pixels that differ between two pictures of the chart.
int differing(const QImage &a, const QImage &b) {
  int count = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x)
      count += a.pixel(x, y) != b.pixel(x, y);
  return count;
}

} // namespace

class TestLineChart : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void the_same_again_changes_nothing() {
    LineChart chart("Accuracy", "accuracy");
    const int curve = chart.addCurve("test", {Voice::fused, CurveStyle::Stroke::thick, 1});
    chart.replace(curve, wave(100));
    chart.setEndLabel(curve, "together 0.9");
    chart.setMarks({{2, "ratio 0.6 to 0.7"}});
    const int before = chart.updates();
    chart.replace(curve, wave(100));
    chart.setEndLabel(curve, "together 0.9");
    chart.setMarks({{2, "ratio 0.6 to 0.7"}});
    chart.setCursor(std::nan(""));
    QCOMPARE(chart.updates(), before);
    chart.replace(curve, wave(101));
    QCOMPARE(chart.updates(), before + 1);
  }
  void long_curves_are_thinned_for_drawing_only() {
    LineChart chart("Loss", "loss");
    chart.resize(600, 300);
    const int curve = chart.addCurve("training", {});
    chart.replace(curve, wave(20000));
    chart.grab();
    QVERIFY(chart.drawnPoints(curve) > 300);
    QVERIFY(chart.drawnPoints(curve) <= 1000);
    QCOMPARE(chart.toCsv().count(QLatin1Char('\n')), 20001);
  }
  void the_curve_is_seen_where_it_belongs() {
    LineChart chart("Level", "level");
    chart.resize(400, 300);
    const QImage empty = chart.grab().toImage();
    const int curve = chart.addCurve("test", {Voice::fused, CurveStyle::Stroke::thick, 1});
    AxisStyle axis;
    axis.grows = false;
    chart.setXAxis(axis);
    chart.setYAxis(axis);
    chart.replace(curve, {{0, 0.25}, {1, 0.25}});
    const QImage filled = chart.grab().toImage();
    QVERIFY(differing(empty, filled) > 200);
    const QRectF area = chart.plotArea();
    const QPoint on(static_cast<int>(area.center().x() + 11),
                    static_cast<int>(area.bottom() - 0.25 * area.height()));
    const QColor seen = filled.pixelColor(on), wanted = theme().palette().fused;
    QVERIFY2(std::abs(seen.red() - wanted.red()) < 30 && std::abs(seen.green() - wanted.green()) < 30,
             qPrintable(seen.name()));
  }
  void the_read_out_names_curves_and_values() {
    LineChart chart("Accuracy", "accuracy");
    AxisStyle x;
    x.title = "epoch";
    chart.setXAxis(x);
    chart.replace(chart.addCurve("test, together", {}), {{1, 0.5}, {2, 0.75}, {3, 0.8}});
    QCOMPARE(chart.readOutAt(2.1), QStringLiteral("epoch 2: test, together 0.750")); // where the point is
    QCOMPARE(chart.readOutAt(9), QString());
  }
  void the_read_out_tells_points_and_their_places() {
    LineChart chart("Accuracy", "accuracy");
    chart.resize(500, 300);
    AxisStyle x;
    x.title = "epoch";
    x.max = 10;
    chart.setXAxis(x);
    std::vector<QPointF> often;
    for (int k = 1; k <= 200; ++k)
      often.emplace_back(k / 20.0, k * 0.004);
    chart.replace(chart.addCurve("training", {}), often);
    chart.replace(chart.addCurve("test", {}), {{4, 0.25}, {5, 0.5}, {6, 0.75}});
    chart.setMarks({{5.36, "learning rate 0.003 to 0.001"}});
    QCOMPARE(chart.readOutAt(5.37),
             QStringLiteral("epoch 5.35: training 0.428, test 0.500 (epoch 5); changed here: "
                            "learning rate 0.003 to 0.001"));
    QCOMPARE(chart.readOutAt(5.01), QStringLiteral("epoch 5: training 0.400, test 0.500"));
    QCOMPARE(chart.readOutAt(9), QStringLiteral("epoch 9: training 0.720")); // no test there
  }
  void a_staircase_holds_its_value_between_its_points() {
    LineChart chart("Accuracy", "accuracy");
    AxisStyle x;
    x.title = "ratio";
    chart.setXAxis(x);
    chart.setReadOutDecimals(3, 3);
    chart.replace(chart.addCurve("together", {Voice::fused, CurveStyle::Stroke::step, 1}),
                  {{0, 0.5}, {0.4, 0.75}, {1, 0.75}});
    QCOMPARE(chart.readOutAt(0.377), QStringLiteral("ratio 0.377: together 0.500"));
    QCOMPARE(chart.readOutAt(0.5), QStringLiteral("ratio 0.5: together 0.750"));
  }
  void one_point_is_seen() {
    for (const CurveStyle::Stroke stroke : {CurveStyle::Stroke::thick, CurveStyle::Stroke::thin,
                                            CurveStyle::Stroke::dots, CurveStyle::Stroke::step}) {
      LineChart chart("Accuracy", "accuracy");
      chart.resize(400, 300);
      AxisStyle axis;
      axis.grows = false;
      chart.setXAxis(axis);
      chart.setYAxis(axis);
      chart.replace(chart.addCurve("test", {Voice::quantum, stroke, 1}), {{0.5, 0.5}});
      const QPoint at = chart.plotArea().center().toPoint();
      const QColor seen = chart.grab().toImage().pixelColor(at), wanted = theme().palette().quantum;
      QVERIFY2(std::abs(seen.red() - wanted.red()) < 60, qPrintable(seen.name()));
    }
  }
  void curves_end_at_the_borders_of_the_plot() {
    LineChart chart("Accuracy", "accuracy");
    chart.resize(400, 300);
    AxisStyle x, y;
    x.grows = y.grows = false;
    x.max = 10;
    y.min = 0.5;
    chart.setXAxis(x);
    chart.setYAxis(y);
    chart.replace(chart.addCurve("test", {}), {{0, 0.1}, {2, 0.9}, {3, 0.2}, {4, 0.7}, {12, 1.2}});
    const ChartLayout &layout = chart.shown();
    QCOMPARE(layout.lines[0].values.size(), std::size_t{2});
    QCOMPARE(layout.lines[0].values[0].first(), QPointF(1, 0.5));
    QCOMPARE(layout.lines[0].values[1].last().y(), 1.0);
    for (const QPolygonF &piece : layout.lines[0].pixels)
      for (const QPointF &point : piece)
        QVERIFY(layout.area.adjusted(-0.01, -0.01, 0.01, 0.01).contains(point));
  }
  void a_click_picks_the_value_under_it() {
    LineChart chart("Ratio", "ratio");
    chart.resize(400, 300);
    AxisStyle axis;
    axis.grows = false;
    chart.setXAxis(axis);
    chart.replace(chart.addCurve("together", {}), {{0, 0}, {1, 1}});
    chart.show();
    chart.grab();
    QSignalSpy picked(&chart, &LineChart::xPicked);
    const QRectF area = chart.plotArea();
    QTest::mouseClick(&chart, Qt::LeftButton, {},
                      QPointF(area.left() + 0.25 * area.width(), area.center().y()).toPoint());
    QCOMPARE(picked.size(), 1);
    QVERIFY(std::abs(picked.front().front().toDouble() - 0.25) < 0.01);
  }
  void exports_are_well_formed() {
    QTemporaryDir folder;
    LineChart chart("Accuracy", "accuracy");
    chart.resize(500, 300);
    AxisStyle x;
    x.title = "epoch";
    chart.setXAxis(x);
    const int curve = chart.addCurve("test, \"together\"", {Voice::fused, CurveStyle::Stroke::thick, 1});
    chart.replace(curve, {{1, 0.1}, {2, 0.30000000000000004}});
    for (const char *ending : {"png", "svg", "pdf", "csv"}) {
      const QString path = folder.filePath(QStringLiteral("chart.") + QLatin1String(ending));
      QCOMPARE(exportTo(chart, path), QString());
      QVERIFY(QFileInfo(path).size() > 40);
    }
    QImage png(folder.filePath("chart.png"));
    QCOMPARE(png.size(), (QSizeF(chart.exportSize()) * 300 / 96).toSize());
    QSvgRenderer svg(folder.filePath("chart.svg"));
    QVERIFY(svg.isValid());
    QFile pdf(folder.filePath("chart.pdf"));
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    QVERIFY(pdf.readAll().startsWith("%PDF-"));
    QFile csv(folder.filePath("chart.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(csv.readAll()),
             QStringLiteral("curve,\"epoch\",\"Accuracy\"\n\"test, \"\"together\"\"\",1,0.1\n\"test, "
                            "\"\"together\"\"\",2,0.30000000000000004\n"));
    QVERIFY(exportTo(chart, folder.filePath("chart.gif")).contains("ending"));
    QVERIFY(exportTo(chart, "/nowhere/at/all/chart.png").contains("could not be written"));
  }
};

QTEST_MAIN(TestLineChart)
#include "test_line_chart.moc"
