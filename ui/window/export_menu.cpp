#include "ui/window/export_menu.h"
#include "engine/base/error.h"
#include "engine/model/build_circuit.h"
#include "engine/session/session.h"
#include "ui/plots/export_desk.h"
#include "ui/window/main_window.h"
#include "ui/window/menu_action.h"
#include "ui/window/messages.h"

namespace duet::ui {
namespace {

void fill_charts(QMenu *menu, MainWindow &window) {
  menu->clear();
  for (Exportable *chart : window.charts())
    add_action(menu, "exportChart", chart->exportTitle() + QStringLiteral("\u2026"),
               QObject::tr("SVG, PDF, PNG at 300 dpi, or the numbers."), {},
               [&window, chart] { export_desk().askAndSave(*chart, &window); });
  menu->addSeparator();
  QAction *own = add_toggle(menu, "exportOwnColours", QObject::tr("In the window's colours"),
                            QObject::tr("Figures have light colours unless this is on."), {},
                            [](bool on) { export_desk().setOwnColours(on); });
  own->setChecked(export_desk().ownColours());
}

/// form: of the program; empty: the drawing.
void save_circuit(MainWindow &window, const QString &form) {
  try {
    CircuitFigure figure = circuit_figure(window.document().running(), window.session().view().get());
    const QList<ExportText> texts = figure.exportTexts();
    const bool there =
        std::any_of(texts.begin(), texts.end(), [&](const ExportText &text) { return text.name == form; });
    if (!form.isEmpty() && !there)
      return window.messages().tell(QObject::tr("This circuit has no trained angles: export it with inputs."),
                                    true);
    export_desk().askAndSave(figure, &window, form);
  } catch (const Error &error) {
    window.messages().tell(QString::fromUtf8(error.what()), true);
  }
}

} // namespace

CircuitFigure circuit_figure(const Experiment &experiment, const SessionView *view) {
  CircuitPainter painter;
  painter.setCircuit(build_circuit(experiment.quantum));
  if (view && view->training.circuit_weights)
    painter.setWeights(view->training.circuit_weights->value, view->training.circuit_weights->gradient);
  return CircuitFigure(painter);
}

void make_export_menus(QMenu *file_menu, MainWindow &window) {
  QMenu *charts = add_submenu(file_menu, "exportChartMenu", QObject::tr("Export &chart"));
  QObject::connect(charts, &QMenu::aboutToShow, charts, [charts, &window] { fill_charts(charts, window); });
  QMenu *circuit = add_submenu(file_menu, "exportCircuitMenu", QObject::tr("Export c&ircuit"));
  add_action(circuit, "exportCircuit", QObject::tr("Drawing\u2026"),
             QObject::tr("SVG, PDF or PNG at 300 dpi."), {}, [&window] { save_circuit(window, {}); });
  add_action(circuit, "exportTrained", CircuitFigure::withWeights() + QStringLiteral("\u2026"),
             QObject::tr("A program whose weights are the trained angles; the features stay inputs."), {},
             [&window] { save_circuit(window, CircuitFigure::withWeights()); });
  add_action(circuit, "exportInputs", CircuitFigure::withInputs() + QStringLiteral("\u2026"),
             QObject::tr("A program whose weights and features are inputs, as Duet reads it again."), {},
             [&window] { save_circuit(window, CircuitFigure::withInputs()); });
}

} // namespace duet::ui
