#include "ui/panels/availability.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/gate_mute.h"
#include "ui/panels/inspector.h"
#include "ui/panels/selection.h"
#include "ui/panels/top_bar.h"
#include "ui/window/main_window.h"
#include "ui/window/menu_action.h"
#include "ui/window/menus.h"
#include <QMenuBar>
#include <QPushButton>

namespace duet::ui {
namespace {

void add_training(QMenu *menu, MainWindow &window) {
  add_action(menu, "runAction", QObject::tr("Run or pause"), QObject::tr("Trains on, or holds."),
             QKeySequence(Qt::Key_Space), [&window] { window.toggleRun(); });
  QAction *batch =
      add_action(menu, "batchAction", QObject::tr("One batch"), QObject::tr("Trains one batch, then holds."),
                 QKeySequence(Qt::Key_Period), [&window] { window.stepBatch(); });
  QAction *epoch = add_action(menu, "epochAction", QObject::tr("To the end of the epoch"),
                              QObject::tr("Trains until the next test, then holds."), {},
                              [&window] { window.stepEpoch(); });
  // Where the full stop itself needs Shift (AZERTY) there is no Shift+full stop.
  epoch->setShortcuts({QKeySequence(Qt::SHIFT | Qt::Key_Period), QKeySequence(Qt::Key_F5)});
  const auto follow = [batch, epoch](const SessionView *view) {
    for (QAction *step : {batch, epoch})
      allow(step, why_no_step(view));
  };
  follow(nullptr);
  QObject::connect(&window.session(), &SessionController::viewChanged, menu,
                   [follow](const auto &view) { follow(view.get()); });
  QAction *slow = add_toggle(menu, "slowMotionAction", QObject::tr("Slow motion"),
                             QObject::tr("Four batches a second, so that each change can be followed."),
                             QKeySequence(Qt::Key_F6), [&window](bool on) { window.setSlowMotion(on); });
  QObject::connect(&window, &MainWindow::slowMotionChanged, slow, &QAction::setChecked);
}

/// The locks, and looking through another ratio: what the top bar holds beside the transport.
void add_branches(QMenu *menu, MainWindow &window) {
  QAction *spiking =
      add_toggle(menu, "lockSpikingAction", QObject::tr("Lock the spiking branch"),
                 QObject::tr("Its weights stay as they are while the rest trains."), QKeySequence(Qt::Key_F7),
                 [&window](bool locked) { window.setLocked(true, locked); });
  QAction *quantum =
      add_toggle(menu, "lockQuantumAction", QObject::tr("Lock the quantum branch"),
                 QObject::tr("Its weights stay as they are while the rest trains."), QKeySequence(Qt::Key_F8),
                 [&window](bool locked) { window.setLocked(false, locked); });
  QPushButton &eye = window.topBar().crossfader().eye();
  QAction *lens = add_toggle(
      menu, "lensAction", QObject::tr("Only look through another ratio"),
      QObject::tr("The fader then changes what is seen; training goes on with the loss's own ratio."),
      QKeySequence(Qt::Key_F9), [&eye](bool on) { eye.setChecked(on); });
  QObject::connect(&eye, &QPushButton::toggled, lens, &QAction::setChecked);
  const auto follow = [&window, spiking, quantum, lens] {
    const Experiment &experiment = window.document().experiment();
    const Voices voices(experiment), usual;
    const auto name = [&](Speaker who) {
      return QObject::tr("Lock the %1").arg((voices.find(who) ? voices : usual).name(who));
    };
    spiking->setText(name(Speaker::spiking));
    quantum->setText(name(Speaker::quantum));
    spiking->setChecked(!experiment.training.train_spiking);
    quantum->setChecked(!experiment.training.train_quantum);
    allow(spiking, why_no_lock(experiment, true));
    allow(quantum, why_no_lock(experiment, false));
    allow(lens, why_no_lens(experiment));
  };
  follow();
  QObject::connect(&window.document(), &Document::experimentChanged, menu, follow);
  QObject::connect(&window.document(), &Document::refused, menu, follow); // the tick shows what is
}

void add_images(QMenu *menu, MainWindow &window) {
  add_action(menu, "nextImage", QObject::tr("Next test image"), QObject::tr("Of those the gallery shows."),
             QKeySequence(Qt::Key_N), [&window] { window.inspector().step(1); });
  add_action(menu, "previousImage", QObject::tr("Previous test image"),
             QObject::tr("Of those the gallery shows."), QKeySequence(Qt::Key_P),
             [&window] { window.inspector().step(-1); });
  QAction *mute = add_action(menu, "muteGate", QObject::tr("Leave the gate out, or take it in again"),
                             QObject::tr("Counts the test set without the selected gate; training keeps it."),
                             QKeySequence(Qt::Key_M), [&window] { window.inspector().mute().toggle(); });
  const auto follow = [&window, mute] {
    allow(mute, window.selection().gate() ? QString() : QObject::tr("Select a gate first."));
  };
  follow();
  QObject::connect(&window.selection(), &Selection::gateChanged, menu, follow);
  add_action(menu, "clearSelection", QObject::tr("Clear the selection"),
             QObject::tr("And look through the loss's own ratio again."), QKeySequence(Qt::Key_Escape),
             [&window] { window.escape(); });
}

} // namespace

void make_run_menu(MainWindow &window) {
  QMenu *menu = window.menuBar()->addMenu(QObject::tr("&Run"));
  menu->setObjectName(QStringLiteral("runMenu"));
  menu->setToolTipsVisible(true);
  add_training(menu, window);
  menu->addSeparator();
  add_action(menu, "resetAction", QObject::tr("Reset"),
             QObject::tr("A new run with the same seed; waiting edits take effect."),
             QKeySequence(QStringLiteral("Ctrl+R")), [&window] { window.resetRun(); });
  add_action(menu, "seedAction", QObject::tr("Another seed"),
             QObject::tr("Other first weights, and a new run."), QKeySequence(QStringLiteral("Ctrl+Shift+R")),
             [&window] { window.newSeed(); });
  menu->addSeparator();
  add_branches(menu, window);
  menu->addSeparator();
  add_images(menu, window);
}

} // namespace duet::ui
