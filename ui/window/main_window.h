// The window: everything below put together and wired to one document, one session and one selection.
#pragma once
#include "engine/session/session.h"
#include "ui/bridge/document.h"
#include "ui/bridge/session_controller.h"
#include "ui/panels/selection.h"
#include "ui/window/file_actions.h"
#include <QMainWindow>
#include <memory>

class QLabel;
class QSplitter;

namespace duet::ui {

class BottomTabs;
class CanvasView;
class InfoBars;
class Inspector;
class Lens;
class Messages;
class SettingRow;
class SettingsForm;
class TopBar;

class MainWindow : public QMainWindow {
  Q_OBJECT
public:
  explicit MainWindow(QWidget *parent = nullptr);
  ~MainWindow() override;

  /// What the window starts with; then, if asked, trains.
  void start(const Opened &opened, bool train);
  /// Pictures and tests: nothing is kept or asked when the window closes.
  void setDiscardOnClose(bool discard) { discard_on_close_ = discard; }

  SessionController &session() { return session_; }
  Document &document() { return document_; }
  Selection &selection() { return selection_; }
  FileActions &files() { return *files_; }
  InfoBars &infos() { return *infos_; }
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
  void restoreShape();                ///< size and splitters of the last start
  QList<class Exportable *> charts(); ///< what can be exported now
  QWidget *leftDock() const { return left_; }
  QWidget *rightDock() const;
  QWidget *bottomDock() const;

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
  void saveShape() const;

  SessionController session_;
  Document document_;
  Selection selection_;
  TopBar *top_ = nullptr;
  QWidget *left_ = nullptr;
  SettingsForm *form_ = nullptr;
  CanvasView *canvas_ = nullptr;
  BottomTabs *tabs_ = nullptr;
  Inspector *inspector_ = nullptr;
  InfoBars *infos_ = nullptr;
  Messages *messages_ = nullptr;
  Lens *lens_ = nullptr;
  FileActions *files_ = nullptr;
  QSplitter *across_ = nullptr, *down_ = nullptr;
  QLabel *hover_ = nullptr;
  SettingRow *edited_ = nullptr; ///< the row whose wish is being decided
  std::string looked_at_;        ///< the source whose survey was asked for
  std::shared_ptr<const Survey> survey_;
  int gesture_ = 0;
  std::uint64_t run_shown_ = 0;
  bool painted_ = false, discard_on_close_ = false;
};

} // namespace duet::ui
