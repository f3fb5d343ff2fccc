#include "engine/training/ratio_curve.h"
#include "tests/ui/fabricated_view.h"
#include "tests/ui/settle.h"
#include "ui/data/confusion_view.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/data/image_voices.h"
#include "ui/data/logits_fan.h"
#include "ui/data/selected_image_panel.h"
#include "ui/theme/theme.h"
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <numeric>

using namespace duet;
using namespace duet::ui;

class TestDataViews : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void filters_equal_looking_at_each_image() {
    const auto view = fabricated::view();
    const TestAnswers &answers = *view->training.answers;
    const double ratio = 0.45;
    const std::vector<ImageAnswer> answered = answers_at(answers, ratio);
    for (const auto kind :
         {GalleryFilter::Kind::all, GalleryFilter::Kind::wrong, GalleryFilter::Kind::disagree})
      for (const std::optional<int> digit : {std::optional<int>(), std::optional<int>(4)}) {
        std::vector<std::uint32_t> expected;
        for (std::size_t i = 0; i < answers.targets.size(); ++i) {
          const int s = winner_at(answers.spiking[i], answers.quantum[i], 0),
                    q = winner_at(answers.spiking[i], answers.quantum[i], 1);
          const int both = winner_at(answers.spiking[i], answers.quantum[i], ratio);
          const bool passes = kind == GalleryFilter::Kind::all ||
                              (kind == GalleryFilter::Kind::wrong ? both != answers.targets[i] : s != q);
          if (passes && (!digit || answers.targets[i] == *digit))
            expected.push_back(static_cast<std::uint32_t>(i));
        }
        QCOMPARE(filtered(answers.targets, answered, {kind, digit}), expected);
      }
    QVERIFY(filtered(answers.targets, {}, {GalleryFilter::Kind::wrong, {}}).empty()); // nothing answered yet
  }
  void one_branch_is_the_answer() {
    TestAnswers answers = *fabricated::view()->training.answers;
    answers.quantum.clear();
    for (const ImageAnswer &answer : answers_at(answers, 0.9)) {
      QCOMPARE(answer.quantum, static_cast<std::int8_t>(-1));
      QCOMPARE(answer.fused, answer.spiking);
    }
  }
  void the_gallery_selects_by_mouse_and_keys() {
    GalleryView gallery;
    gallery.resize(230, 300);
    gallery.show();
    gallery.setView(fabricated::view());
    gallery.grab();
    QCOMPARE(gallery.shownCount(), 400);
    QSignalSpy chosen(&gallery, &GalleryView::imageSelected);
    QTest::mouseClick(gallery.viewport(), Qt::LeftButton, {}, {20, 20});
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.back().front().toUInt(), 0U);
    QTest::keyClick(&gallery, Qt::Key_Right);
    QCOMPARE(chosen.back().front().toUInt(), 1U);
    QTest::keyClick(&gallery, Qt::Key_Down);
    const unsigned below = chosen.back().front().toUInt();
    QVERIFY(below > 3 && below < 8);
    QTest::keyClick(&gallery, Qt::Key_End);
    QCOMPARE(chosen.back().front().toUInt(), 399U);
    QCOMPARE(gallery.next(1), std::optional<std::uint32_t>(0));
    QTest::keyClick(&gallery, Qt::Key_Home);
    QCOMPARE(gallery.next(-1), std::optional<std::uint32_t>(399));
  }
  void nothing_new_nothing_painted() {
    GalleryView gallery;
    SelectedImagePanel panel;
    LogitsFan fan;
    const auto view = fabricated::view();
    for (QWidget *widget : std::initializer_list<QWidget *>{&gallery, &panel, &fan}) {
      widget->resize(230, 300);
      widget->show();
    }
    const auto give = [&](const std::shared_ptr<const SessionView> &given) {
      gallery.setView(given);
      panel.setView(given);
      fan.setView(given);
      fabricated::settled([&] { return gallery.repaints() + panel.repaints() + fan.repaints(); });
    };
    give(view);
    const int before[] = {gallery.repaints(), panel.repaints(), fan.repaints()};
    auto again = std::make_shared<SessionView>(*view);
    again->images_per_second = 1; // of no concern here
    again->training.step += 1;
    give(again);
    QCOMPARE(gallery.repaints(), before[0]);
    QCOMPARE(panel.repaints(), before[1]);
    QCOMPARE(fan.repaints(), before[2]);
    again = std::make_shared<SessionView>(*again);
    again->training.inspection = std::make_shared<Inspection>(*again->training.inspection);
    give(again);
    QCOMPARE(gallery.repaints(), before[0]);
    QVERIFY(panel.repaints() > before[1]);
    QVERIFY(fan.repaints() > before[2]);
  }
  void a_hidden_gallery_waits() {
    GalleryView gallery;
    gallery.setView(fabricated::view());
    QCOMPARE(gallery.shownCount(), 0);
    gallery.show();
    QCOMPARE(gallery.shownCount(), 400);
  }
  void old_answers_are_not_shown_for_other_images() {
    auto view = fabricated::view();
    view->dataset = fabricated::dataset(30, 99);
    GalleryView gallery;
    gallery.show();
    gallery.setView(view);
    QCOMPARE(gallery.shownCount(), 30);
    gallery.setFilter({GalleryFilter::Kind::wrong, {}});
    QCOMPARE(gallery.shownCount(), 0);
  }
  void voices_are_softmax_probabilities() {
    const auto view = fabricated::view();
    const ImageVoices voices = voices_of(*view->training.inspection, 0.6);
    QVERIFY(std::abs(std::accumulate(voices.probabilities.begin(), voices.probabilities.end(), 0.0) - 1) <
            1e-12);
    QCOMPARE(voices.fused.output, winner_at(*view->training.inspection->logits_spiking,
                                            *view->training.inspection->logits_quantum, 0.6));
    Logits large{};
    large[3] = 1000;
    QCOMPARE(softmax(large)[3], 1.0);
  }
  void the_fan_asks_for_the_ratio_under_the_pointer() {
    LogitsFan fan;
    fan.resize(220, 140);
    fan.setView(fabricated::view());
    fan.show();
    QSignalSpy wanted(&fan, &LogitsFan::ratioWanted);
    QTest::mouseClick(&fan, Qt::LeftButton, {}, {110, 50});
    QCOMPARE(wanted.size(), 1);
    QVERIFY(std::abs(wanted.front().front().toDouble() - 0.5) < 0.01);
    Experiment alone;
    alone.model.kind = ModelKind::spiking;
    fan.setView(fabricated::view(alone));
    QTest::mouseClick(&fan, Qt::LeftButton, {}, {110, 50});
    QCOMPARE(wanted.size(), 1); // there is no ratio to ask for
    QCOMPARE(fan.toCsv().count(QLatin1Char('\n')), 1);
  }
  void confusion_counts_every_image_once() {
    const auto view = fabricated::view();
    const std::vector<ImageAnswer> answered = answers_at(*view->training.answers, 0.6);
    const auto counts = confusion(view->training.answers->targets, answered, Speaker::fused);
    QVERIFY(counts);
    std::uint32_t sum = 0;
    for (const auto &row : counts->count)
      sum += std::accumulate(row.begin(), row.end(), 0U);
    QCOMPARE(sum, 400U);
    QCOMPARE(counts->correct, ratio_curve(*view->training.answers).correct_at(0.6));
    QVERIFY(!confusion({1, 2}, {ImageAnswer{}, ImageAnswer{}}, Speaker::quantum));
    ConfusionView matrix;
    matrix.resize(300, 320);
    const MatrixSaid said = matrices_of(Voices(view->experiment), view->experiment.data.classes,
                                        view->training.answers.get(), 0.6)
                                .back();
    QCOMPARE(said.counts, counts);
    matrix.setSaid(said);
    matrix.show();
    QSignalSpy cells(&matrix, &ConfusionView::cellSelected);
    QTest::mouseClick(&matrix, Qt::LeftButton, {}, matrix.cellRect(7, 2).center().toPoint());
    QCOMPARE(cells.size(), 1);
    QCOMPARE(cells.front()[0].value<AnswerCell>(), (AnswerCell{Speaker::fused, 7, 2}));
  }
  /// Wrong is told by shape as well as by colour: discs beside squares in a matrix, a cross on a thumbnail.
  void wrong_has_a_shape_of_its_own() {
    const auto view = fabricated::view();
    ConfusionView matrix;
    const auto matrices = matrices_of(Voices(view->experiment), view->experiment.data.classes,
                                      view->training.answers.get(), 0.6);
    matrix.setSaid(matrices.back());
    matrix.resize(420, 440);
    const QImage image = matrix.grab().toImage();
    const Palette &palette = theme().palette();
    const QColor ground = image.pixelColor(1, 1);
    int squares = 0, discs = 0;
    for (int truth = 0; truth < 10; ++truth)
      for (int answer = 0; answer < 10; ++answer) {
        if (matrices.back()
                .counts->count[static_cast<std::size_t>(truth)][static_cast<std::size_t>(answer)] == 0)
          continue;
        const QRectF cell = matrix.cellRect(truth, answer);
        const bool corner_filled = image.pixelColor((cell.topLeft() + QPointF(4, 4)).toPoint()) != ground;
        QVERIFY(image.pixelColor((cell.center() + QPointF(0, 0.3 * cell.height())).toPoint()) != ground);
        QCOMPARE(corner_filled, truth == answer);
        (corner_filled ? squares : discs) += 1;
      }
    QVERIFY(squares > 5 && discs > 5);

    GalleryView gallery;
    gallery.resize(230, 300);
    gallery.show();
    gallery.setView(view);
    gallery.setRatio(0.6);
    const QImage thumbs = gallery.viewport()->grab().toImage();
    const auto answers = answers_at(*view->training.answers, 0.6);
    int crosses = 0;
    for (std::size_t place = 0; place < 20; ++place) {
      const QRectF cell = gallery.cellRect(place);
      const QPoint centre((cell.topRight() + QPointF(-8, 8)).toPoint());
      bool cross = false;
      for (int dx = -1; dx <= 1; ++dx)
        cross = cross || thumbs.pixelColor(centre + QPoint(dx, 0)) == palette.error;
      QCOMPARE(cross, answers[place].fused != view->dataset->test.targets[place]);
      crosses += cross;
    }
    QVERIFY(crosses > 0 && crosses < 20);
  }
  void the_filter_bar_says_what_was_chosen() {
    GalleryFilterBar bar;
    QSignalSpy changes(&bar, &GalleryFilterBar::filterChanged);
    bar.findChild<QComboBox *>("gallery.filter")->setCurrentIndex(2);
    bar.findChild<QComboBox *>("gallery.class")->setCurrentIndex(5);
    QCOMPARE(changes.size(), 2);
    QVERIFY(bar.filter() == (GalleryFilter{GalleryFilter::Kind::disagree, 4}));
    const AnswerCell cell{Speaker::quantum, 3, 5};
    bar.show();
    bar.setCell(cell, Voices());
    QCOMPARE(changes.size(), 3);
    QCOMPARE(bar.filter().cell, std::optional(cell));
    auto *words = bar.findChild<QLabel *>("gallery.cell");
    QVERIFY(words->isVisible() && !bar.findChild<QComboBox *>("gallery.filter")->isVisible());
    QVERIFY2(words->text().contains("truth 3, quantum branch answers 5"), qPrintable(words->text()));
    Experiment twin;
    twin.quantum.ansatz = Ansatz::none;
    bar.setCell(cell, Voices(twin));
    QVERIFY2(words->text().contains("truth 3, tanh twin answers 5"), qPrintable(words->text()));
    bar.setCell(std::nullopt, Voices());
    QVERIFY(bar.filter() == (GalleryFilter{GalleryFilter::Kind::disagree, 4})); // as it was chosen before
  }
};

QTEST_MAIN(TestDataViews)
#include "test_data_views.moc"
