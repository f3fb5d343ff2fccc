// What leaves the window: every chart of every tab, the circuit as a program, the clipboard.
#include "engine/io/files.h"
#include "engine/qasm/qasm.h"
#include "tests/ui/window/started.h"
#include "ui/panels/info_bars.h"
#include "ui/plots/export_desk.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/export_menu.h"
#include <QClipboard>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>

using namespace duet;
using namespace duet::ui;

namespace {

Opened small() { return few_images(640, 100, 3); }

} // namespace

class TestExporting : public QObject {
  Q_OBJECT
  WindowHome home_;

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }

  void exportsEveryChartOfEveryTab() {
    Opened opened = small();
    auto window = started(opened, true);
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::finished, 20000);
    QCOMPARE(window->tabs().currentIndex(), 0); // the others were never looked at
    QStringList names;
    for (Exportable *chart : window->charts()) {
      names << chart->exportName();
      for (const QString &ending : export_endings(*chart)) {
        const QString file = home_.filePath(chart->exportName() + '.' + ending);
        QCOMPARE(exportTo(*chart, file), QString());
        QVERIFY2(QFileInfo(file).size() > 60, qPrintable(file));
      }
    }
    for (const char *name :
         {"accuracy", "loss", "spikes", "membrane", "accuracy-over-ratio", "confusion-spiking",
          "confusion-quantum", "confusion-together", "circuit", "logits-over-ratio", "model"})
      QCOMPARE(names.count(QLatin1String(name)), 1);
    const auto lines = [&](const char *name) {
      return QString::fromStdString(read_file(home_.filePath(name).toStdString())).count('\n');
    };
    QVERIFY(lines("accuracy-over-ratio.csv") > 2); // counted although its tab is hidden
    QCOMPARE(lines("confusion-together.csv"), 101);
    QVERIFY(!exportTo(*window->charts().first(), QStringLiteral("/proc/none/a.png")).isEmpty());
  }

  void everyExportSaysWhereItWent() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    const QString file = home_.filePath("said.svg");
    QVERIFY(export_desk().save(*window->charts().first(), file));
    QCOMPARE(window->infos().textOf(QStringLiteral("message")), QStringLiteral("Saved to %1.").arg(file));
    QVERIFY(!export_desk().save(*window->charts().first(), QStringLiteral("/proc/none/a.svg")));
    QVERIFY(window->infos().textOf(QStringLiteral("message")).contains(QStringLiteral("/proc/none/a.svg")));
    export_desk().copyPicture(*window->charts().first());
    QVERIFY(window->infos().textOf(QStringLiteral("message")).contains(QStringLiteral("clipboard")));
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasImage());
    export_desk().copyData(*window->charts().first());
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("curve,")));
  }

  void theCircuitIsAProgramWithInputsOrWithItsAngles() {
    auto window = started(small(), true);
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::finished, 20000);
    const auto view = window->session().view();
    CircuitFigure figure = circuit_figure(window->document().running(), view.get());
    const QString inputs = home_.filePath("inputs.qasm"), trained = home_.filePath("trained.qasm");
    QCOMPARE(exportTo(figure, inputs, light_palette(), CircuitFigure::withInputs()), QString());
    QCOMPARE(exportTo(figure, trained, light_palette(), CircuitFigure::withWeights()), QString());
    const Circuit open = read_qasm(read_file(inputs.toStdString()), "inputs"),
                  bound = read_qasm(read_file(trained.toStdString()), "trained");
    QCOMPARE(open.weights, 12);
    QCOMPARE(bound.weights, 0);
    QCOMPARE(bound.features, open.features);
    QCOMPARE(bound.operations.size(), open.operations.size());
    int compared = 0;
    for (std::size_t k = 0; k < open.operations.size(); ++k)
      for (std::size_t a = 0; a < open.operations[k].angles.size(); ++a)
        if (const Angle &angle = open.operations[k].angles[a]; angle.source == Angle::Source::weight) {
          const double value = static_cast<double>(
              view->training.circuit_weights->value[static_cast<std::size_t>(angle.index)]);
          QCOMPARE(bound.operations[k].angles[a].offset, angle.scale * value + angle.offset);
          ++compared;
        }
    QCOMPARE(compared, 12);
    QMenu menu;
    make_export_menus(&menu, *window);
    for (const char *name : {"exportCircuit", "exportTrained", "exportInputs"})
      QVERIFY(menu.findChild<QAction *>(QLatin1String(name)));
  }
};

QTEST_MAIN(TestExporting)
#include "test_exporting.moc"
