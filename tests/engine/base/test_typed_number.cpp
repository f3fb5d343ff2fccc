// Numbers as people type them.
#include "engine/base/typed_number.h"
#include <QtTest/QTest>

using namespace duet;

namespace {

std::optional<double> value(const char *text, bool whole = false) {
  const auto read = read_typed_number(text, whole);
  const auto *number = std::get_if<TypedNumber>(&read);
  return number ? std::optional(number->value) : std::nullopt;
}
bool is(NumberFault fault, const char *text) {
  const auto read = read_typed_number(text);
  return std::holds_alternative<NumberFault>(read) && std::get<NumberFault>(read) == fault;
}
bool refused(const char *text) { return is(NumberFault::not_a_number, text); }
bool two_readings(const char *text) { return is(NumberFault::two_readings, text); }

} // namespace

class TestTypedNumber : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void pointAndCommaAreOne() {
    QCOMPARE(*value("0.5"), 0.5);
    QCOMPARE(*value("0,5"), 0.5);
    QCOMPARE(*value(",5"), 0.5);
    QCOMPARE(*value(".5"), 0.5);
    QCOMPARE(*value("5."), 5.0);
    QCOMPARE(*value("0,001"), 0.001);
    QCOMPARE(*value("12,25"), 12.25);
    QCOMPARE(*value("1,2345"), 1.2345);
    QCOMPARE(*value("1.000"), 1.0); // a point is a point
    QCOMPARE(*value("-0,25"), -0.25);
    QCOMPARE(*value("\u22120,25"), -0.25);
    QCOMPARE(*value("+3"), 3.0);
  }

  void percentIsExact() {
    QCOMPARE(*value("70 %"), 0.7);
    QCOMPARE(*value("70%"), 0.7);
    QCOMPARE(*value("0,1\u202f%"), 0.001);
    QCOMPARE(*value("12.5%"), 0.125);
    QCOMPARE(*value("100 %"), 1.0);
  }

  void exponents() {
    QCOMPARE(*value("2e-3"), 2e-3);
    QCOMPARE(*value("2,5E-3"), 2.5e-3);
    QCOMPARE(*value("1e+3"), 1000.0);
    QCOMPARE(*value("1e3", true), 1000.0);
  }

  void groupsOfThree() {
    QCOMPARE(*value("1 000"), 1000.0);
    QCOMPARE(*value("1\u00a0000\u202f000"), 1e6);
    QCOMPARE(*value("1'000,5"), 1000.5);
    QCOMPARE(*value("1\u2019000"), 1000.0);
    QCOMPARE(*value("1,000,000"), 1e6);
    QCOMPARE(*value("1.000.000"), 1e6);
    QCOMPARE(*value("1,000.5"), 1000.5);
    QCOMPARE(*value("1.000,5"), 1000.5);
    QCOMPARE(*value("60,000", true), 60000.0);
  }

  void whatHasTwoReadingsIsNotGuessed() {
    QVERIFY(two_readings("1,000"));
    QVERIFY(two_readings("12,500"));
    QVERIFY(!two_readings("0,125"));
  }

  void wholeNumbersStayExact() {
    const auto read = read_typed_number("9007199254740993");
    QCOMPARE(*std::get<TypedNumber>(read).whole, 9007199254740993LL);
    QVERIFY(!std::get<TypedNumber>(read_typed_number("10.0")).whole);
    QVERIFY(!std::get<TypedNumber>(read_typed_number("50 %")).whole);
  }

  void nonsenseIsRefused() {
    for (const char *text : {"",         " ",         "%",      "-",     ".",
                             ",",        "e",         "e5",     "1e",    "1e5000000000",
                             "--1",      "+-1",       "1e+-2",  "many",  "0x10",
                             "inf",      "nan",       "1 00",   "10 00", "1000 000",
                             "1,00,000", "1,000 000", "1.2.3",  "1,2,3", "1.000,000.5",
                             "0.5.",     "5 5 %",     "50 % %", "1..2",  "1 ,5",
                             "1e999",    "\xff",      "\u00bd"})
      QVERIFY2(refused(text), text);
  }
};

QTEST_APPLESS_MAIN(TestTypedNumber)
#include "test_typed_number.moc"
