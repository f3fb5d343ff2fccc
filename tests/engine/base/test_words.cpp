// Words of sentences.
#include "engine/base/words.h"
#include <QtTest/QTest>

using namespace duet;

class TestWords : public QObject {
  Q_OBJECT
  using Words = std::vector<std::string>;

private Q_SLOTS:
  void oneIsNotSeveral() {
    QCOMPARE(counted(0, "epoch"), std::string("0 epochs"));
    QCOMPARE(counted(1, "epoch"), std::string("1 epoch"));
    QCOMPARE(counted(2, "test image"), std::string("2 test images"));
  }

  void listsAreSentences() {
    QCOMPARE(listed(Words{}), std::string(""));
    QCOMPARE(listed(Words{"a"}), std::string("a"));
    QCOMPARE(listed(Words{"a", "b"}), std::string("a and b"));
    QCOMPARE(listed(Words{"a", "b", "c"}, " or "), std::string("a, b or c"));
  }

  void slipsOfTheFingersAreGuessed() {
    const Words known = {"train", "evaluate", "training.epochs", "--epochs", "ppf", "poisson"};
    const std::pair<const char *, const char *> slips[] = {{"tran", "train"},
                                                           {"trian", "train"},
                                                           {"evalute", "evaluate"},
                                                           {"training.epoch", "training.epochs"},
                                                           {"--epoch", "--epochs"},
                                                           {"pff", "ppf"},
                                                           {"possion", "poisson"},
                                                           {"train", "train"},
                                                           {"dance", ""},
                                                           {"x", ""},
                                                           {"", ""},
                                                           {"evaluation of all", ""}};
    for (const auto &[typed, meant] : slips)
      QCOMPARE(closest(typed, known), std::string(meant));
    QCOMPARE(closest(std::string(1'000'000, 'a'), known), std::string());
  }
};

QTEST_APPLESS_MAIN(TestWords)
#include "test_words.moc"
