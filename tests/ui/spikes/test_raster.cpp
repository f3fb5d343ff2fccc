#include "tests/ui/fabricated_view.h"
#include "ui/spikes/membrane_picture.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_layout.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/spike_image.h"
#include "ui/spikes/spike_rows.h"
#include "ui/spikes/time_axis.h"
#include "ui/spikes/time_plots.h"
#include "ui/theme/theme.h"
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QToolButton>
#include <QWheelEvent>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

/// Two layers in the spiking branch, one in the encoder.
std::shared_ptr<Inspection> small() {
  auto seen = std::make_shared<Inspection>();
  seen->rows = seen->cols = 1;
  seen->pixels = {0};
  seen->spiking = fabricated::stack({6, 4}, 5, 1);
  seen->encoder = fabricated::stack({3}, 5, 2);
  for (auto *stack : {&*seen->spiking, &*seen->encoder})
    for (LayerRecord &layer : stack->layers)
      std::fill(layer.spikes.begin(), layer.spikes.end(), std::uint16_t{0});
  seen->spiking->layers[0].spikes[2 * 6 + 4] = 1; // step 2, neuron 4
  seen->spiking->layers[1].spikes[0 * 4 + 1] = 1;
  seen->encoder->layers[0].spikes[4 * 3 + 2] = 3;
  return seen;
}

/// Layers of the spiking branch, and an encoder if it has neurons, where each cell spikes with this chance.
std::shared_ptr<Inspection> random_spikes(const std::vector<int> &layers, int steps, double chance,
                                          int encoder = 0) {
  std::mt19937 engine(7);
  std::bernoulli_distribution spikes(chance);
  auto seen = std::make_shared<Inspection>();
  seen->spiking = fabricated::stack(layers, steps, 1);
  if (encoder > 0)
    seen->encoder = fabricated::stack({encoder}, steps, 2);
  for (auto *stack : {&seen->spiking, &seen->encoder})
    if (*stack)
      for (LayerRecord &layer : (*stack)->layers)
        for (std::uint16_t &count : layer.spikes)
          count = spikes(engine);
  return seen;
}

/// Mean of black on white.
double ink_of(const QImage &image) {
  double ink = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      ink += (255 - qRed(image.pixel(x, y))) / 255.0;
  return ink / image.width() / image.height();
}

/// Three neurons; the first one's membrane is this at every step, neuron `busiest` spikes.
std::shared_ptr<Inspection> with_trace(float membrane, int busiest) {
  auto seen = std::make_shared<Inspection>();
  LayerRecord layer;
  layer.neurons = 3;
  layer.steps = 6;
  layer.spikes.assign(18, 0);
  layer.membrane.assign(18, 0.2F);
  for (std::size_t t = 0; t < 6; ++t) {
    layer.membrane[3 * t] = membrane;
    layer.spikes[3 * t + static_cast<std::size_t>(busiest)] = 1;
  }
  layer.after = layer.membrane;
  seen->spiking.emplace().layers.push_back(layer);
  return seen;
}

/// Two notches of rows and of time, about the middle.
void zoom_in(RasterView &raster) {
  const QPointF at = raster.plotArea().center();
  for (const Qt::KeyboardModifiers keys :
       {Qt::KeyboardModifiers(Qt::NoModifier), Qt::KeyboardModifiers(Qt::ControlModifier)})
    for (int k = 0; k < 2; ++k) {
      QWheelEvent turn(at, raster.mapToGlobal(at), {}, {0, 240}, Qt::NoButton, keys, Qt::NoScrollPhase,
                       false);
      QCoreApplication::sendEvent(&raster, &turn);
    }
}

std::shared_ptr<SessionView> view_of(std::shared_ptr<const Inspection> inspection) {
  auto view = std::make_shared<SessionView>();
  view->phase = Phase::paused;
  view->training.inspection = std::move(inspection);
  return view;
}

} // namespace

class TestRaster : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void rows_name_branch_layer_and_neuron() {
    const SpikeRows rows(small());
    QCOMPARE(rows.rows(), 13);
    QCOMPARE(rows.steps(), 5);
    QCOMPARE(rows.total(), 5LL);
    QVERIFY(rows.neuron_at(4) == (NeuronId{Stack::spiking, 0, 4}));
    QVERIFY(rows.neuron_at(7) == (NeuronId{Stack::spiking, 1, 1}));
    QVERIFY(rows.neuron_at(12) == (NeuronId{Stack::encoder, 0, 2}));
    QVERIFY(!rows.neuron_at(13));
    for (int row = 0; row < rows.rows(); ++row)
      QCOMPARE(rows.row_of(*rows.neuron_at(row)), std::optional<int>(row));
    QCOMPARE(rows.count(12, 4), 3);
    QVERIFY(rows.busiest() == (NeuronId{Stack::spiking, 0, 4}));
  }
  void spikes_are_painted_where_they_happened() {
    const SpikeRows rows(small());
    const RasterColors colours{Qt::white, QColor("#E69F00"), QColor("#0072B2")};
    const QImage image = paint_spikes(rows, {0, 13, 0, 5}, {500, 130}, colours);
    const auto seen = [&](int row, int step) { return image.pixelColor(step * 100 + 50, row * 10 + 4); };
    for (int row = 0; row < 13; ++row)
      for (int step = 0; step < 5; ++step) {
        const bool spiked = rows.count(row, step) > 0;
        QCOMPARE(seen(row, step) != QColor(Qt::white), spiked);
      }
    QCOMPARE(seen(4, 2), QColor("#E69F00"));
    QCOMPARE(seen(12, 4), QColor("#0072B2"));
    const QImage zoomed = paint_spikes(rows, {4, 5, 2, 3}, {40, 40}, colours);
    QCOMPARE(zoomed.pixelColor(20, 20), QColor("#E69F00"));
  }
  /// A quarter of the cells spiked, and a quarter of the ink is seen, however few pixels there are.
  void the_mean_ink_is_the_true_mean_at_every_size() {
    const RasterColors colours{Qt::white, Qt::black, Qt::black};
    for (const auto &[layers, steps] : {std::pair(std::vector<int>{256}, 10), {{700, 61}, 37}, {{5}, 7}}) {
      const SpikeRows rows(random_spikes(layers, steps, 0.25));
      double truth = 0;
      for (int row = 0; row < rows.rows(); ++row)
        truth += static_cast<double>(rows.total(row)) / rows.rows() / rows.steps();
      QVERIFY(std::abs(truth - 0.25) < 0.13);
      for (const QSize &size :
           {QSize(500, 130), QSize(1000, 260), QSize(333, 77), QSize(97, 41), QSize(1600, 901)}) {
        const QImage image = paint_spikes(rows, {0, 1.0 * rows.rows(), 0, 1.0 * rows.steps()}, size, colours);
        QVERIFY2(std::abs(ink_of(image) / truth - 1) < 0.01, qPrintable(QString("%1 x %2: %3 of %4")
                                                                            .arg(size.width())
                                                                            .arg(size.height())
                                                                            .arg(ink_of(image))
                                                                            .arg(truth)));
      }
    }
  }
  void a_pixel_is_as_dark_as_its_share() {
    auto seen = std::make_shared<Inspection>();
    seen->spiking = fabricated::stack({8}, 4, 1);
    auto &spikes = seen->spiking->layers[0].spikes;
    spikes.assign(32, 0);
    for (const int neuron : {0, 4, 5, 6, 7})
      spikes[static_cast<std::size_t>(0 * 8 + neuron)] = 1;
    spikes[2 * 8 + 1] = 4; // the most in one step
    const SpikeRows rows(seen);
    const RasterColors colours{Qt::white, Qt::black, Qt::black};
    const QImage image = paint_spikes(rows, {0, 8, 0, 4}, {4, 2}, colours); // four neurons a pixel
    const auto ink = [&](int x, int y) { return (255 - qRed(image.pixel(x, y))) / 255.0; };
    QVERIFY(std::abs(ink(0, 0) - 0.25 / 4) < 0.003);
    QVERIFY(std::abs(ink(0, 1) - 1.0 / 4) < 0.003);
    QVERIFY(std::abs(ink(2, 0) - 0.25) < 0.003);
    QCOMPARE(ink(1, 0), 0.0);
    const QImage half = paint_spikes(rows, {0, 1, 0, 4}, {3, 1}, colours); // 4/3 steps a pixel
    QVERIFY(std::abs((255 - qRed(half.pixel(0, 0))) / 255.0 - 0.75 / 4) < 0.003);
  }
  void two_layers_in_one_pixel_mix_their_colours() {
    auto seen = std::make_shared<Inspection>();
    seen->spiking = fabricated::stack({1}, 1, 1);
    seen->encoder = fabricated::stack({1}, 1, 1);
    seen->spiking->layers[0].spikes = seen->encoder->layers[0].spikes = {1};
    const QImage image = paint_spikes(SpikeRows(seen), {0, 2, 0, 1}, {1, 1}, {Qt::white, Qt::red, Qt::blue});
    QCOMPARE(image.pixelColor(0, 0), QColor(128, 0, 128));
  }
  void shapes_hold_the_same_ink() {
    const SpikeRows rows(random_spikes({30, 12}, 9, 0.3));
    const RasterColors colours{Qt::white, Qt::black, Qt::black};
    const RasterWindow window{3.5, 40, 1, 7.25};
    double shapes = 0;
    for (const SpikeRun &run : spike_runs(rows, window, colours, 10000)) {
      QVERIFY(QRectF(1, 3.5, 6.25, 36.5).contains(run.cells));
      shapes += run.cells.width() * run.cells.height() * (1 - run.color.redF());
    }
    const QImage image = paint_spikes(rows, window, {700, 900}, colours);
    QVERIFY(std::abs(ink_of(image) - shapes / (6.25 * 36.5)) < 0.003);
    QVERIFY(spike_runs(rows, window, colours, 3).empty());
  }
  void rows_are_numbered_and_layers_named() {
    const SpikeRows rows(random_spikes({128}, 10, 0.2, 128));
    RowAxis axis;
    axis.show_all(rows.rows());
    const std::vector<RowNumber> numbers = row_numbers(rows, axis, 256, 13);
    QVERIFY(numbers.size() > 10 && numbers.size() <= 256 / 13);
    QVERIFY(numbers.front() == (RowNumber{0, 0}) && numbers[1] == (RowNumber{20, 20}));
    double last = -100;
    for (const RowNumber &number : numbers) {
      QVERIFY(rows.neuron_at(number.row)->neuron == number.neuron);
      const double y = axis.y_at(QRectF(0, 0, 1, 256), number.row + 0.5);
      QVERIFY(y - last >= 13);
      last = y;
    }
    axis.first = 130, axis.last = 134; // closer: every neuron of the encoder
    QCOMPARE(row_numbers(rows, axis, 256, 13).size(), std::size_t{4});
    QVERIFY(row_numbers(rows, axis, 256, 13).front() == (RowNumber{130, 2}));
    axis.show_all(rows.rows());
    const std::vector<BandLabel> labels = band_labels(rows, axis, 256, ui::font(11));
    QCOMPARE(labels.size(), std::size_t{2});
    QCOMPARE(labels[0].text, QString("spiking"));
    QCOMPARE(labels[1].text, QString("encoder"));
    QCOMPARE(labels[1].top, 128.0);
    const SpikeRows deep(random_spikes({100, 100}, 10, 0.2));
    axis.show_all(deep.rows());
    QCOMPARE(band_labels(deep, axis, 400, ui::font(11))[1].text, QString("spiking, layer 2"));
    QCOMPARE(band_labels(deep, axis, 40, ui::font(11))[1].text, QString("2"));
    QVERIFY(raster_left(deep, ui::font(11)) > tabular_width(ui::font(11), "199") + 14);
  }
  void a_click_selects_neuron_and_step() {
    RasterView raster;
    raster.resize(400, 300);
    raster.setView(view_of(small()));
    raster.show();
    raster.grab();
    QSignalSpy steps(&raster, &RasterView::stepSelected), neurons(&raster, &RasterView::neuronSelected);
    const QRectF area = raster.plotArea();
    const QPointF at(area.left() + area.width() * 2.5 / 5, area.top() + area.height() * 7.5 / 13);
    QTest::mouseClick(&raster, Qt::LeftButton, {}, at.toPoint());
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps.front().front().value<std::optional<int>>(), std::optional<int>(2));
    QCOMPARE(neurons.size(), 1);
    QVERIFY(neurons.front().front().value<std::optional<NeuronId>>() == (NeuronId{Stack::spiking, 1, 1}));
  }
  void the_same_inspection_is_not_painted_again() {
    RasterView raster;
    raster.resize(400, 300);
    const auto inspection = small();
    raster.setView(view_of(inspection));
    raster.grab();
    const int before = raster.imagePaints();
    raster.setView(view_of(inspection)); // another view, the same picture
    raster.grab();
    QCOMPARE(raster.imagePaints(), before);
    raster.setStep(3); // the cursor moves over the kept image
    raster.grab();
    QCOMPARE(raster.imagePaints(), before);
    raster.setView(view_of(small()));
    raster.grab();
    QCOMPARE(raster.imagePaints(), before + 1);
  }
  void a_brush_looks_closer_and_a_double_click_shows_all() {
    RasterView raster;
    raster.resize(400, 300);
    raster.setView(view_of(small()));
    raster.show();
    raster.grab();
    QSignalSpy ranges(&raster, &RasterView::timeRangeChanged);
    const QRectF area = raster.plotArea();
    const QPoint from(static_cast<int>(area.left() + area.width() * 0.25), static_cast<int>(area.top() + 20));
    const QPoint to(static_cast<int>(area.left() + area.width() * 0.7), static_cast<int>(area.top() + 120));
    QTest::mousePress(&raster, Qt::LeftButton, Qt::ShiftModifier, from);
    QTest::mouseMove(&raster, to);
    QTest::mouseRelease(&raster, Qt::LeftButton, Qt::ShiftModifier, to);
    QCOMPARE(ranges.size(), 1);
    QCOMPARE(ranges.front()[0].toDouble(), 1.0);
    QCOMPARE(ranges.front()[1].toDouble(), 4.0);
    QTest::mouseDClick(&raster, Qt::LeftButton, {}, from);
    QCOMPARE(ranges.back()[0].toDouble(), 0.0);
    QCOMPARE(ranges.back()[1].toDouble(), 5.0);
  }
  void escape_shows_all_before_it_does_anything_else() {
    QWidget window;
    RasterView raster(&window);
    raster.setGeometry(0, 0, 400, 300);
    QShortcut escape(QKeySequence(Qt::Key_Escape), &window);
    int escaped = 0;
    connect(&escape, &QShortcut::activated, this, [&escaped] { ++escaped; });
    raster.setView(view_of(random_spikes({128}, 10, 0.2)));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    raster.grab();
    raster.setFocus();
    zoom_in(raster);
    QVERIFY(!raster.zoomText().isEmpty());
    QTest::keyClick(&raster, Qt::Key_Escape);
    QVERIFY(raster.zoomText().isEmpty());
    QCOMPARE(escaped, 0);
    QTest::keyClick(&raster, Qt::Key_Escape);
    QCOMPARE(escaped, 1);
  }
  void scroll_bars_show_and_move_what_is_seen() {
    RasterView raster;
    raster.resize(400, 300);
    raster.setView(view_of(random_spikes({128}, 10, 0.2)));
    raster.show();
    raster.grab();
    auto *rows = raster.findChild<QScrollBar *>("rasterRows"),
         *steps = raster.findChild<QScrollBar *>("rasterSteps");
    QVERIFY(rows->isHidden() && steps->isHidden());
    QSignalSpy ranges(&raster, &RasterView::timeRangeChanged);
    zoom_in(raster);
    QVERIFY(!rows->isHidden() && !steps->isHidden());
    QVERIFY(rows->maximum() > 0 && steps->maximum() > 0);
    QVERIFY(!rows->geometry().intersects(raster.plotArea().toAlignedRect().adjusted(1, 1, -1, -1)));
    QVERIFY(!steps->geometry().intersects(raster.plotArea().toAlignedRect().adjusted(1, 1, -1, -1)));
    rows->setValue(rows->maximum());
    steps->setValue(0);
    QVERIFY2(raster.zoomText().contains("to 128 of 128"), qPrintable(raster.zoomText()));
    QVERIFY(raster.zoomText().contains("steps 1 to"));
    QCOMPARE(ranges.back()[0].toDouble(), 0.0);
    raster.resetZoom();
    QVERIFY(rows->isHidden() && steps->isHidden());
  }
  void a_network_of_another_shape_is_shown_whole() {
    RasterView raster;
    raster.resize(400, 300);
    raster.setView(view_of(random_spikes({60, 40}, 10, 0.2)));
    raster.show();
    raster.grab();
    zoom_in(raster);
    const QString seen = raster.zoomText();
    raster.setView(view_of(random_spikes({60, 40}, 10, 0.4))); // training goes on: the zoom stays
    raster.grab();
    QCOMPARE(raster.zoomText(), seen);
    raster.setView(view_of(random_spikes({40, 60}, 10, 0.4))); // as many rows, other layers
    raster.grab();
    QCOMPARE(raster.zoomText(), QString());
  }
  void the_table_has_a_row_for_every_spike() {
    RasterView raster;
    raster.setView(view_of(small()));
    const QStringList lines = raster.toCsv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 1 + 5);
    QCOMPARE(lines[0], QStringLiteral("branch,layer,step,neuron"));
    QCOMPARE(lines[1], QStringLiteral("spiking,0,2,4"));
    QCOMPARE(lines[2], QStringLiteral("spiking,1,0,1"));
    QCOMPARE(lines[5], QStringLiteral("quantum,0,4,2"));
  }
  void the_membrane_follows_the_selection_and_keeps_its_own_choice() {
    MembraneView membrane;
    membrane.resize(300, 160);
    QVERIFY(!membrane.shownNeuron());
    const QImage empty = membrane.grab().toImage();
    membrane.setView(view_of(small()));
    QVERIFY(membrane.shownNeuron() == (NeuronId{Stack::spiking, 0, 4}));
    QVERIFY(membrane.grab().toImage() != empty);
    membrane.setNeuron(NeuronId{Stack::encoder, 0, 1});
    QVERIFY(membrane.shownNeuron() == (NeuronId{Stack::encoder, 0, 1}));
    QCOMPARE(membrane.toCsv().count(QLatin1Char('\n')), 1 + 5);
    membrane.setNeuron(NeuronId{Stack::encoder, 0, 99}); // of another model
    QVERIFY(membrane.shownNeuron() == (NeuronId{Stack::spiking, 0, 4}));
  }
  void neuron_and_scale_stay_until_a_person_changes_them() {
    MembraneView membrane;
    membrane.resize(300, 160);
    auto view = view_of(with_trace(0.5F, 0));
    membrane.setView(view);
    const auto neuron = membrane.shownNeuron();
    const MembraneScale scale = membrane.scale();
    QVERIFY(scale.high > 1);             // the threshold is seen
    view = view_of(with_trace(3.5F, 1)); // another neuron spikes most, and this one goes beyond
    membrane.setView(view);
    QCOMPARE(membrane.shownNeuron(), neuron);
    QCOMPARE(membrane.scale(), scale);
    auto other = std::make_shared<Inspection>(*view->training.inspection);
    other->index = 9; // another image
    membrane.setView(view_of(other));
    QCOMPARE(membrane.shownNeuron(), neuron);
    QCOMPARE(membrane.scale(), scale);
    const MembraneTrace trace = membrane_trace(SpikeRows(other), *neuron);
    QCOMPARE(beyond_text(trace, scale_ticks(scale, 100)), QString("beyond the scale: up to 3.5"));
    membrane.grab();
    membrane.findChild<QToolButton *>("fitMembrane")->click();
    QVERIFY(membrane.scale().high >= 3.5);
    QCOMPARE(beyond_text(trace, scale_ticks(membrane.scale(), 100)), QString());
    membrane.setNeuron(NeuronId{Stack::spiking, 0, 2}); // chosen: a scale of its own
    QVERIFY(membrane.scale().high < 2);
    membrane.setNeuron(std::nullopt); // let go: nothing jumps
    QVERIFY(membrane.shownNeuron() == (NeuronId{Stack::spiking, 0, 2}));
  }
  void a_double_click_fits_the_scale() {
    MembraneView membrane;
    membrane.resize(300, 160);
    membrane.setView(view_of(with_trace(0.5F, 0)));
    const MembraneScale scale = membrane.scale();
    membrane.setView(view_of(with_trace(-8.0F, 0)));
    QCOMPARE(membrane.scale(), scale);
    QTest::mouseDClick(&membrane, Qt::LeftButton, {}, {150, 60});
    QVERIFY(membrane.scale().low <= -8);
  }
  void the_thresholds_name_keeps_clear_of_the_trace() {
    const QRectF area(30, 0, 140, 65);
    QPolygonF sawtooth;
    for (int k = 0; k < 10; ++k)
      sawtooth << QPointF(34 + 14 * k, 60) << QPointF(44 + 14 * k, 22);
    const auto place = threshold_place(area, 22, sawtooth, 50);
    QVERIFY(place && area.contains(*place));
    QVERIFY(place->bottom() <= 22); // there is room above
    const auto low = threshold_place(area, 8, sawtooth, 50);
    QVERIFY(!low || !low->intersects(QRectF(30, 22, 140, 38)));
  }
  void long_numbers_have_their_room() {
    TimePlots plots("plots");
    plots.resize(400, 400);
    plots.setView(view_of(with_trace(-1000.0F, 0)));
    plots.show();
    plots.grab();
    const double left = plots.membrane().leftNeeded();
    QVERIFY2(left >= tabular_width(ui::font(11), "-1000") + 5, qPrintable(QString::number(left)));
    // Nothing is painted at the left edge: no number is cut, and both plots begin at the same x.
    plots.membrane().findChild<QToolButton *>("fitMembrane")->hide();
    const QImage seen = plots.membrane().grab().toImage();
    for (int y = 0; y < seen.height(); ++y)
      QCOMPARE(seen.pixel(0, y), seen.pixel(0, 0));
    QVERIFY(std::abs(plots.raster().plotArea().left() - std::max(left, plots.raster().leftNeeded())) < 0.01);
  }
  void time_is_cut_into_steps() {
    TimeAxis axis;
    axis.show_all(10);
    const QRectF area(0, 0, 100, 10);
    QCOMPARE(axis.step_at(area, 0), 0);
    QCOMPARE(axis.step_at(area, 65), 6);
    QCOMPARE(axis.step_at(area, 100), 9);
    axis.zoom(5, 0.5);
    QCOMPARE(axis.first, 2.5);
    QCOMPARE(axis.last, 7.5);
    axis.zoom(0, 100);
    QCOMPARE(axis.first, 0.0);
    QCOMPARE(axis.last, 10.0);
  }
};

QTEST_MAIN(TestRaster)
#include "test_raster.moc"
