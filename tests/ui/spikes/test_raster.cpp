#include "tests/ui/fabricated_view.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/spike_image.h"
#include "ui/spikes/spike_rows.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include <QElapsedTimer>
#include <QSignalSpy>
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
  void a_hundred_thousand_spikes() {
    auto seen = std::make_shared<Inspection>();
    seen->spiking = fabricated::stack({1000}, 200, 4);
    auto &spikes = seen->spiking->layers[0].spikes;
    for (std::size_t i = 0; i < spikes.size(); ++i)
      spikes[i] = i % 2;
    const SpikeRows rows(seen);
    QCOMPARE(rows.total(), 100000LL);
    qint64 best = 1LL << 60;
    for (int round = 0; round < 10; ++round) {
      QElapsedTimer clock;
      clock.start();
      const QImage image = paint_spikes(rows, {0, 1000, 0, 200}, {1200, 700}, {Qt::white, Qt::red, Qt::blue});
      best = std::min(best, clock.nsecsElapsed());
      QVERIFY(!image.isNull());
    }
    qInfo("raster of 100,000 spikes: %.2f ms (goal 5)", static_cast<double>(best) * 1e-6);
    QVERIFY(best < 200'000'000); // a guard against quadratic work, not a measurement
  }
};

QTEST_MAIN(TestRaster)
#include "test_raster.moc"
