// The pictures beside the answers are those the network saw when it gave them.
#include "engine/data/pixels.h"
#include "tests/ui/fabricated_view.h"
#include "tests/ui/settle.h"
#include "ui/data/digit_image.h"
#include "ui/data/gallery_view.h"
#include "ui/data/selected_image_panel.h"
#include "ui/panels/inspector.h"
#include "ui/panels/selection.h"
#include "ui/theme/theme.h"
#include <QCheckBox>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

constexpr NoiseSettings noise{NoiseKind::gaussian, 0.4, NoiseApply::both};

/// As digit_image paints what evaluation sees of an image.
QImage seen(const SessionView &view, std::uint32_t index, const NoiseSettings &by) {
  DataSettings settings;
  settings.noise = by;
  std::vector<float> pixels(view.dataset->test.pixel_count());
  test_pixels(view.dataset->test, index, settings, view.experiment.seed, pixels.data());
  return digit_image(pixels, 28, 28, theme().palette().image);
}

QImage clean(const SessionView &view, std::uint32_t index) {
  return digit_image(view.dataset->test.image(index), 28, 28, theme().palette().image);
}

/// Answered under `answered`, and trained under `now` since.
std::shared_ptr<SessionView> noisy_view(const NoiseSettings &answered, const NoiseSettings &now) {
  Experiment experiment;
  experiment.seed = 5;
  experiment.data.noise = now;
  const auto view = fabricated::view(experiment);
  const auto answers = std::make_shared<TestAnswers>(*view->training.answers);
  answers->noise = answered;
  view->training.answers = answers;
  return view;
}

} // namespace

class TestThumbnails : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void theNoiseIsThatOfTheAnswers() {
    GalleryView gallery;
    gallery.resize(230, 200);
    gallery.show();
    const auto view = noisy_view(noise, {});
    gallery.setView(view);
    QVERIFY(seen(*view, 3, noise) != clean(*view, 3));
    QCOMPARE(gallery.thumbnail(3), seen(*view, 3, noise));
    QVERIFY(gallery.describe(3).endsWith("with the noise the network saw"));
    gallery.setClean(true);
    QCOMPARE(gallery.thumbnail(3), clean(*view, 3));
    QVERIFY(gallery.describe(3).contains("without the noise"));
    gallery.setClean(false);
    const auto later = noisy_view({}, noise); // answered before the noise was set
    gallery.setView(later);
    QCOMPARE(gallery.thumbnail(3), clean(*later, 3));
    QVERIFY(!gallery.describe(3).contains("noise"));
    const auto train_only = noisy_view({NoiseKind::gaussian, 0.4, NoiseApply::train}, {});
    gallery.setView(train_only);
    QCOMPARE(gallery.thumbnail(3), clean(*train_only, 3));
  }

  void beforeTheFirstAnswersTheExperimentsNoiseHolds() {
    GalleryView gallery;
    gallery.show();
    const auto view = noisy_view(noise, noise);
    view->training.answers = nullptr;
    gallery.setView(view);
    QCOMPARE(gallery.thumbnail(8), seen(*view, 8, noise));
  }

  void onlyVisiblePicturesAreMadeAndEachOnce() {
    GalleryView gallery;
    gallery.resize(230, 120);
    gallery.show();
    gallery.setView(noisy_view(noise, noise));
    fabricated::settled([&] { return gallery.repaints(); });
    const int made = gallery.drawnThumbnails();
    QVERIFY2(made > 5 && made < 40, qPrintable(QString::number(made))); // of 400
    gallery.viewport()->repaint();
    gallery.setSelected(2);
    gallery.viewport()->repaint();
    QCOMPARE(gallery.drawnThumbnails(), made);
  }

  void aSwitchShowsTheImagesWithoutTheirNoise() {
    Selection selection;
    Inspector inspector(selection);
    inspector.resize(258, 700);
    inspector.show();
    auto *noisy = inspector.findChild<QCheckBox *>("gallery.noise");
    inspector.setView(noisy_view({}, {}));
    QVERIFY(!noisy->isVisible());
    const auto view = noisy_view(noise, noise);
    const auto inspection = std::make_shared<Inspection>(*view->training.inspection);
    DataSettings settings;
    settings.noise = noise;
    test_pixels(view->dataset->test, inspection->index, settings, 5, inspection->pixels.data());
    view->training.inspection = inspection;
    inspector.setView(view);
    QVERIFY(noisy->isVisible() && noisy->isChecked());
    const auto *panel = inspector.findChild<SelectedImagePanel *>();
    QCOMPARE(panel->picture(), seen(*view, inspection->index, noise));
    QCOMPARE(inspector.gallery().thumbnail(4), seen(*view, 4, noise));
    noisy->click();
    QCOMPARE(panel->picture(), clean(*view, inspection->index));
    QCOMPARE(inspector.gallery().thumbnail(4), clean(*view, 4));
  }
};

QTEST_MAIN(TestThumbnails)
#include "test_thumbnails.moc"
