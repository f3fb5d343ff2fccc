// The window: everything below put together and wired to one document, one session and one selection.
#pragma once
#include "engine/session/session.h"
#include "ui/bridge/autosave.h"
#include "ui/bridge/document.h"
#include "ui/bridge/open_path.h"
#include "ui/bridge/session_controller.h"
#include "ui/panels/selection.h"
#include "ui/window/file_actions.h"
#include "ui/window/window_shape.h"
#include <QMainWindow>
#include <memory>

namespace duet::ui {

class Body;
class BottomTabs;
class CanvasView;
class HoverLine;
class InfoBars;
class Inspector;
class Lens;
class Messages;
class Opener;
class RestorePanel;
class Restoring;
class SettingRow;
class SettingsForm;
class TopBar;

class MainWindow : public QMainWindow {
  Q_OBJECT
public:
  explicit MainWindow(QWidget *parent = nullptr);
  ~MainWindow() override;

  /// What no file holds is kept below this folder, what earlier windows left there is offered, and the
  /// window's shape is remembered. Before start(); without it (pictures, tests) nothing outlives the window.
  void keepWork(const std::filesystem::path &home);
  /// What the window starts with; then, if asked, trains.
  void start(const Opened &opened, bool train);
  /// The process ends now, whatever happens. Empty, or what may be lost.
  QString keepNow();

  SessionController &session() { return session_; }
  Document &document() { return document_; }
  Selection &selection() { return selection_; }
  Opener &opener() { return *opener_; }
  Restoring &restoring() { return *restoring_; }
  RestorePanel &restorePanel() { return *restore_panel_; }
  FileActions &files() { return *files_; }
  InfoBars &infos();
  Messages &messages() { return *messages_; }
  Lens &lens() { return *lens_; }
  TopBar &topBar() { return *top_; }
  CanvasView &canvas() { return *canvas_; }
  BottomTabs &tabs() { return *tabs_; }
  Inspector &inspector() { return *inspector_; }
  SettingsForm &form() { return *form_; }

  // What menus and keys ask for.
  void toggleRun();
  void run();
  void trainMore(); ///< as many epochs as the run began with
  void stepBatch();
  void stepEpoch();
  void resetRun();
  void newSeed();
  void setSlowMotion(bool on);
  void setLocked(bool spiking, bool locked); ///< which branch, and whether its weights stay
  void escape();
  void showDataSets(const QString &get = {}); ///< and begins to get one
  void showCircuitText();
  void refresh();                     ///< feeds the views again, after a dock was shown
  QList<class Exportable *> charts(); ///< what can be exported now
  Body &body() { return *body_; }

Q_SIGNALS:
  void firstPainted();
  void slowMotionChanged(bool on);

protected:
  void closeEvent(QCloseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dropEvent(QDropEvent *event) override;
  bool event(QEvent *event) override;

private:
  void assemble();
  void wireTopBar();
  void wireForm();
  void wireViews();
  void wireSelection();
  void onView(const std::shared_ptr<const SessionView> &view);
  void onExperiment();
  void onFetched(const QString &source);
  void onPending();
  void showRatio();
  void editRatio(double ratio);
  void probe();
  void wireFiles();
  ShapedWindow shaped();
  QString look() const;
  void takeLook(const QString &look);
  void onTrouble(const QString &reason);
  void sayThatWorkIsKept();

  SessionController session_;
  Document document_;
  Autosave autosave_;
  Selection selection_;
  TopBar *top_ = nullptr;
  Body *body_ = nullptr;
  SettingsForm *form_ = nullptr;
  CanvasView *canvas_ = nullptr;
  BottomTabs *tabs_ = nullptr;
  Inspector *inspector_ = nullptr;
  Messages *messages_ = nullptr;
  Lens *lens_ = nullptr;
  Opener *opener_ = nullptr;
  RestorePanel *restore_panel_ = nullptr;
  Restoring *restoring_ = nullptr;
  FileActions *files_ = nullptr;
  HoverLine *hover_ = nullptr;
  SettingRow *edited_ = nullptr; ///< the row whose wish is being decided
  std::string looked_at_;        ///< the source whose survey was asked for
  std::shared_ptr<const Survey> survey_;
  int gesture_ = 0;
  std::uint64_t run_shown_ = 0;
  bool painted_ = false, keeps_work_ = false, editing_circuit_ = false;
};

} // namespace duet::ui
