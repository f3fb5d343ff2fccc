// The watchdog of the window's thread: an event counts without those it leads to.
#include "ui/bridge/slow_events.h"
#include <QTest>

using namespace duet::ui;

class TestSlowEvents : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void eachEventCountsWithoutThoseWithin() {
    SlowEvents slow(10);
    slow.begin();
    slow.begin();
    QTest::qSleep(30);
    slow.end("Paint of inner");
    slow.end("UpdateRequest of outer"); // did nothing itself
    QCOMPARE(slow.kinds().keys(), QStringList{"Paint of inner"});
    const SlowEvents::Kind first = slow.kinds()["Paint of inner"];
    QVERIFY(first.times == 1 && first.longest_ms >= 30 && first.sum_ms == first.longest_ms);
    slow.begin();
    QTest::qSleep(60);
    slow.end("UpdateRequest of outer");
    slow.begin();
    QTest::qSleep(15);
    slow.end("Paint of inner");
    QCOMPARE(slow.kinds()["Paint of inner"].times, 2);
    const QStringList lines = slow.report().split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].contains(", 1 times over 10 ms, ") && lines[0].endsWith(": UpdateRequest of outer"),
             qPrintable(lines[0])); // the longest first
    QVERIFY2(lines[1].contains(", 2 times over 10 ms, ") && lines[1].endsWith(": Paint of inner"),
             qPrintable(lines[1]));
  }
  void nothingSlowIsNothingSaid() {
    SlowEvents slow(1e6);
    slow.begin();
    slow.end("Timer of clock");
    QVERIFY(slow.report().isEmpty());
  }
};

QTEST_APPLESS_MAIN(TestSlowEvents)
#include "test_slow_events.moc"
