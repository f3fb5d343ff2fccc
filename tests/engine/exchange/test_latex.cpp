// Circuits as LaTeX: cells, formulas and names as they must stand; whole documents of every gate are
// balanced.
#include "engine/circuit/gates.h"
#include "engine/exchange/latex.h"
#include "tests/support/qasm_text.h"
#include "tests/support/random_circuit.h"
#include <QRegularExpression>

using namespace duet;

class TestLatex : public QObject {
  Q_OBJECT

  static QStringList rows(const Circuit &circuit) {
    const QString text = QString::fromStdString(write_latex(circuit));
    const auto from = text.indexOf("\\begin{quantikz}\n") + 17, to = text.indexOf("\\end{quantikz}");
    QStringList found;
    for (const QString &line : text.mid(from, to - from).split('\n', Qt::SkipEmptyParts))
      found << line.trimmed();
    return found;
  }
  static QStringList rows(const std::string &lines, const std::string &inputs = "") {
    return rows(read_qasm(qasm_text::head3 + inputs + "qubit[3] q;\n" + lines, "lines"));
  }
  /// The cells of one qubit, without its label and its last wire.
  static QStringList cells(const QString &row) {
    QStringList list = row.chopped(row.endsWith("\\\\") ? 3 : 0).split('&');
    for (QString &cell : list)
      cell = cell.trimmed();
    return list.mid(1, list.size() - 2);
  }
  static QString angle(const std::string &text, const std::string &inputs) {
    return cells(rows("rx(" + text + ") q[0];", inputs)[0]).first();
  }

private Q_SLOTS:
  void theWholeDocument() {
    const std::string text = write_latex(
        read_qasm(qasm_text::head3 +
                      "input float w3;\nqubit[2] q;\nh q[0];\nbarrier q;\ncrz(2*w3 - pi/2) q[1], q[0];\n",
                  "lines"));
    QCOMPARE(text, std::string(R"(\documentclass[tikz, border=4pt]{standalone}
\usepackage[utf8]{inputenc}
\usetikzlibrary{quantikz2}
\begin{document}
\begin{quantikz}
  \lstick{$q_{0}$} & \gate{H} & \qw\slice{} & \gate{R_{Z}(2\,w_{3} - \pi/2)} & \qw \\
  \lstick{$q_{1}$} & \qw & \qw & \ctrl{-1} & \qw
\end{quantikz}
\end{document}
)"));
  }

  void controlsPointToTheirTargets() {
    const QStringList ccx =
        rows("ccx q[0], q[2], q[1]; cz q[2], q[0]; cp(0.5) q[0], q[1]; cswap q[1], q[2], q[0];");
    QCOMPARE(cells(ccx[0]), (QStringList{"\\ctrl{1}", "\\control{}", "\\ctrl{1}", "\\targX{}"}));
    QCOMPARE(cells(ccx[1]), (QStringList{"\\targ{}", "\\qw", "\\phase{0.5}", "\\ctrl{1}"}));
    QCOMPARE(cells(ccx[2]), (QStringList{"\\ctrl{-1}", "\\ctrl{-2}", "\\qw", "\\swap{-2}"}));
  }

  void boxesOverSeveralWiresLetOthersThrough() {
    const QStringList two = rows("rxx(pi/4) q[2], q[0]; rzx(0.5) q[2], q[0];");
    QCOMPARE(cells(two[0]),
             (QStringList{"\\gate[3]{R_{XX}(\\pi/4)}", "\\gate[3]{R_{ZX}(0.5)}\\gateinput{$2$}"}));
    QCOMPARE(cells(two[1]), (QStringList{"\\linethrough", "\\linethrough"}));
    QCOMPARE(cells(two[2]), (QStringList{"", "\\gateinput{$1$}"}));
  }

  void anglesAreFormulas() {
    const std::string inputs = "input float x12;\ninput float theta;\ninput float θ2;\ninput float my_w;\n"
                               "input float w0;\ninput float größe;\n";
    QCOMPARE(angle("x12", inputs), "\\gate{R_{X}(x_{12})}");
    QCOMPARE(angle("-theta", inputs), "\\gate{R_{X}(-\\theta)}");
    QCOMPARE(angle("3*pi/4 + 0.25*θ2", inputs), "\\gate{R_{X}(0.25\\,\\theta_{2} + 3\\pi/4)}");
    QCOMPARE(angle("my_w - 1.25", inputs), "\\gate{R_{X}(\\mathit{my\\_w} - 1.25)}");
    QCOMPARE(angle("größe", inputs),
             "\\gate{R_{X}(w_{4})}"); // a letter that LaTeX may not know: by its number
    QCOMPARE(angle("1e-9", inputs), "\\gate{R_{X}(1\\cdot 10^{-9})}");
    QCOMPARE(angle("-pi", inputs), "\\gate{R_{X}(-\\pi)}");
  }

  void everyGateIsDrawnAndEveryDocumentIsBalanced() {
    std::mt19937 random(3);
    for (int trial = 0; trial < 100; ++trial) {
      const Circuit circuit = dense::random_circuit_of_all(random, 5, 40, 2, 3);
      const QStringList lines = rows(circuit);
      QCOMPARE(lines.size(), 5);
      QVector<QStringList> grid;
      for (const QString &line : lines) {
        QCOMPARE(line.count('{'), line.count('}'));
        QCOMPARE(line.count('$') % 2, 0);
        QCOMPARE(line.endsWith("\\\\"), &line != &lines.last());
        grid << cells(line);
        QCOMPARE(grid.last().size(), grid.first().size());
      }
      int drawn = 0;
      const QRegularExpression once("\\\\(gate(\\[\\d\\])?\\{|targ\\{|control\\{|phase\\{|swap\\{|slice\\{)"),
          pointer("\\\\(ctrl|swap)\\{(-?\\d)\\}");
      for (int row = 0; row < 5; ++row)
        for (int column = 0; column < grid[row].size(); ++column) {
          const QString &cell = grid[row][column];
          drawn += int(cell.count(once));
          if (const auto match = pointer.match(cell); match.hasMatch()) {
            const int other = row + match.captured(2).toInt();
            QVERIFY2(other >= 0 && other < 5 && grid[other][column] != "\\qw", qPrintable(lines.join('\n')));
          }
        }
      QCOMPARE(drawn, int(circuit.operations.size()));
    }
  }
};

QTEST_APPLESS_MAIN(TestLatex)
#include "test_latex.moc"
