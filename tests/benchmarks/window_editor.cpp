// What the circuit's editor costs: a gate in the hand that goes from place to place, with the circuit as it
// would be simulated and painted each time, and the repaint of large circuits.
#include "engine/circuit/templates.h"
#include "tests/benchmarks/rounds.h"
#include "ui/editor/editor_view.h"
#include "ui/editor/future_state.h"
#include "ui/theme/theme.h"
#include <QApplication>
#include <QPixmap>

namespace {

using namespace duet;
using namespace duet::ui;

Circuit star(int qubits, int layers) {
  QuantumSettings settings;
  settings.qubits = qubits;
  settings.layers = layers;
  return build_template(settings);
}

void show(EditorView &view, const Circuit &circuit) {
  view.resize(1200, 600);
  view.setEdited(circuit);
  view.setWeights(std::vector<float>(std::size_t(circuit.weights), 0.3f), {});
  view.setInspection(std::vector<double>(std::size_t(circuit.qubits), 0.2),
                     std::vector<float>(std::size_t(circuit.features), 0.4f));
}

void preview(const char *what, const Circuit &circuit, double goal) {
  EditorView view;
  show(view, circuit);
  const std::vector<float> weights(std::size_t(circuit.weights), 0.3f),
      angles(std::size_t(circuit.features), 0.4f);
  QObject::connect(&view, &EditorView::futureShown, &view,
                   [&](const Circuit &future) { view.setFuture(expectation_z(future, weights, angles)); });
  report("    of which the circuit's simulation",
         best_ms(20, [&] { expectation_z(circuit, weights, angles); }), goal);
  QPixmap target(view.size());
  int round = 0;
  view.take({Gate::crx});
  report(what,
         best_ms(20,
                 [&] {
                   view.carry({140 + 90 * (round % 8), 200 + 60 * (round % 3)}, false);
                   view.render(&target);
                   ++round;
                 }),
         goal);
}

void repaint(const char *what, int gates, double goal) {
  Circuit circuit = star(12, 30);
  circuit.operations.resize(std::size_t(gates));
  EditorView view;
  show(view, circuit);
  QPixmap target(view.size());
  report(what, best_ms(20, [&] { view.render(&target); }), goal);
}

} // namespace

int main(int argc, char **argv) {
  if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication app(argc, argv);
  theme().install();
  preview("a gate in the hand, star of 5 qubits, 1 layer", star(5, 1), 30);
  preview("a gate in the hand, star of 10 qubits, 1 layer", star(10, 1), 50);
  preview("a gate in the hand, star of 12 qubits, 2 layers", star(12, 2), 50);
  repaint("repaint of 300 gates on 12 wires, 1200 x 600", 300, 1000.0 / 60);
  repaint("repaint of 1,200 gates on 12 wires, 1200 x 600", 1200, 1000.0 / 60);
}
