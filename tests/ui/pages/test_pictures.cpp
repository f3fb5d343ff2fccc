// Every view painted in both themes and at several sizes: never blank, never equal to its empty state.
// With DUET_PICTURES=FOLDER the pictures are kept there to be looked at.
#include "tests/ui/fabricated_view.h"
#include "ui/canvas/canvas_view.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/data/logits_fan.h"
#include "ui/data/selected_image_panel.h"
#include "ui/pages/errors_page.h"
#include "ui/pages/fusion_page.h"
#include "ui/pages/spikes_page.h"
#include "ui/pages/training_page.h"
#include "ui/theme/theme.h"
#include <QVBoxLayout>
#include <QtTest/QtTest>
#include <functional>
#include <set>

using namespace duet;
using namespace duet::ui;

namespace {

int colour_count(const QImage &image) {
  std::set<QRgb> colours;
  for (int y = 0; y < image.height(); y += 2)
    for (int x = 0; x < image.width(); x += 2)
      colours.insert(image.pixel(x, y));
  return static_cast<int>(colours.size());
}

QImage picture(QWidget &widget, QSize size, const QString &name) {
  widget.setAutoFillBackground(true);
  QPalette ground = widget.palette();
  ground.setColor(QPalette::Window, theme().palette().panel);
  widget.setPalette(ground);
  widget.resize(size);
  widget.show();
  QCoreApplication::processEvents();
  const QImage image = widget.grab().toImage();
  const QString folder = qEnvironmentVariable("DUET_PICTURES");
  if (!folder.isEmpty())
    image.save(folder + QLatin1Char('/') + name +
               (theme().mode() == Theme::Mode::dark ? "_dark.png" : "_light.png"));
  return image;
}

template <class View>
int filled_colours(const Experiment &experiment, QSize size, const QString &name,
                   const std::function<void(View &)> &prepare = {}) {
  View empty, filled;
  filled.setView(fabricated::view(experiment));
  if (prepare)
    prepare(filled);
  const QImage before = picture(empty, size, QString(name + QStringLiteral("_empty")));
  const QImage after = picture(filled, size, name);
  return before == after ? 0 : colour_count(after);
}

Experiment of(ModelKind kind) {
  Experiment experiment;
  experiment.model.kind = kind;
  experiment.training.epochs = 20;
  return experiment;
}

} // namespace

class TestPictures : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }
  void pages_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  void pages() {
    QFETCH(bool, dark);
    theme().setMode(dark ? Theme::Mode::dark : Theme::Mode::light);
    const Experiment experiment = of(ModelKind::parallel);
    for (const auto &[size, tag] : {std::pair(QSize(760, 300), QStringLiteral("small")),
                                    std::pair(QSize(1400, 380), QStringLiteral("large"))}) {
      QVERIFY(filled_colours<TrainingPage>(experiment, size, "training_" + tag,
                                           [](TrainingPage &page) { page.setStep(6); }) > 50);
      QVERIFY(filled_colours<SpikesPage>(experiment, size, "spikes_" + tag, [](SpikesPage &page) {
                page.setNeuron(NeuronId{Stack::encoder, 0, 9});
              }) > 20);
      QVERIFY(filled_colours<FusionPage>(experiment, size, "fusion_" + tag) > 20);
      QVERIFY(filled_colours<ErrorsPage>(experiment, size, "errors_" + tag) > 20);
    }
    QVERIFY(filled_colours<SelectedImagePanel>(experiment, {230, 88}, "selected") > 20);
    QVERIFY(filled_colours<LogitsFan>(experiment, {230, 132}, "fan") > 20);
    QVERIFY(filled_colours<GalleryView>(experiment, {230, 300}, "gallery",
                                        [](GalleryView &view) { view.setSelected(7); }) > 50);
  }
  void canvas_data() { pages_data(); }
  void canvas() {
    QFETCH(bool, dark);
    theme().setMode(dark ? Theme::Mode::dark : Theme::Mode::light);
    std::vector<std::pair<QString, Experiment>> cases;
    cases.emplace_back("parallel", of(ModelKind::parallel));
    cases.emplace_back("spiking", of(ModelKind::spiking));
    cases.emplace_back("serial", of(ModelKind::serial));
    cases.emplace_back("twin", of(ModelKind::parallel));
    cases.back().second.quantum.ansatz = Ansatz::none;
    cases.emplace_back("linear", of(ModelKind::parallel));
    cases.back().second.quantum.input = QuantumInput::linear;
    cases.emplace_back("amplitude", of(ModelKind::parallel));
    cases.back().second.quantum.input = QuantumInput::amplitude;
    cases.back().second.quantum.qubits = 10;
    cases.back().second.quantum.ansatz = Ansatz::strongly_entangling;
    cases.back().second.quantum.layers = 3;
    cases.emplace_back("deep", of(ModelKind::parallel));
    cases.back().second.spiking.hidden = {256, 128, 64};
    cases.back().second.quantum.qubits = 8;
    cases.back().second.quantum.ansatz = Ansatz::ring;
    cases.back().second.quantum.layers = 2;
    for (const auto &[name, experiment] : cases) {
      QVERIFY2(filled_colours<CanvasView>(experiment, {920, 498}, "canvas_" + name) > 50, qPrintable(name));
    }
    for (const QSize size : {QSize(700, 400), QSize(1400, 640)})
      QVERIFY(filled_colours<CanvasView>(of(ModelKind::parallel), size,
                                         QStringLiteral("canvas_%1").arg(size.width()), [](CanvasView &view) {
                                           view.setStep(6);
                                           view.setNeuron(NeuronId{Stack::spiking, 0, 20});
                                         }) > 50);
  }
};

QTEST_MAIN(TestPictures)
#include "test_pictures.moc"
