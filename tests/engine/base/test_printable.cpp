// Text of others within sentences: one line of UTF-8, whatever it was.
#include "engine/base/error.h"
#include "engine/base/printable.h"
#include <QTest>

using namespace duet;

class TestPrintable : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void whatCanBeShownStays() {
    const std::string text = "größe 日本 🦆 'x' \\ \"y\"";
    QCOMPARE(printable(text), text);
    QCOMPARE(printable(""), std::string());
  }

  void theRestIsEscaped() {
    QCOMPARE(printable("a\nb\tc\r\x7f"), std::string("a\\x0ab\\x09c\\x0d\\x7f"));
    QCOMPARE(printable("\xc2\x85"), std::string("\\xc2\\x85")); // a C1 control
    QCOMPARE(printable("\xff\xc3("), std::string("\\xff\\xc3("));
    QCOMPARE(printable(std::string_view("\0", 1)), std::string("\\x00"));
    for (const char *no_character :
         {"\xc0\x80", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80"}) {
      QCOMPARE(character_length(no_character), std::size_t{0});
      QVERIFY(!is_utf8(no_character));
    }
    QVERIFY(is_utf8("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"));
  }

  void longTextsAreCutBetweenLetters() {
    QCOMPARE(printable("éééé", 4), std::string("éééé"));
    QCOMPARE(printable("ééééé", 4), std::string("éééé..."));
  }

  /// Every failure is one line, whatever file or value it speaks of.
  void failuresAreOneLine() {
    QCOMPARE(std::string(Error(ExitCode::usage, "There is no file a\nb.").what()),
             std::string("There is no file a\\x0ab."));
  }
};

QTEST_APPLESS_MAIN(TestPrintable)
#include "test_printable.moc"
