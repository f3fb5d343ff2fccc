#include "ui/window/menus.h"
#include "engine/experiment/presets.h"
#include "ui/bridge/recent_files.h"
#include "ui/canvas/canvas_view.h"
#include "ui/panels/inspector.h"
#include "ui/theme/theme.h"
#include "ui/window/about.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/export_actions.h"
#include "ui/window/main_window.h"
#include <QActionGroup>
#include <QApplication>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QShortcut>

namespace duet::ui {
namespace {

/// An action with a name for tests, a sentence and a key.
QAction *add(QMenu *menu, const char *name, const QString &text, const QString &tip, const QKeySequence &key,
             const std::function<void()> &run) {
  QAction *action = menu->addAction(text);
  action->setObjectName(QLatin1String(name));
  action->setToolTip(tip);
  action->setStatusTip(tip);
  if (!key.isEmpty())
    action->setShortcut(key);
  QObject::connect(action, &QAction::triggered, menu, run);
  return action;
}

QMenu *submenu(QMenu *menu, const char *name, const QString &text) {
  QMenu *made = menu->addMenu(text);
  made->setObjectName(QLatin1String(name));
  made->setToolTipsVisible(true);
  return made;
}

void fill_recent(QMenu *menu, MainWindow &window) {
  menu->clear();
  const QStringList paths = recent_files();
  for (const QString &path : paths)
    add(menu, "recentFile", QFileInfo(path).fileName(), path, {},
        [&window, path] { window.files().open(path); });
  if (paths.isEmpty())
    menu->addAction(QObject::tr("nothing yet"))->setEnabled(false);
  else
    add(menu, "forgetRecent", QObject::tr("Forget these"), QObject::tr("Empties this list; the files stay."),
        {}, forget_files);
}

void fill_charts(QMenu *menu, MainWindow &window) {
  menu->clear();
  for (Exportable *chart : window.charts())
    add(menu, "exportChart", chart->exportName() + QStringLiteral("\u2026"),
        QObject::tr("PNG, SVG, PDF or CSV."), {}, [&window, chart] {
          if (const QString problem = ask_export(*chart, &window); !problem.isEmpty())
            window.tell(problem, true);
        });
}

void make_file_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&File"));
  menu->setObjectName(QStringLiteral("fileMenu"));
  menu->setToolTipsVisible(true);
  FileActions &files = window.files();
  QMenu *fresh = submenu(menu, "newMenu", QObject::tr("&New"));
  for (const Preset &preset : presets()) {
    const QString name = QString::fromStdString(preset.name), help = QString::fromStdString(preset.help);
    add(fresh, "newPreset", name, help, {}, [&files, name] { files.newFrom(name); });
  }
  add(menu, "open", QObject::tr("&Open\u2026"), QObject::tr("Opens an experiment or a circuit."),
      QKeySequence::Open, [&files] { files.askOpen(); });
  add(menu, "openRun", QObject::tr("Open run &folder\u2026"),
      QObject::tr("Goes on with a run: its settings, weights and curves."),
      QKeySequence(QStringLiteral("Ctrl+Shift+O")), [&files] { files.askOpenFolder(); });
  QMenu *recent = submenu(menu, "recentMenu", QObject::tr("&Recent"));
  QObject::connect(recent, &QMenu::aboutToShow, recent, [recent, &window] { fill_recent(recent, window); });
  menu->addSeparator();
  add(menu, "save", QObject::tr("&Save"), QObject::tr("Saves to the known file or folder."),
      QKeySequence::Save, [&files] { files.save(); });
  add(menu, "saveAs", QObject::tr("Save &as\u2026"),
      QObject::tr("The settings as experiment.json, or the whole run as a folder."),
      QKeySequence(QStringLiteral("Ctrl+Shift+S")), [&files] { files.askSaveAs(); });
  menu->addSeparator();
  add(menu, "getData", QObject::tr("&Get data set\u2026"),
      QObject::tr("MNIST, Fashion-MNIST and KMNIST: what is here, and fetching the rest."), {},
      [&window] { window.showDataSets(); });
  QMenu *charts = submenu(menu, "exportChartMenu", QObject::tr("Export &chart"));
  QObject::connect(charts, &QMenu::aboutToShow, charts, [charts, &window] { fill_charts(charts, window); });
  add(menu, "exportCircuit", QObject::tr("Export c&ircuit\u2026"),
      QObject::tr("SVG, PDF, PNG or OpenQASM 3."), {}, [&window] {
        const QString problem =
            ask_export_circuit(window.document().running(), window.session().view(), &window);
        if (!problem.isEmpty())
          window.tell(problem, true);
      });
  menu->addSeparator();
  add(menu, "quit", QObject::tr("&Quit"), QObject::tr("Ends Duet; unsaved work is kept."), QKeySequence::Quit,
      [&window] { window.close(); });
}

void make_edit_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&Edit"));
  menu->setObjectName(QStringLiteral("editMenu"));
  QUndoStack &stack = window.document().undoStack();
  QAction *undo = stack.createUndoAction(menu, QObject::tr("Undo"));
  undo->setObjectName(QStringLiteral("undo"));
  undo->setShortcut(QKeySequence::Undo);
  QAction *redo = stack.createRedoAction(menu, QObject::tr("Redo"));
  redo->setObjectName(QStringLiteral("redo"));
  redo->setShortcut(QKeySequence::Redo);
  menu->addAction(undo);
  menu->addAction(redo);
}

void make_run_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&Run"));
  menu->setObjectName(QStringLiteral("runMenu"));
  menu->setToolTipsVisible(true);
  add(menu, "runAction", QObject::tr("Run or pause"), QObject::tr("Trains on, or holds."),
      QKeySequence(Qt::Key_Space), [&window] { window.toggleRun(); });
  add(menu, "batchAction", QObject::tr("One batch"), QObject::tr("Trains one batch, then holds."),
      QKeySequence(Qt::Key_Period), [&window] { window.stepBatch(); });
  QAction *epoch =
      add(menu, "epochAction", QObject::tr("To the end of the epoch"),
          QObject::tr("Trains until the next test, then holds."), {}, [&window] { window.stepEpoch(); });
  // Shift+. gives different keys on different keyboards.
  epoch->setShortcuts({QKeySequence(QStringLiteral("Shift+.")), QKeySequence(Qt::Key_Greater),
                       QKeySequence(Qt::SHIFT | Qt::Key_Greater), QKeySequence(Qt::SHIFT | Qt::Key_Colon)});
  menu->addSeparator();
  add(menu, "resetAction", QObject::tr("Reset"),
      QObject::tr("A new run with the same seed; waiting edits take effect."),
      QKeySequence(QStringLiteral("Ctrl+R")), [&window] { window.resetRun(); });
  add(menu, "seedAction", QObject::tr("Another seed"), QObject::tr("Other first weights, and a new run."),
      QKeySequence(QStringLiteral("Ctrl+Shift+R")), [&window] { window.newSeed(); });
  menu->addSeparator();
  add(menu, "nextImage", QObject::tr("Next test image"), QObject::tr("Of those the gallery shows."),
      QKeySequence(Qt::Key_N), [&window] { window.inspector().step(1); });
  add(menu, "previousImage", QObject::tr("Previous test image"), QObject::tr("Of those the gallery shows."),
      QKeySequence(Qt::Key_P), [&window] { window.inspector().step(-1); });
  add(menu, "clearSelection", QObject::tr("Clear the selection"),
      QObject::tr("And look through the loss's own ratio again."), QKeySequence(Qt::Key_Escape),
      [&window] { window.escape(); });
}

QAction *dock_action(QMenu *menu, MainWindow &window, const char *name, const QString &text, QWidget *dock,
                     const QString &key) {
  QAction *action = menu->addAction(text);
  action->setObjectName(QLatin1String(name));
  action->setCheckable(true);
  action->setChecked(true);
  action->setShortcut(QKeySequence(key));
  QObject::connect(action, &QAction::toggled, dock, [dock, &window](bool shown) {
    dock->setVisible(shown);
    window.refresh(); // a hidden dock was not fed
  });
  return action;
}

void make_view_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&View"));
  menu->setObjectName(QStringLiteral("viewMenu"));
  QAction *dark = menu->addAction(QObject::tr("Dark colours"));
  dark->setObjectName(QStringLiteral("darkTheme"));
  dark->setCheckable(true);
  dark->setShortcut(QKeySequence(QStringLiteral("Ctrl+T")));
  dark->setChecked(theme().mode() == Theme::Mode::dark);
  QObject::connect(dark, &QAction::toggled, menu, [](bool on) {
    theme().setMode(on ? Theme::Mode::dark : Theme::Mode::light);
    QSettings().setValue(QStringLiteral("dark"), on);
  });
  QObject::connect(&theme(), &Theme::changed, dark,
                   [dark] { dark->setChecked(theme().mode() == Theme::Mode::dark); });
  menu->addSeparator();
  dock_action(menu, window, "showSettings", QObject::tr("Settings"), window.leftDock(), QStringLiteral("F2"));
  dock_action(menu, window, "showPages", QObject::tr("Charts"), window.bottomDock(), QStringLiteral("F3"));
  dock_action(menu, window, "showInspector", QObject::tr("Inspector"), window.rightDock(),
              QStringLiteral("F4"));
  menu->addSeparator();
  QAction *full = menu->addAction(QObject::tr("Full screen"));
  full->setObjectName(QStringLiteral("fullScreen"));
  full->setShortcut(QKeySequence(Qt::Key_F11));
  QObject::connect(full, &QAction::triggered, &window,
                   [&window] { window.isFullScreen() ? window.showNormal() : window.showFullScreen(); });
}

void make_help_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&Help"));
  menu->setObjectName(QStringLiteral("helpMenu"));
  add(menu, "firstMinuteAction", QObject::tr("The first minute"),
      QObject::tr("What there is to see, the keys, and what the numbers are."), QKeySequence(Qt::Key_F1),
      [&window] { show_first_minute(&window); });
  add(menu, "aboutAction", QObject::tr("About Duet"), QObject::tr("Version, licences, thanks."), {},
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
