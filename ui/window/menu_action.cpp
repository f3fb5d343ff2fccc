#include "ui/window/menu_action.h"
#include "ui/panels/availability.h"
#include <QVariant>

namespace duet::ui {
namespace {

const char *const tip_key = "tip";

void set_tip(QAction *action, const QString &tip) {
  action->setToolTip(tip);
  action->setStatusTip(QString(tip).replace('\n', ' '));
}

} // namespace

QAction *add_action(QMenu *menu, const char *name, const QString &text, const QString &tip,
                    const QKeySequence &key, const std::function<void()> &run) {
  QAction *action = menu->addAction(text);
  action->setObjectName(QLatin1String(name));
  action->setProperty(tip_key, tip);
  set_tip(action, tip);
  if (!key.isEmpty())
    action->setShortcut(key);
  if (run)
    QObject::connect(action, &QAction::triggered, menu, run);
  return action;
}

QAction *add_toggle(QMenu *menu, const char *name, const QString &text, const QString &tip,
                    const QKeySequence &key, const std::function<void(bool)> &toggle) {
  QAction *action = add_action(menu, name, text, tip, key, {});
  action->setCheckable(true);
  if (toggle)
    QObject::connect(action, &QAction::triggered, menu, toggle);
  return action;
}

QMenu *add_submenu(QMenu *menu, const char *name, const QString &text) {
  QMenu *made = menu->addMenu(text);
  made->setObjectName(QLatin1String(name));
  made->setToolTipsVisible(true);
  return made;
}

void allow(QAction *action, const QString &why_not) {
  action->setEnabled(why_not.isEmpty());
  set_tip(action, tip_with_reason(action->property(tip_key).toString(), why_not));
}

} // namespace duet::ui
