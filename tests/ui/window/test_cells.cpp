// A click on a cell of a confusion matrix lists the images counted there, and no others.
#include "tests/ui/fabricated_view.h"
#include "ui/data/confusion_view.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/panels/inspector.h"
#include "ui/panels/selection.h"
#include "ui/theme/theme.h"
#include "ui/window/bottom_tabs.h"
#include <QLabel>
#include <QPushButton>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

/// The class with the highest logit, asked of the logits themselves.
int answer(const TestAnswers &answers, Speaker who, std::size_t image, double ratio) {
  std::array<double, 10> z{};
  for (std::size_t k = 0; k < z.size(); ++k) {
    const double s = answers.spiking.empty() ? 0 : static_cast<double>(answers.spiking[image][k]);
    const double q = answers.quantum.empty() ? 0 : static_cast<double>(answers.quantum[image][k]);
    z[k] = who == Speaker::spiking ? s : who == Speaker::quantum ? q : (1 - ratio) * s + ratio * q;
  }
  return static_cast<int>(std::max_element(z.begin(), z.end()) - z.begin());
}

/// The pages and the inspector of a window, side by side.
struct Scene {
  Selection selection;
  BottomTabs tabs{selection};
  Inspector inspector{selection};

  explicit Scene(const std::shared_ptr<const SessionView> &view, double ratio) {
    tabs.resize(1000, 420);
    inspector.resize(258, 900);
    tabs.setCurrentIndex(3);
    for (QWidget *each : std::initializer_list<QWidget *>{&tabs, &inspector})
      each->show();
    tabs.setView(view);
    inspector.setView(view);
    tabs.setRatio(ratio);
    inspector.setRatio(ratio);
    QCoreApplication::processEvents(); // a page made for a shown tab appears with the next turn
  }
  void click(ConfusionView *matrix, int truth, int says) {
    QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect(truth, says).center().toPoint());
  }
};

} // namespace

class TestCells : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void everyCellListsTheImagesCountedThere_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("twin");
    QTest::addColumn<double>("ratio");
    QTest::newRow("parallel") << 0 << false << 0.6;
    QTest::newRow("parallel, through the lens") << 0 << false << 0.07;
    QTest::newRow("twin") << 0 << true << 0.6;
    QTest::newRow("spiking") << 1 << false << 0.0;
    QTest::newRow("serial") << 2 << false << 1.0;
  }
  void everyCellListsTheImagesCountedThere() {
    QFETCH(int, kind);
    QFETCH(bool, twin);
    QFETCH(double, ratio);
    Experiment experiment;
    experiment.model.kind = static_cast<ModelKind>(kind);
    if (twin)
      experiment.quantum.ansatz = Ansatz::none;
    const auto view = fabricated::view(experiment);
    const TestAnswers &answers = *view->training.answers;
    Scene scene(view, ratio);
    const Voices voices(experiment);
    int filled = 0;
    for (ConfusionView *matrix : scene.tabs.findChildren<ConfusionView *>()) {
      const NamedVoice *voice = voices.find(matrix->said().who);
      QCOMPARE(matrix->isVisible(), matrix->said().counts.has_value() && voice);
      if (!matrix->isVisible())
        continue;
      for (int truth = 0; truth < 10; ++truth)
        for (int says = 0; says < 10; ++says) {
          std::vector<std::uint32_t> expected;
          for (std::size_t i = 0; i < answers.targets.size(); ++i)
            if (answers.targets[i] == truth && answer(answers, voice->who, i, ratio) == says)
              expected.push_back(static_cast<std::uint32_t>(i));
          scene.click(matrix, truth, says);
          QCOMPARE(scene.selection.cell(), std::optional(AnswerCell{voice->who, truth, says}));
          QCOMPARE(scene.inspector.gallery().shown(), expected);
          QCOMPARE(
              matrix->said().counts->count[static_cast<std::size_t>(truth)][static_cast<std::size_t>(says)],
              static_cast<std::uint32_t>(expected.size()));
          const QString words = scene.inspector.filterBar().findChild<QLabel *>("gallery.cell")->text();
          QVERIFY2(words.contains(voice->who == Speaker::fused ? "together" : voice->name),
                   qPrintable(words));
          QVERIFY2(words.contains(QString::number(expected.size()) + " of 400"), qPrintable(words));
          if (!expected.empty()) {
            QCOMPARE(scene.selection.image(), expected.front());
            ++filled;
          }
        }
      scene.click(matrix, 9, 9); // again: the last one clicked
      QVERIFY(!scene.selection.cell());
      QCOMPARE(scene.inspector.gallery().shownCount(), 400);
    }
    QVERIFY(filled > 10);
  }

  void theCellIsMarkedWhereItIsAndNowhereElse() {
    Scene scene(fabricated::view(), 0.6);
    auto *spiking = scene.tabs.findChild<ConfusionView *>("confusion-spiking");
    auto *together = scene.tabs.findChild<ConfusionView *>("confusion-together");
    const QImage plain = spiking->grab().toImage(), other = together->grab().toImage();
    scene.click(spiking, 4, 4);
    const QImage marked = spiking->grab().toImage();
    QVERIFY(marked != plain);
    QCOMPARE(together->grab().toImage(), other);
    const QRect cell = spiking->cellRect(4, 4).adjusted(-4, -4, 4, 4).toAlignedRect();
    for (int y = 0; y < plain.height(); ++y)
      for (int x = 0; x < plain.width(); ++x)
        QVERIFY(cell.contains(x, y) || marked.pixel(x, y) == plain.pixel(x, y));
    scene.selection.clear(); // Esc
    QCOMPARE(spiking->grab().toImage(), plain);
    scene.click(spiking, 4, 4);
    scene.inspector.filterBar().findChild<QPushButton *>("gallery.clearCell")->click();
    QVERIFY(!scene.selection.cell());
    QCOMPARE(spiking->grab().toImage(), plain);
  }

  void aCellOfABranchThatIsGoneIsGone() {
    Scene scene(fabricated::view(), 0.6);
    scene.click(scene.tabs.findChild<ConfusionView *>("confusion-quantum"), 2, 2);
    QVERIFY(scene.selection.cell());
    Experiment alone;
    alone.model.kind = ModelKind::spiking;
    scene.inspector.setView(fabricated::view(alone));
    QVERIFY(!scene.selection.cell());
    QCOMPARE(scene.inspector.gallery().shownCount(), 400);
  }
};

QTEST_MAIN(TestCells)
#include "test_cells.moc"
