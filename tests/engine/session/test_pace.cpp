// Speed, time left and slow motion, with times made up.
#include "engine/session/pace.h"
#include <QtTest/QtTest>

using namespace duet;
using namespace std::chrono_literals;

class TestPace : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void speedIsOverTheLastSecondAndAHalf() {
    Pace pace;
    pace.reached({0, 0, 0});
    QCOMPARE(pace.images_per_second(), 0.0);
    QCOMPARE(pace.seconds_left(10, 1), 0.0); // not known yet
    pace.reached({1, 100, 10});
    QCOMPARE(pace.images_per_second(), 100.0);
    pace.reached({2, 400, 40}); // three times as fast; the first second goes
    pace.reached({2.5, 550, 55});
    QCOMPARE(pace.images_per_second(), 300.0);
    QCOMPARE(pace.seconds_left(60, 0), 2.0);
    pace.evaluated(0.5);
    QCOMPARE(pace.seconds_left(60, 4), 4.0);
    QCOMPARE(pace.seconds_left(-5, -1), 0.0);
    pace.begin();
    QCOMPARE(pace.images_per_second(), 0.0);
  }

  void slowMotionHasItsOwnSpeedAndTimeLeft() {
    Pace pace;
    const Pace::Clock::time_point now{};
    pace.reached({0, 0, 0});
    pace.reached({1, 3200, 100}); // 32 images a batch, 100 batches a second
    QCOMPARE(pace.images_per_second(), 3200.0);
    QCOMPARE(pace.seconds_left(200, 0), 2.0);
    pace.limit(4, now);
    QCOMPARE(pace.images_per_second(), 128.0);
    QCOMPARE(pace.seconds_left(200, 0), 50.0);
    QCOMPARE(pace.full_speed(), 3200.0); // what the machine could do stays known
    pace.limit(1000, now);               // no faster than it is
    QCOMPARE(pace.images_per_second(), 3200.0);
    pace.limit(0, now);
    QCOMPARE(pace.seconds_left(200, 0), 2.0);
  }

  void stepsComeInTheRhythm() {
    Pace pace;
    const Pace::Clock::time_point begin{};
    QVERIFY(pace.until_next_step(begin) <= 0s);
    pace.limit(4, begin);
    QVERIFY(pace.until_next_step(begin) <= 0s);
    pace.stepped(begin);
    QCOMPARE(pace.until_next_step(begin), Pace::Clock::duration(250ms));
    pace.stepped(begin + 260ms); // ten late: made up for
    QCOMPARE(pace.until_next_step(begin + 260ms), Pace::Clock::duration(240ms));
    pace.stepped(begin + 10s); // much later: not all at once
    QCOMPARE(pace.until_next_step(begin + 10s), Pace::Clock::duration(217ms));
  }
};

QTEST_APPLESS_MAIN(TestPace)
#include "test_pace.moc"
