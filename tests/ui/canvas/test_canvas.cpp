#include "tests/ui/fabricated_view.h"
#include "tests/ui/settle.h"
#include "ui/canvas/canvas_scene.h"
#include "ui/canvas/canvas_view.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QPainter>
#include <QSignalSpy>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

Experiment of(ModelKind kind) {
  Experiment experiment;
  experiment.model.kind = kind;
  return experiment;
}

/// A paused view: nothing crawls, so repaints are countable.
std::shared_ptr<SessionView> still(const Experiment &experiment = {}) {
  auto view = fabricated::view(experiment);
  view->phase = Phase::paused;
  return view;
}

} // namespace

class TestCanvas : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void every_neuron_has_one_cell() {
    for (const int neurons : {1, 7, 128, 1000, 4096}) {
      const CellGrid grid = cell_grid(QRectF(10, 20, 240, 126), neurons);
      QVERIFY(grid.columns * grid.rows >= neurons);
      for (int n = 0; n < neurons; n += 1 + neurons / 50) {
        QVERIFY(QRectF(9.9, 19.9, 240.2, 126.2).contains(grid.cell(n)));
        QCOMPARE(grid.neuron_at(grid.cell(n).center()), std::optional<int>(n));
      }
    }
    QVERIFY(!cell_grid(QRectF(0, 0, 100, 100), 5).neuron_at({200, 5}));
  }
  void cells_brighten_with_the_rate() {
    LayerRecord layer{3, 4, {0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1}, {}, {}};
    const std::vector<double> bright = brightness_by_rate(layer);
    QCOMPARE(bright[0], 0.0);
    QVERIFY(bright[1] > 0 && bright[1] < bright[2]);
    QCOMPARE(bright[2], 1.0);
    const std::vector<double> at_step = brightness_at_step(layer, 0, 1.0);
    QCOMPARE(at_step[0], 0.0);
    QCOMPARE(at_step[1], 1.0);
  }
  void parts_keep_apart_at_every_size() {
    for (const ModelKind kind : {ModelKind::parallel, ModelKind::spiking, ModelKind::serial})
      for (const QSize size : {QSize(500, 256), QSize(560, 320), QSize(700, 400), QSize(920, 498),
                               QSize(1400, 800), QSize(1680, 640)}) {
        const CanvasLayout layout = canvas_layout(QSizeF(size), of(kind), 5);
        const QRectF all(0, 0, size.width(), size.height());
        for (const QRectF &part : {layout.image, layout.upper.card, layout.lower.card, layout.answers})
          QVERIFY(all.contains(part));
        QVERIFY(layout.image.right() < layout.upper.card.left());
        QVERIFY(layout.upper.card.bottom() < layout.lower.card.top());
        QVERIFY(layout.upper.card.right() < layout.mixer.x() - layout.mixer_radius);
        QVERIFY(layout.mixer.x() + layout.mixer_radius < layout.answers.left() - 20);
        for (const QRectF &layer : layout.upper.layers)
          QVERIFY(layout.upper.card.contains(layer));
      }
  }
  /// As wide as it is in a window of 1280 px, and narrower.
  void logits_and_encoder_are_there_in_little_room() {
    for (const QSize size : {QSize(640, 330), QSize(743, 412), QSize(920, 498), QSize(1600, 800)}) {
      const Experiment experiment = of(ModelKind::parallel);
      const LaneLayout lane = canvas_layout(QSizeF(size), experiment, 5).lower;
      QCOMPARE(lane.layers.size(), experiment.spiking.hidden.size());
      QVERIFY(lane.bars.width() >= 30 && lane.layers[0].width() >= 30 && lane.circuit.width() >= 80);
      const QRectF named = lane.bars.adjusted(-22, 0, 0, 0); // with the names of its classes
      for (const QRectF &part : {lane.layers[0], lane.circuit, lane.dials, named})
        QVERIFY(lane.card.contains(part));
      QVERIFY(lane.layers[0].right() < lane.circuit.left());
      QVERIFY(lane.circuit.right() < lane.dials.left() && lane.dials.right() < named.left());
    }
  }

  void clicks_say_what_was_meant() {
    CanvasView canvas;
    canvas.resize(920, 498);
    const auto view = still();
    canvas.setView(view);
    canvas.show();
    canvas.grab();
    CanvasScene scene; // the same places, asked directly
    scene.experiment = view->experiment;
    scene.inspection = view->training.inspection;
    scene.layout = canvas_layout({920, 498}, view->experiment, 5);
    QSignalSpy images(&canvas, &CanvasView::nextImageWanted),
        earlier(&canvas, &CanvasView::previousImageWanted);
    QSignalSpy neurons(&canvas, &CanvasView::neuronSelected), classes(&canvas, &CanvasView::classSelected);
    QSignalSpy gates(&canvas, &CanvasView::gateSelected);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, scene.layout.image.center().toPoint());
    QTest::mouseClick(&canvas, Qt::LeftButton, Qt::ShiftModifier, scene.layout.image.center().toPoint());
    QCOMPARE(images.size(), 1);
    QCOMPARE(earlier.size(), 1);
    const CellGrid cells = scene.grids(Stack::spiking).front();
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, cells.cell(37).center().toPoint());
    QCOMPARE(neurons.size(), 1);
    QVERIFY(neurons.front().front().value<std::optional<NeuronId>>() == (NeuronId{Stack::spiking, 0, 37}));
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, scene.answer_bars().row(6).center().toPoint());
    QCOMPARE(classes.front().front().value<std::optional<int>>(), std::optional<int>(6));
    const QRectF circuit = scene.circuit_rect();
    for (double x = circuit.left() + 2; x < circuit.right() && gates.isEmpty(); x += 4)
      QTest::mouseClick(&canvas, Qt::LeftButton, {},
                        QPointF(x, circuit.top() + 0.1 * circuit.height()).toPoint());
    QVERIFY(!gates.isEmpty());
  }
  void every_part_explains_itself() {
    CanvasScene scene;
    const auto view = still();
    scene.experiment = view->experiment;
    scene.inspection = view->training.inspection;
    scene.layout = canvas_layout({920, 498}, view->experiment, 5);
    using Kind = CanvasHit::Kind;
    const auto at = [&](const QPointF &p) { return scene.hit(p); };
    QVERIFY(at(scene.layout.image.center()).kind == Kind::image);
    QVERIFY(at(scene.layout.mixer).kind == Kind::mixer);
    QVERIFY(at(scene.layout.image_to_upper.pointAtPercent(0.5)).kind == Kind::ribbon);
    QVERIFY(at(scene.layout.lower_to_mixer.pointAtPercent(0.5)).kind == Kind::ribbon);
    for (const QPointF &p :
         {scene.layout.image.center(), scene.layout.mixer, scene.layout.image_to_upper.pointAtPercent(0.5),
          scene.grids(Stack::spiking).front().cell(3).center(), scene.answer_bars().row(2).center()})
      QVERIFY(!scene.describe(at(p)).isEmpty());
    QVERIFY(scene.describe(at(scene.grids(Stack::spiking).front().cell(3).center())).contains("neuron 3"));
  }
  void the_whole_canvas_is_at_the_step() {
    const auto view = still();
    CanvasScene scene;
    scene.experiment = view->experiment;
    scene.inspection = view->training.inspection;
    scene.circuit_remark = "12 weights";
    scene.layout = canvas_layout({1240, 700}, view->experiment, 5);
    const Inspection &seen = *view->training.inspection;
    for (const std::optional<int> step :
         {std::optional<int>(), std::optional<int>(3), std::optional<int>(9)}) {
      scene.step = step;
      const Answer &said = seen.answer_at(step);
      const auto spiking = scene.logit_bars(Stack::spiking), quantum = scene.logit_bars(Stack::encoder);
      QVERIFY(spiking && quantum);
      const ClassBars answers = scene.answer_bars();
      double sum = 0;
      for (std::size_t k = 0; k < 10; ++k) {
        QCOMPARE(spiking->value[k], static_cast<double>((*said.logits_spiking)[k]));
        QCOMPARE(quantum->value[k], static_cast<double>((*said.logits_quantum)[k]));
        sum += std::exp(0.4 * spiking->value[k] + 0.6 * quantum->value[k]);
      }
      for (std::size_t k = 0; k < 10; ++k)
        QVERIFY(std::abs(answers.value[k] -
                         std::exp(0.4 * spiking->value[k] + 0.6 * quantum->value[k]) / sum) < 1e-5);
    }
    scene.step = 3;
    QVERIFY(scene.logit_bars(Stack::spiking)->value[9] != static_cast<double>((*seen.logits_spiking)[9]));
    QCOMPARE(scene.upper_remark(), QString("step 4 of 10, mean so far"));
    QCOMPARE(scene.lower_remark(), QString("step 4 of 10, mean so far"));
    QVERIFY(scene.answer_caption().contains("step 4 of 10"));
    QVERIFY(
        scene.describe(scene.hit(scene.answer_bars().row(2).center())).contains("step 4 of 10, mean so far"));
    scene.step.reset();
    QCOMPARE(scene.upper_remark(), QString("after all 10 steps"));
    QCOMPARE(scene.lower_remark(), QString("12 weights"));
    QCOMPARE(scene.answer_caption(), QString("answer"));
  }
  void a_wrong_answer_has_a_cross() {
    const auto view = still();
    CanvasScene scene;
    scene.experiment = view->experiment;
    scene.layout = canvas_layout({920, 498}, view->experiment, 5);
    const auto painted = [&](int target) {
      auto seen = std::make_shared<Inspection>(*view->training.inspection);
      seen->target = target;
      scene.inspection = seen;
      const ClassBars bars = scene.answer_bars();
      QImage image(920, 498, QImage::Format_RGB32);
      image.fill(light_palette().bg);
      QPainter painter(&image);
      ClassBars grey = bars; // the same colour for right and wrong: what is left is the shape
      grey.color = grey.edge = grey.quiet = grey.mark = Qt::gray;
      grey.truth.reset();
      paint_class_bars(painter, grey);
      return std::pair(bars.wrong, image);
    };
    scene.inspection = view->training.inspection;
    const int said = scene.answer_bars().top();
    const auto [right_is_wrong, right] = painted(said);
    const auto [wrong_is_wrong, wrong] = painted((said + 1) % 10);
    QVERIFY(!right_is_wrong && wrong_is_wrong);
    QVERIFY(right != wrong);
  }
  /// Nothing in the place of a circuit is called quantum, and it has the twin's colour.
  void a_twin_is_called_a_twin() {
    Experiment experiment;
    experiment.quantum.ansatz = Ansatz::none;
    const auto view = fabricated::view(experiment, 30);
    CanvasScene scene;
    scene.experiment = experiment;
    scene.inspection = view->training.inspection;
    scene.layout = canvas_layout({1240, 700}, experiment, 5);
    const Palette &palette = light_palette();
    QCOMPARE(scene.logit_bars(Stack::encoder, palette)->color, palette.twin);
    QCOMPARE(scene.logit_bars(Stack::spiking, palette)->color, palette.spiking);
    QStringList said = {scene.lower_remark()};
    for (int y = 0; y < 700; y += 3)
      for (int x = 0; x < 1240; x += 3)
        if (const QString text = scene.describe(scene.hit(QPointF(x, y))); !said.contains(text))
          said << text;
    const QString all = said.join('|');
    QVERIFY2(!all.contains("quantum", Qt::CaseInsensitive), qPrintable(all));
    for (const char *words :
         {"in the tanh twin", "x tanh twin", "The tanh twin counts 60 %", "of the tanh twin's encoder"})
      QVERIFY2(all.contains(words), qPrintable(QString(words) + " in " + all));
    QImage image(1240, 700, QImage::Format_RGB32);
    image.fill(palette.bg);
    QPainter painter(&image);
    scene.paint(painter, palette);
    scene.paint_ribbons(painter, 0, palette);
    int blue = 0, purple = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) {
        blue += image.pixelColor(x, y) == palette.quantum;
        purple += image.pixelColor(x, y) == palette.twin;
      }
    QCOMPARE(blue, 0);
    QVERIFY(purple > 200);
  }
  void a_circuit_without_spikes_has_no_steps() {
    Experiment experiment;
    experiment.quantum.input = QuantumInput::linear;
    CanvasScene scene;
    scene.experiment = experiment;
    scene.step = 3;
    QCOMPARE(scene.lower_remark(), QString("sees the image at once: no steps"));
  }
  void numbers_and_dials_of_the_view_are_of_the_step() {
    CanvasView canvas;
    canvas.resize(1240, 700);
    const auto view = still();
    canvas.setView(view);
    const QString whole = canvas.toCsv();
    const QImage dials = canvas.grab().toImage();
    canvas.setStep(3);
    QVERIFY(canvas.toCsv() != whole);
    QVERIFY(
        canvas.toCsv().contains(number_text((*view->training.inspection->answer_at(3).logits_quantum)[7])));
    const QRectF units = canvas_layout(canvas.unitRect().size(), view->experiment, 5).lower.dials;
    const QRect where = QRectF(units.topLeft() * canvas.unit(), units.size() * canvas.unit()).toAlignedRect();
    QVERIFY(canvas.grab().toImage().copy(where) != dials.copy(where));
    canvas.setStep(9);
    QCOMPARE(canvas.toCsv(), whole);
    QCOMPARE(canvas.grab().toImage().copy(where), dials.copy(where));
  }
  void nothing_new_nothing_painted() {
    CanvasView canvas;
    canvas.resize(920, 498);
    canvas.show();
    const auto view = still();
    canvas.setView(view);
    const int before = fabricated::settled([&] { return canvas.repaints(); });
    auto again = std::make_shared<SessionView>(*view);
    again->training.step += 1;
    again->images_per_second = 7;
    canvas.setView(again);
    canvas.setRatio(0.6);
    canvas.setStep({});
    QCOMPARE(fabricated::settled([&] { return canvas.repaints(); }), before);
    canvas.setStep(4);
    QTRY_COMPARE(canvas.repaints(), before + 1);
    again = std::make_shared<SessionView>(*again);
    again->training.inspection = std::make_shared<Inspection>(*again->training.inspection);
    canvas.setView(again);
    QTRY_COMPARE(canvas.repaints(), before + 2);
  }
  void a_stream_of_pictures_is_thinned() {
    CanvasView canvas;
    canvas.resize(920, 498);
    canvas.show();
    auto view = still();
    canvas.setView(view);
    const int before = fabricated::settled([&] { return canvas.repaints(); });
    for (int k = 0; k < 40; ++k) { // 40 pictures at once: the eye needs one or two
      view = std::make_shared<SessionView>(*view);
      view->training.inspection = std::make_shared<Inspection>(*view->training.inspection);
      canvas.setView(view);
      QCoreApplication::processEvents();
    }
    const int after = fabricated::settled([&] { return canvas.repaints(); });
    QVERIFY(after > before);
    QVERIFY(after < before + 40);
  }
  void the_table_leaves_missing_branches_empty() {
    CanvasView canvas;
    canvas.setView(still(of(ModelKind::spiking)));
    const QStringList lines = canvas.toCsv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 11);
    QCOMPARE(lines[1].split(QLatin1Char(','))[2], QString());
  }
};

QTEST_MAIN(TestCanvas)
#include "test_canvas.moc"
