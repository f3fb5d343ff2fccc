// Help: the first minute with Duet, and About with what it is made of and under which licences.
#pragma once

class QWidget;

namespace duet::ui {

void show_first_minute(QWidget *window);
void show_about(QWidget *window);

} // namespace duet::ui
