// What is said of settings that are allowed but hardly meant.
#include "engine/experiment/remarks.h"
#include "tests/engine/training/small_data.h"
#include <QTest>

using namespace duet;

namespace {

QStringList said(const std::vector<Problem> &remarks) {
  QStringList texts;
  for (const Problem &remark : remarks)
    texts << QString::fromStdString(remark.path + ": " + remark.text);
  return texts;
}

/// A set of ten bars whose files hold 150 and 70 images of 10 x 10 pixels, some of every class.
Dataset bars() {
  Dataset data = *small_data::dataset();
  for (const auto &[set, counts] :
       {std::pair(&data.train, &data.files.train), std::pair(&data.test, &data.files.test)})
    for (const std::uint8_t target : set->targets)
      ++counts->images[target];
  return data;
}

} // namespace

class TestRemarks : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void nothingToSay() { QCOMPARE(said(remarks(Experiment{}, bars())), QStringList()); }

  void noiseThatDoesNothing() {
    Experiment e;
    e.data.noise.kind = NoiseKind::gaussian;
    QCOMPARE(said(remarks(e)),
             QStringList{
                 "data.noise.kind: data.noise.kind is gaussian, but data.noise.amount is 0: the images stay "
                 "as they are."});
    e.data.noise.amount = 0.3;
    QCOMPARE(said(remarks(e)), QStringList());
    e.data.noise.kind = NoiseKind::none;
    QCOMPARE(said(remarks(e, bars())),
             QStringList{
                 "data.noise.amount: data.noise.amount is 0.3, but data.noise.kind is none: the images stay "
                 "as they are."});
  }

  void limitsAboveWhatThereIs() {
    Experiment e;
    e.data.train_limit = 150; // exactly all
    e.data.test_limit = 55600;
    QCOMPARE(
        said(remarks(e, bars())),
        QStringList{"data.test_limit: data.test_limit is 55600, but bars has 70 test images: all are used."});
    e.data.train_limit = 151;
    QCOMPARE(said(remarks(e, bars())).size(), 2);
    QVERIFY(said(remarks(e, bars())).front().contains("bars has 150 training images: all are used"));
    QCOMPARE(said(remarks(e, bars(), Purpose::evaluation)).size(), 1); // nothing is trained
  }

  void labelsLeftOut() {
    Experiment e;
    Dataset data = bars();
    data.files.train.images[41] = 1200;
    data.files.test.images[10] = 2;
    QCOMPARE(said(remarks(e, data)),
             QStringList{
                 "data.classes: Left out of bars, for their labels are not in data.classes: 1,200 of 1,350 "
                 "training images and 2 of 72 test images."});
    QCOMPARE(
        said(remarks(e, data, Purpose::evaluation)),
        QStringList{"data.classes: Left out of bars, for their labels are not in data.classes: 2 of 72 test "
                    "images."});
    Dataset nines = bars(); // labels up to 9 are chosen from without a word
    nines.files.train.images[3] = 5000;
    e.data.classes = {0, 1, 2, 4, 5, 6, 7, 8, 9, 3};
    QCOMPARE(said(remarks(e, nines)), QStringList());
  }

  void classesWithoutImages() {
    Experiment e;
    e.data.classes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 41};
    Dataset data = bars();
    std::ranges::replace(data.train.targets, std::uint8_t{9}, std::uint8_t{1});
    std::ranges::replace(data.train.targets, std::uint8_t{3}, std::uint8_t{1});
    std::ranges::replace(data.test.targets, std::uint8_t{9}, std::uint8_t{1});
    const QStringList texts = said(remarks(e, data));
    QCOMPARE(texts.size(), 2);
    QCOMPARE(texts[0],
             QString("data.classes: None of the 150 training images is of class 3 and 41, which therefore "
                     "cannot be learned."));
    QCOMPARE(texts[1],
             QString("data.classes: None of the 70 test images is of class 41, of which the test therefore "
                     "says nothing."));
  }

  void aShareTooSmallForAClass() {
    Experiment e;
    e.data.validation = 0.1;
    Dataset data = *small_data::dataset(150, 70, 60);
    QCOMPARE(said(remarks(e, data)), QStringList());
    std::ranges::replace(data.validation.targets, std::uint8_t{6}, std::uint8_t{5});
    QCOMPARE(said(remarks(e, data)),
             QStringList{"data.validation: None of the 60 validation images is of class 6, for which "
                         "data.validation is too small."});
  }

  void batchesAndShiftsTooLargeForTheImages() {
    Experiment e;
    e.training.batch = 151;
    e.data.augment.shift_px = 10;
    const QStringList texts = said(remarks(e, bars()));
    QCOMPARE(texts.size(), 2);
    QVERIFY(texts[0].contains("training.batch is 151, but there are 150 training images"));
    QVERIFY(texts[1].contains("data.augment.shift_px is 10, and the images are 10 x 10 pixels"));
    e.training.batch = 150;
    e.data.augment.shift_px = 9;
    QCOMPARE(said(remarks(e, bars())), QStringList());
  }
};

QTEST_APPLESS_MAIN(TestRemarks)
#include "test_remarks.moc"
