// The menu bar and the keys of the window.
#pragma once

namespace duet::ui {

class MainWindow;

void make_menus(MainWindow &window);
void make_run_menu(MainWindow &window); ///< one of them: training and looking

} // namespace duet::ui
