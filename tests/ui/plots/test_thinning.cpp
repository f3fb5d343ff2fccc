#include "ui/plots/axis_ticks.h"
#include "ui/plots/label_places.h"
#include "ui/plots/thinning.h"
#include <QtTest/QtTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace duet::ui;

class TestThinning : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void keeps_the_extremes_of_every_column() {
    std::mt19937 engine(3);
    std::normal_distribution<double> value;
    std::vector<QPointF> points;
    for (int i = 0; i < 10000; ++i)
      points.emplace_back(i / 1000.0, value(engine));
    const int columns = 200;
    const QList<QPointF> kept = thinned(points, 0, 10, columns);
    QVERIFY(kept.size() <= 2 * columns + 2);
    QVERIFY(std::is_sorted(kept.begin(), kept.end(),
                           [](const QPointF &a, const QPointF &b) { return a.x() < b.x(); }));
    for (int column = 0; column < columns; ++column) {
      double low = 1e9, high = -1e9;
      for (const QPointF &p : points)
        if (static_cast<int>(p.x() / 10 * columns) == column) {
          low = std::min(low, p.y());
          high = std::max(high, p.y());
        }
      const auto has = [&](double y) {
        return std::any_of(kept.begin(), kept.end(), [y](const QPointF &p) { return p.y() == y; });
      };
      QVERIFY(has(low) && has(high));
    }
    QCOMPARE(kept.front(), points.front());
    QCOMPARE(kept.back(), points.back());
  }
  void few_points_stay_as_they_are() {
    const std::vector<QPointF> points = {{0, 1}, {1, 5}, {2, 2}};
    QCOMPARE(thinned(points, 0, 2, 100), QList<QPointF>(points.begin(), points.end()));
    QVERIFY(thinned({}, 0, 1, 10).isEmpty());
    const double nothing = std::nan(""), endless = INFINITY;
    QCOMPARE(thinned({{0, 1}, {1, nothing}, {2, endless}, {3, 4}}, 0, 3, 100),
             (QList<QPointF>{{0, 1}, {3, 4}}));
  }
  void stairs_hold_each_value() {
    const std::vector<QPointF> expected = {{0, 1}, {1, 1}, {1, 2}};
    QVERIFY(stairs({{0, 1}, {1, 2}}) == expected);
  }
  void ticks_are_round_and_cover_the_data() {
    for (const auto &[low, high] : {std::pair(0.0, 20.0), std::pair(0.137, 0.941), std::pair(-3.2, 0.01),
                                    std::pair(1e-7, 3e-7), std::pair(5.0, 5.0)}) {
      const AxisTicks ticks = nice_ticks(low, high, 5);
      QVERIFY(ticks.min <= low + 1e-12 && ticks.max >= high - 1e-12);
      QVERIFY(ticks.values().size() >= 2 && ticks.values().size() <= 12);
    }
    QCOMPARE(nice_ticks(0, 20, 5).text(5), QStringLiteral("5"));
    QCOMPARE(nice_ticks(0, 1, 5).text(0.2), QStringLiteral("0.2"));
    QCOMPARE(nice_ticks(0, 1, 4).text(0.25), QStringLiteral("0.25"));
  }
  void a_tiny_step_never_gives_endless_ticks() {
    AxisTicks ticks;
    ticks.min = 0;
    ticks.max = 1e9;
    ticks.step = 1e-9;
    QVERIFY(ticks.values().size() <= 2);
  }
  void labels_do_not_touch() {
    const std::vector<double> place = spread({50, 51, 52, 10}, 15, 0, 200);
    std::vector<double> sorted = place;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 1; i < sorted.size(); ++i)
      QVERIFY(sorted[i] - sorted[i - 1] >= 15 - 1e-9);
    QVERIFY(sorted.front() >= 7.5 && sorted.back() <= 192.5);
    const std::vector<double> low = spread({199, 200}, 15, 0, 200);
    QCOMPARE(low[1], 192.5);
    QCOMPARE(low[0], 177.5);
    QCOMPARE(stack_rows({0, 10, 60}, {50, 50, 20}, 4, 2), (std::vector<int>{0, 1, 0}));
    QCOMPARE(stack_rows({0, 10}, {50, 50}, 4, 1), (std::vector<int>{0, -1}));
  }
};

QTEST_APPLESS_MAIN(TestThinning)
#include "test_thinning.moc"
