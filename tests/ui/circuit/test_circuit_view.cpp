// The circuit's painting, hit test, words, selection, zoom and export.
#include "engine/model/build_circuit.h"
#include "engine/qasm/qasm.h"
#include "ui/circuit/circuit_figure.h"
#include "ui/circuit/circuit_widget.h"
#include "ui/theme/theme.h"
#include <QFile>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace duet;
using namespace duet::ui;

class TestCircuitView : public QObject {
  Q_OBJECT

  static Circuit star(int qubits = 5, int layers = 1) {
    QuantumSettings settings;
    settings.qubits = qubits, settings.layers = layers;
    return build_circuit(settings);
  }
  static QImage painted(const CircuitPainter &circuit, const Palette &palette, QSize size = {600, 220}) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(palette.panel);
    QPainter painter(&image);
    circuit.paint(painter, QRectF(QPointF(), QSizeF(size)), palette);
    return image;
  }
  static std::size_t colours(const QImage &image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        seen.insert(image.pixel(x, y));
    return seen.size();
  }

private Q_SLOTS:
  void paintsInBothThemesAndManySizes() {
    CircuitPainter circuit;
    circuit.setCircuit(star());
    circuit.setInspection({1, 0.5, 0, -0.5, -1}, {0.1f, 0.2f, 0.3f, 0.4f, 0.5f});
    circuit.setWeights(std::vector<float>(12, 0.7f), std::vector<float>(12, 0.01f));
    for (const Palette *palette : {&light_palette(), &dark_palette()})
      for (const QSize size :
           {QSize(600, 220), QSize(120, 50), QSize(2000, 900), QSize(20, 10), QSize(1, 1)}) {
        const QImage image = painted(circuit, *palette, size);
        if (size.width() > 100)
          QVERIFY2(colours(image) > 20, qPrintable(QStringLiteral("%1 colours").arg(colours(image))));
      }
  }

  void emptyCircuitsPaint() {
    CircuitPainter circuit;
    QVERIFY(colours(painted(circuit, light_palette())) > 1); // the wire and its name
    QVERIFY(!circuit.gateAt({300, 100}, {0, 0, 600, 220}));
    QCOMPARE(circuit.toolTip(0), QString());
  }

  void newValuesChangeThePicture() {
    CircuitPainter circuit;
    circuit.setCircuit(star());
    const QImage before = painted(circuit, light_palette());
    circuit.setInspection({1, 1, 1, 1, 1}, {});
    const QImage disks = painted(circuit, light_palette());
    QVERIFY(before != disks);
    circuit.setInspection({-1, 1, 1, 1, 1}, {});
    QVERIFY(disks != painted(circuit, light_palette()));
    const QImage plain = painted(circuit, light_palette());
    circuit.setSelected(3);
    QVERIFY(plain != painted(circuit, light_palette()));
    circuit.setSelected(-1);
    circuit.setWeights(std::vector<float>(12, 0.01f), {});
    const QImage pale = painted(circuit, light_palette());
    circuit.setWeights(std::vector<float>(12, 1.5f), {});
    QVERIFY(pale != painted(circuit, light_palette()));
    for (const QSize size :
         {QSize(1100, 240), QSize(340, 165)}) { // numbers in the boxes, or bars at their feet
      circuit.setWeights(std::vector<float>(12, 0.2f), {});
      circuit.setInspection({}, std::vector<float>(5, 0.1f));
      const QImage live = painted(circuit, light_palette(), size);
      circuit.setInspection({}, std::vector<float>(5, -1.3f));
      QVERIFY(live != painted(circuit, light_palette(), size));
    }
  }

  void everyGateIsHitInItsMiddle() {
    for (Ansatz ansatz :
         {Ansatz::star, Ansatz::ring, Ansatz::linear, Ansatz::all_to_all, Ansatz::strongly_entangling})
      for (const Fusing fusing : {Fusing::always, Fusing::never}) {
        QuantumSettings settings;
        settings.ansatz = ansatz;
        CircuitPainter circuit;
        circuit.setCircuit(build_circuit(settings));
        circuit.setFusing(fusing);
        const QRectF rect(13, 7, 1400, 260);
        for (int i = 0; i < int(circuit.circuit().operations.size()); ++i) {
          const QRectF gate = circuit.gateRect(i, rect);
          QVERIFY(rect.adjusted(-1, -1, 1, 1).contains(gate));
          const Operation &op = circuit.circuit().operations[std::size_t(i)];
          // at the last qubit's wire: there nothing else lies in the gate's column
          const double row = rect.height() / 5;
          const QPointF point(gate.center().x(),
                              rect.top() + (op.qubits[op.qubits[1] >= 0 ? 1 : 0] + 0.5) * row);
          const auto hit = circuit.gateAt(point, rect);
          QVERIFY(hit.has_value());
          QCOMPARE(*hit, i);
        }
        QVERIFY(!circuit.gateAt({0, 0}, rect));
        QCOMPARE(circuit.qubitAt(QPointF(700, rect.top() + rect.height() * 0.5), rect).value_or(-1), 2);
      }
  }

  void inputsAreCalledAsTheProgramCallsThem() {
    CircuitPainter circuit;
    circuit.setCircuit(read_qasm("OPENQASM 3.0;\ninput float theta;\nqubit q;\nrx(2*theta) q;\n", "program"));
    QCOMPARE(circuit.gateTitle(0), QStringLiteral("RX(2·theta) on q0"));
    QVERIFY(circuit.toolTip(0).contains(QStringLiteral("2·theta, not known")));
    circuit.setWeights({0.25f}, {});
    QVERIFY(circuit.toolTip(0).contains(QStringLiteral("weight theta = 0.25")));
  }

  void tooltipsTellAngleWeightAndGradient() {
    CircuitPainter circuit;
    circuit.setCircuit(star());
    const int rx = 12; // H x5, RY x5, CX, RZ(w0), RX(w1)
    QCOMPARE(circuit.gateTitle(rx), QStringLiteral("RX(w1) on q1"));
    QVERIFY(circuit.toolTip(rx).contains(QStringLiteral("not known")));
    circuit.setWeights({0.1f, 0.25f}, {0.0f, 0.5f});
    QVERIFY(circuit.toolTip(rx).contains(QStringLiteral("weight w1 = 0.25, gradient in this batch 0.5")));
    circuit.setInspection({0.5, 0, 0, 0, 0}, {0.75f});
    QVERIFY(circuit.toolTip(5).contains(QStringLiteral("0.75 rad")) &&
            circuit.toolTip(5).contains(QStringLiteral("x0")));
    QVERIFY(circuit.qubitToolTip(0).contains(QStringLiteral("75.0 %")));
    QCOMPARE(circuit.gateTitle(10), QStringLiteral("CX on q0, q1"));
    QCOMPARE(circuit.summary(), QStringLiteral("5 qubits, 30 gates, 12 weights"));
    QCOMPARE(circuit.gateTitle(99), QString());
  }

  void clicksAndArrowsSelect() {
    CircuitWidget widget;
    widget.setCircuit(star());
    widget.resize(900, 320);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QSignalSpy selected(&widget, &CircuitWidget::gateSelected);
    QTest::mouseClick(widget.viewport(), Qt::LeftButton, {}, widget.gatePosition(7));
    QCOMPARE(selected.count(), 1);
    QCOMPARE(selected.last().first().toInt(), 7);
    QVERIFY(widget.accessibleDescription().contains(QStringLiteral("RY(x2) on q2")));
    QTest::keyClick(&widget, Qt::Key_Right);
    QCOMPARE(selected.last().first().toInt(), 8);
    QTest::keyClick(&widget, Qt::Key_Home);
    QCOMPARE(selected.last().first().toInt(), 0);
    QTest::keyClick(&widget, Qt::Key_Escape);
    QCOMPARE(selected.last().first().toInt(), -1);
    QTest::mouseClick(widget.viewport(), Qt::LeftButton, {}, QPoint(1, 1));
    QCOMPARE(selected.count(), 4); // nothing was selected: no news
  }

  void largeCircuitsScrollAndZoom() {
    CircuitWidget widget;
    widget.setCircuit(star(12, 6));
    widget.resize(400, 150);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QVERIFY(widget.horizontalScrollBar()->maximum() > 0);
    const int last = int(widget.painter().circuit().operations.size()) - 1;
    widget.setSelected(last);
    QVERIFY(widget.viewport()->rect().contains(widget.gatePosition(last)));
    QTest::mouseClick(widget.viewport(), Qt::LeftButton, {},
                      widget.gatePosition(0)); // out of sight: no crash
    widget.setZoom(2);
    QCOMPARE(widget.zoom(), 2.0);
    widget.setSelected(0);
    QVERIFY(widget.viewport()->rect().contains(widget.gatePosition(0)));
    widget.setZoom(0.1);
    QCOMPARE(widget.zoom(), 1.0);
    widget.setCircuit(star(2));
    widget.resize(800, 300);
    QTRY_COMPARE(widget.horizontalScrollBar()->maximum(), 0);
    QCOMPARE(widget.painter().selected(), 0);
  }

  void exportsWholeFilesOrNone() {
    QTemporaryDir folder;
    CircuitPainter painter;
    painter.setCircuit(star());
    painter.setSelected(3); // seen in the window, not in a file
    CircuitFigure circuit(painter);
    const auto path = [&](const char *name) { return folder.filePath(QString::fromLatin1(name)); };
    for (const char *name : {"c.svg", "c.pdf", "c.png", "c.qasm"})
      QCOMPARE(exportTo(circuit, path(name)), QString());
    QSvgRenderer svg(path("c.svg"));
    QVERIFY(svg.isValid());
    QVERIFY(colours(QImage(path("c.png")).convertToFormat(QImage::Format_RGB32)) > 20);
    QFile pdf(path("c.pdf")), qasm(path("c.qasm"));
    QVERIFY(pdf.open(QIODevice::ReadOnly) && pdf.readAll().startsWith("%PDF"));
    QVERIFY(qasm.open(QIODevice::ReadOnly));
    QVERIFY(read_qasm(qasm.readAll().toStdString(), "c.qasm") == star());
    QVERIFY(exportTo(circuit, path("c.doc")).contains(QStringLiteral(".svg")));
    QVERIFY(exportTo(circuit, path("none/c.svg")).contains(QStringLiteral("could not be written")));
    QCOMPARE(circuit.exportTexts().size(), 1); // no angles are known yet
    painter.setWeights(std::vector<float>(12, 0.25F), {});
    QCOMPARE(CircuitFigure(painter).exportTexts().size(), 2);
  }
};

QTEST_MAIN(TestCircuitView)
#include "test_circuit_view.moc"
