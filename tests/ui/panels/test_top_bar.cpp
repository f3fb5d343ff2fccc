// What the top bar calls the branches, in every mode of the model.
#include "ui/panels/crossfader.h"
#include "ui/panels/top_bar.h"
#include "ui/theme/theme.h"
#include <QPushButton>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

Experiment twin(QuantumInput input = QuantumInput::spiking) {
  Experiment experiment;
  experiment.quantum.ansatz = Ansatz::none;
  experiment.quantum.input = input;
  experiment.model.fusion_ratio = 0.615;
  return experiment;
}

QPushButton *lock(TopBar &bar, const char *name) { return bar.findChild<QPushButton *>(QLatin1String(name)); }

/// How many pixels of the widget have exactly this colour.
int pixels(QWidget &widget, const QColor &colour) {
  const QImage image = widget.grab().toImage();
  int count = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      count += image.pixelColor(x, y) == colour;
  return count;
}

} // namespace

class TestTopBar : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void theBranchesHaveTheirNames() {
    TopBar bar;
    bar.resize(1440, 62);
    bar.QWidget::show(); // what there is room for follows the size
    bar.show(Experiment());
    QCOMPARE(bar.crossfader().label(Speaker::spiking), QString("Spiking 40 %"));
    QCOMPARE(bar.crossfader().label(Speaker::quantum), QString("Quantum 60 %"));
    QCOMPARE(lock(bar, "lockSpiking")->text().trimmed(), QString("spiking"));
    QCOMPARE(lock(bar, "lockQuantum")->text().trimmed(), QString("quantum"));
    QVERIFY(pixels(bar.crossfader(), light_palette().twin_ink) == 0);
  }

  void aTwinIsCalledATwin() {
    TopBar bar;
    bar.resize(1440, 62);
    bar.QWidget::show(); // what there is room for follows the size
    bar.show(twin());
    bar.QWidget::show();
    bar.grab();
    QCOMPARE(bar.crossfader().label(Speaker::spiking), QString("Spiking 38 %"));
    QCOMPARE(bar.crossfader().label(Speaker::quantum), QString("Tanh twin 62 %")); // together 100
    QVERIFY(bar.crossfader().toolTip().contains("tanh twin"));
    QPushButton *second = lock(bar, "lockQuantum");
    QCOMPARE(second->text().trimmed(), QString("tanh twin"));
    QVERIFY(second->toolTip().contains("Locks the tanh twin") && second->accessibleName().contains("twin"));
    QVERIFY(second->width() >= second->sizeHint().width());
    QVERIFY(pixels(bar.crossfader(), light_palette().twin_ink) > 0);
    QCOMPARE(pixels(bar.crossfader(), light_palette().quantum_ink), 0);
    bar.show(twin(QuantumInput::pooled));
    QCOMPARE(bar.crossfader().label(Speaker::quantum), QString("Pooled twin 62 %"));
    bar.show(Experiment());
    QCOMPARE(bar.crossfader().label(Speaker::quantum), QString("Quantum 60 %"));
  }

  void whatIsNotThereSaysWhy() {
    TopBar bar;
    Experiment alone;
    alone.model.kind = ModelKind::spiking;
    bar.show(alone);
    QVERIFY(!lock(bar, "lockQuantum")->isEnabled());
    QVERIFY(lock(bar, "lockQuantum")->toolTip().contains("no quantum branch"));
    QVERIFY(bar.crossfader().toolTip().contains("this model has one"));
    for (const QPushButton *button : bar.findChildren<QPushButton *>())
      QVERIFY2(button->isEnabled() || button->toolTip().contains("Not now") || button->parent() != &bar,
               qPrintable(button->objectName()));
  }
};

QTEST_MAIN(TestTopBar)
#include "test_top_bar.moc"
