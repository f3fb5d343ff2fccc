// View: colours, the text's size, and which parts are shown.
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/window/body.h"
#include "ui/window/main_window.h"
#include "ui/window/menu_action.h"
#include "ui/window/menus.h"
#include <QHBoxLayout>
#include <QMenuBar>
#include <QSettings>
#include <QToolButton>

namespace duet::ui {
namespace {

/// An entry, and a button at the right end of the menu bar.
void add_part(QMenu *menu, QWidget *corner, Body &body, Body::Part part, const char *name,
              const QString &text, const QString &key, const QString &picture) {
  QAction *action = add_toggle(menu, name, text, QObject::tr("Shows or hides: %1 (%2).").arg(text, key),
                               QKeySequence(key), [&body, part](bool wished) { body.show(part, wished); });
  action->setIconVisibleInMenu(false);
  action->setChecked(body.shows(part));
  QObject::connect(&body, &Body::shown, action, [action, part](Body::Part which, bool is) {
    if (which == part)
      action->setChecked(is);
  });
  auto *button = new QToolButton(corner);
  button->setObjectName(QLatin1String(name) + QStringLiteral("Button"));
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonIconOnly);
  button->setProperty("corner", true);
  button->setAccessibleName(text);
  button->setFocusPolicy(Qt::TabFocus);
  corner->layout()->addWidget(button);
  const auto tint = [action, picture] { action->setIcon(icon(picture)); };
  QObject::connect(&theme(), &Theme::changed, action, tint);
  tint();
}

void add_parts(QMenu *menu, MainWindow &window) {
  auto *corner = new QWidget(window.menuBar());
  auto *row = new QHBoxLayout(corner);
  row->setContentsMargins(0, 0, 8, 0);
  row->setSpacing(2);
  Body &body = window.body();
  add_part(menu, corner, body, Body::Part::settings, "showSettings", QObject::tr("Settings"),
           QStringLiteral("F2"), QStringLiteral("panel-left"));
  add_part(menu, corner, body, Body::Part::pages, "showPages", QObject::tr("Charts"), QStringLiteral("F3"),
           QStringLiteral("panel-bottom"));
  add_part(menu, corner, body, Body::Part::inspector, "showInspector", QObject::tr("Inspector"),
           QStringLiteral("F4"), QStringLiteral("panel-right"));
  window.menuBar()->setCornerWidget(corner);
}

const QString text_key = QStringLiteral("text_percent"); ///< absent: as the desktop says

void add_text_sizes(QMenu *menu) {
  const auto to = [](int percent) {
    theme().setTextPercent(percent);
    QSettings().setValue(text_key, percent);
  };
  QAction *larger = add_action(menu, "largerText", QObject::tr("Larger text"),
                               QObject::tr("Everything one size up, to 250 %."), {},
                               [to] { to(next_text_percent(theme().textPercent(), 1)); });
  larger->setShortcuts({QKeySequence(QStringLiteral("Ctrl++")), QKeySequence(QStringLiteral("Ctrl+="))});
  QAction *smaller = add_action(
      menu, "smallerText", QObject::tr("Smaller text"), QObject::tr("Everything one size down, to 100 %."),
      QKeySequence(QStringLiteral("Ctrl+-")), [to] { to(next_text_percent(theme().textPercent(), -1)); });
  QAction *usual = add_action(menu, "usualText", {}, QObject::tr("The size of the desktop's own text."),
                              QKeySequence(QStringLiteral("Ctrl+0")), [] {
                                QSettings().remove(text_key);
                                theme().setTextPercent(desktop_text_percent());
                              });
  const auto follow = [larger, smaller, usual] {
    const int now = theme().textPercent();
    allow(larger, now < largest_text_percent ? QString() : QObject::tr("this is the largest."));
    allow(smaller, now > smallest_text_percent ? QString() : QObject::tr("this is the smallest."));
    usual->setText(QObject::tr("Usual text (now %1 %)").arg(now));
  };
  QObject::connect(&theme(), &Theme::textSizeChanged, usual, follow);
  follow();
}

} // namespace

int remembered_text_percent() { return QSettings().value(text_key, desktop_text_percent()).toInt(); }

void make_view_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&View"));
  menu->setObjectName(QStringLiteral("viewMenu"));
  menu->setToolTipsVisible(true);
  QAction *dark = add_toggle(menu, "darkTheme", QObject::tr("Dark colours"), QObject::tr("Light or dark."),
                             QKeySequence(QStringLiteral("Ctrl+T")), {});
  dark->setChecked(theme().mode() == Theme::Mode::dark);
  QObject::connect(dark, &QAction::toggled, menu, [](bool on) {
    theme().setMode(on ? Theme::Mode::dark : Theme::Mode::light);
    QSettings().setValue(QStringLiteral("dark"), on);
  });
  QObject::connect(&theme(), &Theme::changed, dark,
                   [dark] { dark->setChecked(theme().mode() == Theme::Mode::dark); });
  menu->addSeparator();
  add_text_sizes(menu);
  menu->addSeparator();
  add_parts(menu, window);
  menu->addSeparator();
  add_action(menu, "fullScreen", QObject::tr("Full screen"),
             QObject::tr("Fills the screen, or goes back to the window."), QKeySequence(Qt::Key_F11),
             [&window] { window.isFullScreen() ? window.showNormal() : window.showFullScreen(); });
}

} // namespace duet::ui
