// The menu bar and the keys of the window.
#pragma once

namespace duet::ui {

class MainWindow;

void make_menus(MainWindow &window);

} // namespace duet::ui
