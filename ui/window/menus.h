// The menu bar and the keys of the window.
#pragma once

namespace duet::ui {

class MainWindow;

void make_menus(MainWindow &window);
void make_run_menu(MainWindow &window);  ///< one of them: training and looking
void make_view_menu(MainWindow &window); ///< colours, the size of text, and which parts are shown

/// The size of text the person chose; else the desktop's.
int remembered_text_percent();

} // namespace duet::ui
