// Entries of the menus.
#pragma once
#include <QAction>
#include <QMenu>
#include <functional>

namespace duet::ui {

/// An entry with a name for tests, a sentence, and a key (none where it is empty).
QAction *add_action(QMenu *menu, const char *name, const QString &text, const QString &tip,
                    const QKeySequence &key, const std::function<void()> &run);
/// The same with a tick; `toggle` is called when the person changes it.
QAction *add_toggle(QMenu *menu, const char *name, const QString &text, const QString &tip,
                    const QKeySequence &key, const std::function<void(bool)> &toggle);
QMenu *add_submenu(QMenu *menu, const char *name, const QString &text);
/// Enabled where there is no reason against it; the reason stands in its tips.
void allow(QAction *action, const QString &why_not);

} // namespace duet::ui
