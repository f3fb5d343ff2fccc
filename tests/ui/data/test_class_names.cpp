// Every class under the number it has in the files, wherever a view names one: classes 7, 3 and 41.
#include "engine/training/ratio_curve.h"
#include "tests/ui/fabricated_view.h"
#include "ui/canvas/canvas_scene.h"
#include "ui/data/class_name.h"
#include "ui/data/confusion_view.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/data/logits_fan.h"
#include "ui/data/selected_image_panel.h"
#include "ui/pages/errors_page.h"
#include "ui/theme/theme.h"
#include <QComboBox>
#include <QSignalSpy>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

const std::vector<int> classes = {7, 3, 41};
const QString none = QStringLiteral("\u2013");

QString name(int output) {
  return output < 3 ? QString::number(classes[static_cast<std::size_t>(output)]) : none;
}

std::shared_ptr<SessionView> three_classes() {
  Experiment experiment;
  experiment.data.classes = classes;
  const auto view = fabricated::view(experiment);
  view->phase = Phase::paused;
  return view;
}

int top(const Logits &logits) {
  return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

} // namespace

class TestClassNames : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void outputsBeyondTheClassesHaveNoNumber() {
    QCOMPARE(class_name(classes, 2), QString("41"));
    QCOMPARE(class_name(classes, 3), none);
    QCOMPARE(class_name(classes, -1), none);
  }

  void theGallery() {
    const auto view = three_classes();
    const TestAnswers &answers = *view->training.answers;
    GalleryView gallery;
    gallery.resize(230, 300);
    gallery.show();
    gallery.setView(view);
    gallery.setRatio(0.6);
    bool beyond = false;
    for (std::uint32_t i = 0; i < 400; ++i) {
      const int both = winner_at(answers.spiking[i], answers.quantum[i], 0.6);
      const QStringList expected = {name(answers.targets[i]), name(top(answers.spiking[i])),
                                    name(top(answers.quantum[i])), name(both)};
      QCOMPARE(gallery.namesBelow(i), expected);
      QCOMPARE(gallery.describe(i),
               QStringLiteral("test image %1, truth %2, spiking says %3, quantum says %4, together %5")
                   .arg(QString::number(i), expected[0], expected[1], expected[2], expected[3]));
      beyond = beyond || expected.contains(none);
    }
    QVERIFY(beyond); // the made-up networks also answer with outputs that stand for no class
  }

  void namesBelowAThumbnailHaveRoom() {
    GalleryView gallery;
    gallery.resize(230, 300);
    gallery.show();
    Experiment experiment;
    experiment.data.classes = {200, 101, 255};
    gallery.setView(fabricated::view(experiment));
    gallery.grab();
    QSignalSpy chosen(&gallery, &GalleryView::imageSelected);
    QTest::mouseClick(gallery.viewport(), Qt::LeftButton, {}, {225, 20}); // the last of the first row
    const auto columns = static_cast<int>(chosen.back().front().toUInt()) + 1;
    const double width = QFontMetricsF(font(11, QFont::Bold)).horizontalAdvance("255");
    QVERIFY((230.0 - 5 * (columns - 1)) / columns >= 4 * width);
  }

  void theFilter() {
    GalleryFilterBar bar;
    auto *list = bar.findChild<QComboBox *>("gallery.class");
    QCOMPARE(list->count(), 11);
    list->setCurrentIndex(list->findText("3"));
    QSignalSpy changes(&bar, &GalleryFilterBar::filterChanged);
    bar.setClasses(classes); // the class stays, its output is another
    QCOMPARE(list->currentText(), QString("3"));
    QCOMPARE(bar.filter().target, std::optional<int>(1));
    QCOMPARE(changes.size(), 1);
    QStringList offered;
    for (int i = 0; i < list->count(); ++i)
      offered << list->itemText(i);
    QCOMPARE(offered, QStringList({"all classes", "7", "3", "41"}));
    list->setCurrentIndex(3);
    QCOMPARE(bar.filter().target, std::optional<int>(2));
    bar.setClasses({0, 1}); // the class is gone: all
    QVERIFY(!bar.filter().target);
  }

  void theConfusionMatrix() {
    const auto view = three_classes();
    const MatrixSaid said =
        matrices_of(Voices(view->experiment), classes, view->training.answers.get(), 0.6).back();
    const auto &counts = said.counts;
    ConfusionView matrix;
    matrix.resize(340, 360);
    matrix.setSaid(said);
    matrix.show();
    QCOMPARE(matrix.rowNames(), QStringList({"7", "3", "41"}));
    const QStringList columns = matrix.columnNames();
    QCOMPARE(columns.mid(0, 3), matrix.rowNames());
    QVERIFY(columns.size() > 3); // somebody answered with another output
    for (const QString &beyond : columns.mid(3))
      QCOMPARE(beyond, none);
    QSignalSpy cells(&matrix, &ConfusionView::cellSelected), hovers(&matrix, &ConfusionView::hoverText);
    const QPoint place = matrix.cellRect(2, 1).center().toPoint();
    QTest::mouseClick(&matrix, Qt::LeftButton, {}, place);
    QCOMPARE(cells.front()[0].value<AnswerCell>(), (AnswerCell{Speaker::fused, 2, 1}));
    QTest::mouseMove(&matrix, place);
    QVERIFY(hovers.back()[0].toString().startsWith(QStringLiteral("%1 test image%2 of class 41 answered 3.")
                                                       .arg(counts->count[2][1])
                                                       .arg(counts->count[2][1] == 1 ? "" : "s")));
    const QString csv = matrix.toCsv();
    QVERIFY(csv.contains(QStringLiteral("\n41,3,%1\n").arg(counts->count[2][1])));
    std::uint32_t sum = 0;
    for (const QString &line : csv.split('\n', Qt::SkipEmptyParts).mid(1))
      sum += line.section(',', 2).toUInt();
    QCOMPARE(sum, 400U); // every image stands in one cell
  }

  void theErrorsPage() {
    ErrorsPage page;
    page.resize(900, 320);
    page.show();
    page.setView(three_classes());
    const auto matrices = page.findChildren<ConfusionView *>();
    QCOMPARE(matrices.size(), 3);
    for (const ConfusionView *matrix : matrices)
      QCOMPARE(matrix->rowNames(), QStringList({"7", "3", "41"}));
  }

  void theFan() {
    const auto view = three_classes();
    const Inspection &seen = *view->training.inspection;
    LogitsFan fan;
    fan.resize(220, 140);
    fan.setView(view);
    fan.show();
    const QStringList lines = fan.toCsv().split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 11);
    QStringList first;
    for (const QString &line : lines.mid(1))
      first << line.section(',', 0, 0);
    QCOMPARE(first, QStringList({"7", "3", "41", "", "", "", "", "", "", ""}));
    QSignalSpy hovers(&fan, &LogitsFan::hoverText);
    QTest::mouseMove(&fan, {110, 50});
    const int winner = winner_at(*seen.logits_spiking, *seen.logits_quantum, 0.5);
    QVERIFY2(hovers.back()[0].toString().contains(
                 QStringLiteral("the answer is %1, which is %2")
                     .arg(name(winner), winner == seen.target ? "right" : "wrong")),
             qPrintable(hovers.back()[0].toString()));
  }

  void theSelectedImage() {
    const auto view = three_classes();
    const Inspection &seen = *view->training.inspection;
    SelectedImagePanel panel;
    panel.setView(view);
    panel.setRatio(0.6);
    const auto rows = panel.rows();
    QCOMPARE(rows.size(), std::size_t{4});
    QCOMPARE(rows[0].value, name(seen.target));
    QCOMPARE(rows[1].value.section(' ', 0, 0), name(top(*seen.logits_spiking)));
    QCOMPARE(rows[2].value.section(' ', 0, 0), name(top(*seen.logits_quantum)));
    QCOMPARE(rows[3].value.section(' ', 0, 0),
             name(winner_at(*seen.logits_spiking, *seen.logits_quantum, 0.6)));
  }

  void theCanvas() {
    const auto view = three_classes();
    CanvasScene scene;
    scene.experiment = view->experiment;
    scene.inspection = view->training.inspection;
    scene.layout = canvas_layout(QSizeF(1400, 600), scene.experiment, 5);
    std::vector<ClassBars> all = {scene.answer_bars()};
    for (const Stack branch : {Stack::spiking, Stack::encoder}) {
      QVERIFY(scene.logit_bars(branch));
      all.push_back(*scene.logit_bars(branch));
    }
    for (const ClassBars &bars : all)
      for (int k = 0; k < 10; ++k)
        QCOMPARE(bars.names[static_cast<std::size_t>(k)], name(k));
    CanvasHit hit;
    hit.kind = CanvasHit::Kind::answer;
    hit.index = 2;
    QVERIFY(scene.describe(hit).startsWith("Class 41: "));
    hit.kind = CanvasHit::Kind::logit;
    QVERIFY(scene.describe(hit).startsWith("Logit of class 41 "));
    hit.kind = CanvasHit::Kind::image;
    QVERIFY(scene.describe(hit).contains("truth " + name(view->training.inspection->target)));
  }
};

QTEST_MAIN(TestClassNames)
#include "test_class_names.moc"
