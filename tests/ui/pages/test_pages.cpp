#include "tests/ui/fabricated_view.h"
#include "ui/pages/training_curves.h"
#include "ui/pages/training_page.h"
#include "ui/plots/line_chart.h"
#include "ui/theme/theme.h"
#include <QSignalSpy>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

class TestPages : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void training_and_test_stay_apart() {
    const auto view = fabricated::view();
    const TrainingCurves curves = training_curves(view->training);
    QCOMPARE(curves.test_accuracy.size(), view->training.epochs->size());
    QCOMPARE(curves.running_accuracy.size(), view->training.running->size());
    QCOMPARE(curves.running_images, 500U);
    for (std::size_t i = 0; i < curves.test_accuracy.size(); ++i) {
      QCOMPARE(curves.test_accuracy[i].y(), (*view->training.epochs)[i].test_accuracy);
      QCOMPARE(curves.test_loss[i].y(), (*view->training.epochs)[i].test_loss);
      QCOMPARE(curves.test_accuracy[i].x(), static_cast<double>((*view->training.epochs)[i].epoch));
    }
  }
  void training_points_are_means_over_a_twentieth_of_an_epoch() {
    Snapshot snapshot;
    auto batches = std::make_shared<std::vector<BatchPoint>>();
    for (int k = 1; k <= 200; ++k) // 100 an epoch: 5 in each block
      batches->push_back({k / 100.0, static_cast<float>(k), 0.5F});
    snapshot.batches = batches;
    const TrainingCurves curves = training_curves(snapshot);
    QCOMPARE(curves.train_loss.size(), std::size_t{40});
    QCOMPARE(curves.train_loss[0].y(), 3.0); // mean of 1..5
    QCOMPARE(curves.train_loss[0].x(), 0.05);
    QCOMPARE(curves.train_loss[39].y(), 198.0);
  }
  void the_accuracy_axis_jumps() {
    TrainingCurves curves;
    QCOMPARE(accuracy_floor(curves), 0.0);
    curves.train_accuracy = {{0.1, 0.2}};
    QCOMPARE(accuracy_floor(curves), 0.0);
    curves.train_accuracy = {{1, 0.95}};
    curves.test_accuracy = {{1, 0.95}};
    curves.running_quantum = {{0.9, 0.3}}; // older than the evaluation
    curves.test_quantum = {{1, 0.74}};
    QCOMPARE(accuracy_floor(curves), 0.5);
    curves.test_quantum = {{1, 0.96}};
    QCOMPARE(accuracy_floor(curves), 0.9);
  }
  void branches_are_named_as_branches() {
    TrainingPage page;
    page.resize(920, 306);
    page.setView(fabricated::view());
    page.show();
    auto *accuracy = page.findChild<LineChart *>("chart.accuracy");
    const QString names = accuracy->readOutAt(2) + accuracy->toCsv();
    QVERIFY(names.contains("spiking branch") && names.contains("quantum branch"));
    QVERIFY(!names.contains("spiking network"));
    QVERIFY(names.contains("on 500 test images"));
  }
  void a_hidden_page_computes_nothing() {
    TrainingPage page;
    auto *accuracy = page.findChild<LineChart *>("chart.accuracy");
    const int before = accuracy->updates();
    page.setView(fabricated::view());
    QCOMPARE(accuracy->updates(), before);
    page.show();
    QVERIFY(accuracy->updates() > before);
    const int shown = accuracy->updates();
    auto again = std::make_shared<SessionView>(*fabricated::view());
    page.setView(again);
    const int once = accuracy->updates();
    again = std::make_shared<SessionView>(*again); // same parts, new view
    again->training.step += 1;
    page.setView(again);
    QCOMPARE(accuracy->updates(), once);
    QVERIFY(once >= shown);
  }
  void another_kind_of_model_gets_its_own_curves() {
    TrainingPage page;
    page.show();
    page.setView(fabricated::view());
    Experiment alone;
    alone.model.kind = ModelKind::spiking;
    page.setView(fabricated::view(alone));
    page.resize(920, 306);
    page.grab();
    const QString csv = page.findChild<LineChart *>("chart.accuracy")->toCsv();
    QVERIFY(!csv.contains("branch"));
    QVERIFY(csv.contains("\"test\",1,"));
  }
};

QTEST_MAIN(TestPages)
#include "test_pages.moc"
