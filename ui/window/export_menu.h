// File > Export: every chart of the window, also of hidden tabs, and the circuit as drawing and program.
#pragma once
#include "ui/circuit/circuit_figure.h"

class QMenu;

namespace duet {

struct Experiment;
struct SessionView;

namespace ui {

class MainWindow;

/// The running circuit with its present weights. Throws Error where there is none.
CircuitFigure circuit_figure(const Experiment &experiment, const SessionView *view);

void make_export_menus(QMenu *file_menu, MainWindow &window);

} // namespace ui
} // namespace duet
