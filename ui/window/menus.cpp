#include "ui/window/menus.h"
#include "engine/experiment/presets.h"
#include "ui/bridge/recent_files.h"
#include "ui/canvas/canvas_view.h"
#include "ui/panels/availability.h"
#include "ui/panels/inspector.h"
#include "ui/panels/restore_panel.h"
#include "ui/window/about.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/export_menu.h"
#include "ui/window/main_window.h"
#include "ui/window/menu_action.h"
#include "ui/window/messages.h"
#include "ui/window/opener.h"
#include "ui/window/restoring.h"
#include <QFileInfo>
#include <QMenuBar>

namespace duet::ui {
namespace {

void fill_recent(QMenu *menu, MainWindow &window) {
  menu->clear();
  const QStringList paths = recent_files();
  for (const QString &path : paths)
    add_action(menu, "recentFile", QFileInfo(path).fileName(), path, {},
               [&window, path] { window.opener().open(path); });
  if (paths.isEmpty())
    allow(add_action(menu, "noRecent", QObject::tr("nothing yet"),
                     QObject::tr("Experiments, runs and circuits that were opened or saved."), {}, {}),
          QObject::tr("none has been opened or saved."));
  else
    add_action(menu, "forgetRecent", QObject::tr("Forget these"),
               QObject::tr("Empties this list; the files stay."), {}, forget_files);
}

void make_file_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&File"));
  menu->setObjectName(QStringLiteral("fileMenu"));
  menu->setToolTipsVisible(true);
  FileActions &files = window.files();
  QMenu *fresh = add_submenu(menu, "newMenu", QObject::tr("&New"));
  for (const Preset &preset : presets()) {
    const QString name = QString::fromStdString(preset.name), help = QString::fromStdString(preset.help);
    add_action(fresh, "newPreset", name, help, {}, [&window, name] { window.opener().newFrom(name); });
  }
  add_action(menu, "open", QObject::tr("&Open\u2026"), QObject::tr("Opens an experiment or a circuit."),
             QKeySequence(QStringLiteral("Ctrl+O")), [&files] { files.askOpen(); });
  add_action(menu, "openRun", QObject::tr("Open run &folder\u2026"),
             QObject::tr("Goes on with a run: its settings, weights and curves."),
             QKeySequence(QStringLiteral("Ctrl+Shift+O")), [&files] { files.askOpenFolder(); });
  QMenu *recent = add_submenu(menu, "recentMenu", QObject::tr("&Recent"));
  QObject::connect(recent, &QMenu::aboutToShow, recent, [recent, &window] { fill_recent(recent, window); });
  QAction *restore = add_action(menu, "restoreAction", QObject::tr("Restore &unsaved work"),
                                QObject::tr("Lists what earlier windows left unsaved."), {},
                                [&window] { window.restorePanel().reveal(); });
  const auto follow = [&window, restore] {
    allow(restore,
          window.restoring().count() > 0 ? QString() : QObject::tr("earlier windows left nothing unsaved."));
  };
  QObject::connect(&window.restoring(), &Restoring::listed, restore, follow);
  follow();
  menu->addSeparator();
  add_action(menu, "save", QObject::tr("&Save"), QObject::tr("Saves to the known file or folder."),
             QKeySequence(QStringLiteral("Ctrl+S")), [&files] { files.save(); });
  add_action(menu, "saveAs", QObject::tr("Save &as\u2026"),
             QObject::tr("The settings as experiment.json, or the whole run as a folder."),
             QKeySequence(QStringLiteral("Ctrl+Shift+S")), [&files] { files.askSaveAs(); });
  menu->addSeparator();
  add_action(menu, "getData", QObject::tr("&Get data set\u2026"),
             QObject::tr("MNIST, Fashion-MNIST and KMNIST: what is here, and fetching the rest."), {},
             [&window] { window.showDataSets(); });
  make_export_menus(menu, window);
  menu->addSeparator();
  add_action(menu, "quit", QObject::tr("&Quit"),
             QObject::tr("Ends Duet; what no file holds is kept and offered at the next start."),
             QKeySequence(QStringLiteral("Ctrl+Q")), [&window] { window.close(); });
}

/// An entry of the undo stack: what it would do, or that there is nothing.
void follow_stack(QAction *action, const QUndoStack &stack, const QString &name, const QString &nothing,
                  bool undo) {
  const auto follow = [action, &stack, name, nothing, undo] {
    const QString text = undo ? stack.undoText() : stack.redoText();
    action->setText(text.isEmpty() ? name : name + QStringLiteral(": ") + text);
    allow(action, (undo ? stack.canUndo() : stack.canRedo()) ? QString() : nothing);
  };
  QObject::connect(&stack, &QUndoStack::indexChanged, action, follow);
  QObject::connect(&stack, undo ? &QUndoStack::canUndoChanged : &QUndoStack::canRedoChanged, action, follow);
  follow();
}

void make_edit_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&Edit"));
  menu->setObjectName(QStringLiteral("editMenu"));
  menu->setToolTipsVisible(true);
  QUndoStack &stack = window.document().undoStack();
  QAction *undo = add_action(menu, "undo", {}, QObject::tr("Takes the last edit or Reset back."),
                             QKeySequence(QStringLiteral("Ctrl+Z")), [&stack] { stack.undo(); });
  QAction *redo = add_action(menu, "redo", {}, QObject::tr("Does again what was undone (also Ctrl+Y)."), {},
                             [&stack] { stack.redo(); });
  redo->setShortcuts({QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))});
  follow_stack(undo, stack, QObject::tr("Undo"), QObject::tr("there is nothing to undo."), true);
  follow_stack(redo, stack, QObject::tr("Redo"), QObject::tr("there is nothing to redo."), false);
  menu->addSeparator();
  QAction *circuit =
      add_action(menu, "circuitTextAction", QObject::tr("&Circuit as OpenQASM\u2026"),
                 QObject::tr("Edits the custom circuit as a program."),
                 QKeySequence(QStringLiteral("Ctrl+E")), [&window] { window.showCircuitText(); });
  const auto follow = [&window, circuit] {
    allow(circuit, why_no_circuit_text(window.document().experiment()));
  };
  QObject::connect(&window.document(), &Document::experimentChanged, circuit, follow);
  follow();
}

void make_help_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&Help"));
  menu->setObjectName(QStringLiteral("helpMenu"));
  add_action(menu, "firstMinuteAction", QObject::tr("The first minute"),
             QObject::tr("What there is to see, the keys, and what the numbers are."),
             QKeySequence(Qt::Key_F1), [&window] { show_first_minute(&window); });
  add_action(menu, "aboutAction", QObject::tr("About Duet"), QObject::tr("Version, licences, thanks."), {},
             [&window] { show_about(&window); });
}

} // namespace

void make_menus(MainWindow &window) {
  make_file_menu(window);
  make_edit_menu(window);
  make_run_menu(window);
  make_view_menu(window);
  make_help_menu(window);
}

} // namespace duet::ui
