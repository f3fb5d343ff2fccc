// What a screen reader is told of each painted view, read back from a view whose numbers all differ.
#include "tests/ui/fabricated_view.h"
#include "ui/canvas/canvas_view.h"
#include "ui/circuit/circuit_widget.h"
#include "ui/data/confusion_view.h"
#include "ui/data/gallery_view.h"
#include "ui/data/logits_fan.h"
#include "ui/data/selected_image_panel.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/value_slider.h"
#include "ui/plots/line_chart.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/spike_rows.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace duet;
using namespace duet::ui;

namespace {

QAccessibleInterface *heard(QWidget &view) { return QAccessible::queryAccessibleInterface(&view); }
QString value_of(QWidget &view) { return heard(view)->text(QAccessible::Value); }
QString part_of(QWidget &view, int index) { return heard(view)->child(index)->text(QAccessible::Name); }

/// The parts' sentences, child widgets left out.
QStringList parts_of(QWidget &view) {
  QStringList all;
  for (int i = 0; i < heard(view)->childCount(); ++i)
    if (!heard(view)->child(i)->object())
      all << part_of(view, i);
  return all;
}

QImage seen(QWidget &view) { return view.grab().toImage(); }

} // namespace

class TestSpoken : public QObject {
  Q_OBJECT
  std::shared_ptr<SessionView> view_ = fabricated::view();
  const Inspection &image() const { return *view_->training.inspection; }
  static int answer(const Logits &logits) {
    return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
  }

  /// A frame comes with the focus and goes with it.
  template <class View> void showsItsFocus(View &view) {
    QWidget window;
    QWidget other(&window);
    other.setFocusPolicy(Qt::StrongFocus);
    struct Borrowed { // on the stack, not the window's to delete
      View &view;
      ~Borrowed() { view.setParent(nullptr); }
    } const borrowed{view};
    view.setParent(&window);
    view.setGeometry(0, 0, 420, 300);
    other.setGeometry(430, 0, 20, 20);
    window.resize(460, 300);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other.setFocus();
    QCoreApplication::processEvents();
    const QImage without = seen(view);
    QVERIFY(view.focusPolicy() & Qt::TabFocus);
    view.setFocus(Qt::MouseFocusReason); // a click needs no frame
    QCoreApplication::processEvents();
    QVERIFY2(seen(view) == without, view.metaObject()->className());
    other.setFocus();
    view.setFocus(Qt::TabFocusReason);
    QCoreApplication::processEvents();
    QVERIFY2(seen(view) != without, view.metaObject()->className());
    other.setFocus();
    QCoreApplication::processEvents();
    QVERIFY2(seen(view) == without, view.metaObject()->className());
  }

private Q_SLOTS:
  void initTestCase() {
    theme().install();
    speak_for_views();
  }

  void theFaderIsASliderOfTheRatio() {
    Crossfader fader;
    fader.setRatio(0.3);
    QCOMPARE(heard(fader)->role(), QAccessible::Slider);
    QCOMPARE(heard(fader)->text(QAccessible::Name), QStringLiteral("Fusion ratio"));
    QCOMPARE(value_of(fader), QStringLiteral("0.30: Spiking 70 %, Quantum 30 %"));
    QAccessibleValueInterface *number = heard(fader)->valueInterface();
    QVERIFY(number);
    QCOMPARE(number->currentValue().toDouble(), 0.3);
    QCOMPARE(number->minimumValue().toDouble(), 0.0);
    QCOMPARE(number->maximumValue().toDouble(), 1.0);
    QSignalSpy wanted(&fader, &Crossfader::ratioWanted);
    number->setCurrentValue(0.85);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.at(0).at(0).toDouble(), 0.85);
    fader.setLens(0.9);
    QCOMPARE(value_of(fader),
             QStringLiteral("looked through at 0.90: Spiking 10 %, Quantum 90 %; the loss has 0.30"));
    Experiment alone;
    alone.model.kind = ModelKind::spiking;
    fader.setVoices(Voices(alone), QStringLiteral("one branch"));
    QVERIFY(!heard(fader)->valueInterface());
    QCOMPARE(value_of(fader), QStringLiteral("This model has nothing to mix."));
  }

  void aSettingsSliderTellsTheSettingsValue() {
    const Field &field = *find_field("training.learning_rate");
    const SliderScale scale(field);
    ValueSlider slider(scale, Voice::neutral);
    slider.setPosition(scale.positionOf(0.003));
    QCOMPARE(value_of(slider), QStringLiteral("0.003"));
    QAccessibleValueInterface *number = heard(slider)->valueInterface();
    QCOMPARE(number->currentValue().toDouble(), 0.003);
    QCOMPARE(number->maximumValue().toDouble(), 1.0);
    QSignalSpy moved(&slider, &ValueSlider::moved);
    number->setCurrentValue(0.01);
    QCOMPARE(moved.count(), 1);
    QCOMPARE(value_of(slider), QStringLiteral("0.01"));
  }

  void aChartTellsEachCurvesLastValue() {
    LineChart chart(QStringLiteral("accuracy"), QStringLiteral("accuracy"));
    AxisStyle epochs;
    epochs.title = QStringLiteral("epoch");
    chart.setXAxis(epochs);
    chart.setEmptyText(QStringLiteral("Nothing yet."));
    const int spiking = chart.addCurve(QStringLiteral("spiking branch"), {});
    const int quantum = chart.addCurve(QStringLiteral("quantum branch"), {});
    QCOMPARE(value_of(chart), QStringLiteral("Nothing yet."));
    chart.replace(spiking, {{1, 0.25}, {2, 0.5}});
    chart.replace(quantum, {{1, 0.125}});
    chart.setMarks({{1.5, QStringLiteral("learning rate 0.1 to 0.2")}});
    QCOMPARE(heard(chart)->role(), QAccessible::Chart);
    QCOMPARE(parts_of(chart),
             QStringList({QStringLiteral("spiking branch: 0.500 at epoch 2.00"),
                          QStringLiteral("quantum branch: 0.125 at epoch 1.00"),
                          QStringLiteral("change at epoch 1.50: learning rate 0.1 to 0.2")}));
    QCOMPARE(value_of(chart), parts_of(chart).mid(0, 2).join(QStringLiteral("; ")));
    showsItsFocus(chart);
    chart.resize(400, 300);
    QSignalSpy said(&chart, &LineChart::hoverText), picked(&chart, &LineChart::xPicked);
    QTest::keyClick(&chart, Qt::Key_Home);
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(said.at(0).at(0).toString(), chart.readOutAt(1));
    QCOMPARE(said.at(1).at(0).toString(), chart.readOutAt(2));
    QCOMPARE(picked.at(0).at(0).toDouble(), 2.0);
  }

  void aMatrixTellsEveryCell() {
    ConfusionView matrix;
    const auto said = matrices_of(Voices(view_->experiment), view_->experiment.data.classes,
                                  view_->training.answers.get(), 0.6);
    matrix.setSaid(said.front()); // the spiking branch's
    matrix.resize(400, 400);
    const Confusion &counts = *said.front().counts;
    QCOMPARE(heard(matrix)->role(), QAccessible::Table);
    QCOMPARE(heard(matrix)->text(QAccessible::Name), said.front().title);
    QCOMPARE(value_of(matrix), QStringLiteral("%1 of 400 right").arg(counts.correct));
    const QStringList cells = parts_of(matrix);
    QCOMPARE(cells.size(), 100);
    QCOMPARE(cells[37], QStringLiteral("%1 of class 3 answered 7")
                            .arg(counted(counts.count[3][7], QStringLiteral("test image"))));
    QSignalSpy selected(&matrix, &ConfusionView::cellSelected);
    for (const int key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Right, Qt::Key_Left, Qt::Key_Left,
                          Qt::Key_Right, Qt::Key_Return})
      QTest::keyClick(&matrix, static_cast<Qt::Key>(key));
    QCOMPARE(selected.count(), 1);
    const auto cell = selected.at(0).at(0).value<AnswerCell>();
    QCOMPARE(cell.truth, 2);
    QCOMPARE(cell.answer, 1);
    matrix.setMarked(cell);
    QVERIFY(heard(matrix)->child(21)->state().selected);
    QVERIFY(!heard(matrix)->child(12)->state().selected);
    showsItsFocus(matrix);
  }

  void theGalleryListsItsImages() {
    GalleryView gallery;
    gallery.resize(300, 300);
    gallery.show();
    gallery.setView(view_);
    gallery.setSelected(7);
    QCoreApplication::processEvents();
    QCOMPARE(heard(gallery)->role(), QAccessible::List);
    QCOMPARE(value_of(gallery), QStringLiteral("400 of 400 test images"));
    const QStringList images = parts_of(gallery);
    QCOMPARE(images.size(), 400);
    QCOMPARE(images[7], gallery.describe(7));
    QVERIFY(images[7].startsWith(QStringLiteral("test image 7, truth %1").arg(image().target)));
  }

  void theCanvasTellsItsPartsFromImageToAnswer() {
    CanvasView canvas;
    canvas.resize(920, 500);
    canvas.setView(view_);
    canvas.setRatio(0.6);
    seen(canvas);
    QCOMPARE(heard(canvas)->role(), QAccessible::Canvas);
    QVERIFY2(value_of(canvas).contains(
                 QStringLiteral("truth %1, answer %2").arg(image().target).arg(answer(image().logits_fused))),
             qPrintable(value_of(canvas)));
    const QStringList parts = parts_of(canvas);
    QVERIFY(parts.first().startsWith(QStringLiteral("Test image 7, truth %1").arg(image().target)));
    QVERIFY2(parts[1].startsWith(QStringLiteral("neuron 0 of the spiking branch")), qPrintable(parts[1]));
    QVERIFY2(parts.last().startsWith(QStringLiteral("Class 9: probability")), qPrintable(parts.last()));
    QSignalSpy neuron(&canvas, &CanvasView::neuronSelected), next(&canvas, &CanvasView::nextImageWanted);
    QTest::keyClick(&canvas, Qt::Key_Right); // the image
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(next.count(), 1);
    for (const Qt::Key key : {Qt::Key_PageDown, Qt::Key_Right, Qt::Key_Right, Qt::Key_Return})
      QTest::keyClick(&canvas, key);
    QCOMPARE(neuron.count(), 1);
    QCOMPARE(neuron.at(0).at(0).value<std::optional<NeuronId>>(),
             std::optional(NeuronId{Stack::spiking, 0, 2}));
    QTest::keyClick(&canvas, Qt::Key_PageUp);
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(next.count(), 2);
    showsItsFocus(canvas);
  }

  void spikesAndMembraneAreToldForEachNeuron() {
    RasterView raster;
    raster.setView(view_);
    QCOMPARE(heard(raster)->role(), QAccessible::Chart);
    const LayerRecord &layer = image().spiking->layers.front();
    int spikes = 0;
    for (int t = 0; t < layer.steps; ++t)
      spikes += layer.spikes[static_cast<std::size_t>(t * layer.neurons + 5)];
    const QStringList rows = parts_of(raster);
    QCOMPARE(rows[5], QStringLiteral("%1: %2 in %3 steps")
                          .arg(neuron_name({Stack::spiking, 0, 5}, Voices(view_->experiment)),
                               counted(spikes, QStringLiteral("spike")))
                          .arg(layer.steps));
    showsItsFocus(raster);

    MembraneView membrane;
    membrane.setView(view_);
    membrane.setNeuron(NeuronId{Stack::spiking, 0, 5});
    membrane.setStep(3);
    const double at_step =
        static_cast<double>(layer.membrane[static_cast<std::size_t>(3 * layer.neurons + 5)]);
    QVERIFY2(value_of(membrane).startsWith(neuron_name({Stack::spiking, 0, 5}, Voices(view_->experiment))),
             qPrintable(value_of(membrane)));
    QVERIFY2(value_of(membrane).contains(QStringLiteral("membrane ") + QString::number(at_step, 'f', 3)),
             qPrintable(value_of(membrane)));
    QSignalSpy step(&membrane, &MembraneView::stepSelected);
    QTest::keyClick(&membrane, Qt::Key_Right);
    QCOMPARE(step.at(0).at(0).value<std::optional<int>>(), std::optional(4));
    showsItsFocus(membrane);
  }

  void theSelectedImageTellsItsTable() {
    SelectedImagePanel panel;
    panel.setView(view_);
    QStringList words;
    for (const ImageLine &line : panel.rows())
      words << line.name + QLatin1Char(' ') + line.value.simplified();
    QVERIFY(words.size() >= 4);
    QCOMPARE(words.first(), QStringLiteral("truth %1").arg(image().target));
    QCOMPARE(parts_of(panel), words);
    QCOMPARE(value_of(panel), words.join(QStringLiteral(", ")));
    QSignalSpy next(&panel, &SelectedImagePanel::nextImageWanted),
        before(&panel, &SelectedImagePanel::previousImageWanted);
    QTest::keyClick(&panel, Qt::Key_Right);
    QTest::keyClick(&panel, Qt::Key_Left);
    QCOMPARE(next.count(), 1);
    QCOMPARE(before.count(), 1);
    showsItsFocus(panel);
  }

  void theFanIsASliderThatTellsTheAnswer() {
    LogitsFan fan;
    fan.setView(view_);
    fan.setRatio(0);
    const int at_zero = answer(*image().logits_spiking);
    QVERIFY2(value_of(fan).startsWith(
                 QStringLiteral("At the ratio 0.00 the answer is %1, which is %2")
                     .arg(at_zero)
                     .arg(at_zero == image().target ? QStringLiteral("right") : QStringLiteral("wrong"))),
             qPrintable(value_of(fan)));
    QSignalSpy wanted(&fan, &LogitsFan::ratioWanted);
    QTest::keyClick(&fan, Qt::Key_Right);
    QCOMPARE(wanted.at(0).at(0).toDouble(), 0.01);
    heard(fan)->valueInterface()->setCurrentValue(0.5);
    QCOMPARE(wanted.at(1).at(0).toDouble(), 0.5);
    showsItsFocus(fan);
  }

  void theCircuitTellsItsGates() {
    CircuitWidget circuit;
    Circuit two{.qubits = 2, .operations = {}};
    two.operations.push_back({Gate::h, {0, -1, -1}, {}});
    two.operations.push_back({Gate::cx, {1, 0, -1}, {}});
    circuit.setCircuit(two);
    circuit.setSelected(1);
    const QStringList gates = parts_of(circuit);
    QCOMPARE(gates, QStringList({circuit.painter().gateTitle(0), circuit.painter().gateTitle(1)}));
    QVERIFY(gates[0] != gates[1]);
    QCOMPARE(value_of(circuit), circuit.painter().summary());
    showsItsFocus(circuit);
  }

  void partsOutliveNothing() {
    auto fan = std::make_unique<SelectedImagePanel>();
    fan->setView(view_);
    QAccessibleInterface *part = heard(*fan)->child(0);
    QVERIFY(part->isValid());
    fan->setView(nullptr);
    QVERIFY(!part->isValid());
    QCOMPARE(part->text(QAccessible::Name), QString());
    QCOMPARE(heard(*fan)->childCount(), 0);
  }
};

QTEST_MAIN(TestSpoken)
#include "test_spoken.moc"
