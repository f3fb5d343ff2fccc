// Numbers and times as they are read.
#include "engine/base/number_text.h"
#include <QTest>
#include <charconv>
#include <cmath>
#include <limits>

using namespace duet;

class TestNumberText : public QObject {
  Q_OBJECT

  static double read_back(const std::string &text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

private Q_SLOTS:
  void theShortestReadsBack() {
    QCOMPARE(number_text(0.1), std::string("0.1"));
    QCOMPARE(number_text(1e-5), std::string("1e-05"));
    QCOMPARE(number_text(0.1F), std::string("0.1")); // as float, not the 0.10000000149 of its double
    for (const double value : {1.0 / 3, 5e-324, -std::numeric_limits<double>::max()})
      QCOMPARE(read_back(number_text(value)), value);
    QCOMPARE(number_text(std::numeric_limits<double>::lowest()).size(), std::size_t{24});
  }

  void digitsAreThoseAskedFor() {
    QCOMPARE(significant(0.0123456, 4), std::string("0.01235"));
    QCOMPARE(significant(-std::nan(""), 4), std::string("nan"));
    QCOMPARE(rounded(0.97996, 3), std::string("0.980"));
    QCOMPARE(rounded(1e300, 4), std::string("1e+300")); // no page of digits
  }

  void timesAreRoundedUp() {
    QCOMPARE(duration(-1), std::string("0 s"));
    QCOMPARE(duration(3.2), std::string("4 s"));
    QCOMPARE(duration(59.5), std::string("1 min 0 s"));
    QCOMPARE(duration(200), std::string("3 min 20 s"));
    QCOMPARE(duration(3900), std::string("1 h 5 min"));
  }
};

QTEST_APPLESS_MAIN(TestNumberText)
#include "test_number_text.moc"
