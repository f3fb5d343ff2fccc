// Whether the suite really runs under the locale that tests/run.sh says it runs under.
#include <QTest>
#include <clocale>
#include <cstdlib>
#include <string>

class TestLocale : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void theDecimalPointIsTheExpectedOne() {
    const char *expected = std::getenv("DUET_DECIMAL_POINT"); // set by tests/run.sh
    const std::string point = std::localeconv()->decimal_point;
    if (expected)
      QCOMPARE(point, std::string(expected));
    QCOMPARE(std::strtod("0.5", nullptr), point == "." ? 0.5 : 0.0);
  }
};

QTEST_APPLESS_MAIN(TestLocale)
#include "test_locale.moc"
