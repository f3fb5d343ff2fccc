#include "ui/window/main_window.h"
#include "ui/access/spoken.h"
#include "ui/canvas/canvas_view.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/data/logits_fan.h"
#include "ui/panels/availability.h"
#include "ui/panels/circuit_text_dialog.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/gate_mute.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/inspector.h"
#include "ui/panels/labels.h"
#include "ui/panels/restore_panel.h"
#include "ui/panels/setting_row.h"
#include "ui/panels/settings_form.h"
#include "ui/panels/top_bar.h"
#include "ui/plots/export_desk.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/window/body.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/data_dialog.h"
#include "ui/window/hover_line.h"
#include "ui/window/lens.h"
#include "ui/window/menus.h"
#include "ui/window/messages.h"
#include "ui/window/opener.h"
#include "ui/window/restoring.h"
#include "ui/window/window_shape.h"
#include <QAbstractButton>
#include <QCloseEvent>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

namespace duet::ui {
namespace {

constexpr double slow_steps_per_second = 4;

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), document_(session_), autosave_(document_, session_) {
  speak_for_views();
  setObjectName(QStringLiteral("mainWindow"));
  setWindowIcon(application_icon());
  setAcceptDrops(true);
  resize(px(designed_window));
  assemble();
  wireTopBar();
  wireForm();
  wireViews();
  wireSelection();
  wireFiles();
  make_menus(*this);
  onExperiment();
  onPending();
}

/// What speaks to the document, the session and the views goes before them: a field that loses the focus
/// still commits.
MainWindow::~MainWindow() {
  hide();
  disconnect(&session_, nullptr, this, nullptr);
  disconnect(&document_, nullptr, this, nullptr);
  disconnect(&selection_, nullptr, this, nullptr);
  for (QObject *helper : std::initializer_list<QObject *>{restoring_, files_, opener_, lens_, messages_})
    delete helper;
  delete takeCentralWidget();
}

void MainWindow::assemble() {
  auto *centre = new QWidget(this);
  auto *layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  top_ = new TopBar(centre);
  layout->addWidget(top_);
  restore_panel_ = new RestorePanel(centre);
  layout->addWidget(restore_panel_);
  form_ = new SettingsForm(centre);
  canvas_ = new CanvasView(centre);
  canvas_->setObjectName(QStringLiteral("canvas"));
  tabs_ = new BottomTabs(selection_, centre);
  inspector_ = new Inspector(selection_, centre);
  body_ = new Body(form_, canvas_, tabs_, inspector_, centre);
  layout->addWidget(body_, 1);
  connect(body_, &Body::shown, this, &MainWindow::refresh); // a folded part was not fed
  setCentralWidget(centre);
  for (QAbstractButton *button : centre->findChildren<QAbstractButton *>())
    button->setFocusPolicy(Qt::TabFocus); // a click does not take the keys from what has them
  centre->setFocusPolicy(Qt::ClickFocus); // a click beside the controls leaves them
  centre->setFocus();

  hover_ = new HoverLine(tabs_);
  tabs_->setCornerWidget(hover_, Qt::TopRightCorner);
  messages_ = new Messages(infos(), document_, session_, this);
  lens_ = new Lens(document_, selection_, infos(), this);
  opener_ = new Opener(document_, session_, infos(), this);
  restoring_ = new Restoring(*restore_panel_, *opener_, infos(), this);
  files_ = new FileActions(document_, session_, *opener_, infos(), this);
}

InfoBars &MainWindow::infos() { return body_->infos(); }
ShapedWindow MainWindow::shaped() { return {this, &body_->across(), &body_->down(), tabs_}; }

void MainWindow::wireTopBar() {
  connect(top_, &TopBar::runWanted, this, &MainWindow::run);
  connect(top_, &TopBar::pauseWanted, this, [this] { session_.send(Pause{}); });
  connect(top_, &TopBar::stepBatchWanted, this, &MainWindow::stepBatch);
  connect(top_, &TopBar::stepEpochWanted, this, &MainWindow::stepEpoch);
  connect(top_, &TopBar::slowMotionWanted, this, &MainWindow::setSlowMotion);
  connect(top_, &TopBar::resetWanted, this, &MainWindow::resetRun);
  connect(top_, &TopBar::newSeedWanted, this, &MainWindow::newSeed);
  connect(top_, &TopBar::lockWanted, this, &MainWindow::setLocked);
  Crossfader &fader = top_->crossfader();
  connect(&fader, &Crossfader::gestureBegins, this, [this] { gesture_ = document_.newGesture(); });
  connect(&fader, &Crossfader::ratioWanted, this, &MainWindow::editRatio);
  connect(&fader, &Crossfader::lensWanted, lens_, &Lens::look);
}

void MainWindow::wireForm() {
  connect(form_, &SettingsForm::gestureBegins, this, [this] { gesture_ = document_.newGesture(); });
  const auto edit = [this](const std::string &path, const Value &value, int gesture) {
    edited_ = form_->row(path);
    document_.edit(path, value, gesture);
    edited_ = nullptr;
  };
  connect(form_, &SettingsForm::edited, this,
          [this, edit](const std::string &path, const Value &value) { edit(path, value, gesture_); });
  connect(form_, &SettingsForm::committed, this,
          [edit](const std::string &path, const Value &value) { edit(path, value, 0); });
  connect(form_, &SettingsForm::resetWanted, this, &MainWindow::resetRun);
  connect(form_, &SettingsForm::folderWanted, this, [this] { files_->askDataFolder(); });
  connect(form_, &SettingsForm::circuitTextWanted, this, &MainWindow::showCircuitText);
  connect(&document_, &Document::experimentChanged, this, &MainWindow::onExperiment);
  connect(&document_, &Document::pendingChanged, this, &MainWindow::onPending);
  connect(&document_, &Document::refused, this, [this](const Problem &problem) {
    if (edited_)
      edited_->refuse(in_words(problem)); // beside the field
    else if (editing_circuit_)
      tabs_->refuseCircuit(in_words(problem)); // beside the circuit
    else
      messages_->refuse(in_words(problem));
  });
  connect(&document_, &Document::fileChanged, this, [this] {
    setWindowTitle(document_.title() + QStringLiteral("[*] \u2013 Duet"));
    setWindowModified(document_.isModified());
  });
  connect(files_, &FileActions::saved, this,
          [this](const QString &path) { messages_->tell(tr("Saved to %1.").arg(path), false); });
  connect(&export_desk(), &ExportDesk::told, messages_, &Messages::tell);
  connect(messages_, &Messages::moreWanted, this, &MainWindow::trainMore);
  connect(messages_, &Messages::resetWanted, this, &MainWindow::resetRun);
  connect(messages_, &Messages::setWanted, this, &MainWindow::showDataSets);
  connect(messages_, &Messages::saveWanted, files_, &FileActions::save);
}

void MainWindow::wireViews() {
  connect(&session_, &SessionController::viewChanged, this, &MainWindow::onView);
  connect(canvas_, &CanvasView::nextImageWanted, this, [this] { inspector_->step(1); });
  connect(canvas_, &CanvasView::previousImageWanted, this, [this] { inspector_->step(-1); });
  connect(canvas_, &CanvasView::ratioWanted, this, [this](double ratio) {
    gesture_ = document_.newGesture();
    editRatio(ratio);
  });
  connect(&inspector_->mute(), &GateMute::muteWanted, this,
          [this](const std::vector<int> &operations) { session_.send(Mute{operations}); });
  connect(inspector_, &Inspector::lensWanted, lens_, [this](double ratio) { lens_->look(ratio); });
  connect(tabs_, &BottomTabs::lensWanted, lens_, [this](double ratio) { lens_->look(ratio); });
  connect(tabs_, &BottomTabs::circuitWanted, this, [this](const QString &program, const QString &label) {
    editing_circuit_ = true;
    document_.editCircuit(program.toStdString(), label);
    editing_circuit_ = false;
  });
  connect(inspector_, &Inspector::circuitGestureBegins, this, [this] { gesture_ = document_.newGesture(); });
  connect(inspector_, &Inspector::circuitWanted, this,
          [this](const QString &program, const QString &label, bool in_gesture) {
            document_.editCircuit(program.toStdString(), label, in_gesture ? gesture_ : 0);
          });
  const auto hover = [this](const QString &sentence) {
    hover_->say(sentence, tabs_->width() - tabs_->tabBar()->sizeHint().width() - px(gap));
  };
  connect(canvas_, &CanvasView::hoverText, this, hover);
  connect(tabs_, &BottomTabs::hoverText, this, hover);
  connect(inspector_, &Inspector::hoverText, this, hover);
}

void MainWindow::wireSelection() {
  connect(canvas_, &CanvasView::neuronSelected, &selection_, &Selection::setNeuron);
  connect(canvas_, &CanvasView::classSelected, &selection_, &Selection::setOutput);
  connect(canvas_, &CanvasView::gateSelected, &selection_,
          [this](int operation) { selection_.setGate(operation); });
  connect(&selection_, &Selection::imageChanged, this, &MainWindow::probe);
  connect(&selection_, &Selection::stepChanged, this, [this] { canvas_->setStep(selection_.step()); });
  connect(&selection_, &Selection::neuronChanged, this, [this] { canvas_->setNeuron(selection_.neuron()); });
  connect(&selection_, &Selection::outputChanged, this, [this] { canvas_->setClass(selection_.output()); });
  connect(&selection_, &Selection::gateChanged, this, [this] { canvas_->setGate(selection_.gate()); });
  connect(&selection_, &Selection::lensChanged, this, &MainWindow::showRatio);
}

void MainWindow::wireFiles() {
  autosave_.setLook([this] { return look(); });
  connect(&autosave_, &Autosave::troubled, this, &MainWindow::onTrouble);
  connect(opener_, &Opener::restoredLook, this, &MainWindow::takeLook);
  connect(&autosave_, &Autosave::begun, this, &MainWindow::sayThatWorkIsKept);
}

void MainWindow::keepWork(const std::filesystem::path &home) {
  keeps_work_ = true;
  document_.keepIn(home);
  recall_shape(shaped());
  restoring_->offer(home);
}

void MainWindow::start(const Opened &opened, bool train) {
  opener_->start(opened, train);
  probe();
}

QString MainWindow::keepNow() { return autosave_.keepNow(); }

/// What is worth finding again of what was looked at.
QString MainWindow::look() const {
  QJsonObject json;
  json[QStringLiteral("image")] = static_cast<int>(selection_.image());
  json[QStringLiteral("tab")] = tabs_->currentIndex();
  return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

void MainWindow::takeLook(const QString &look) {
  const QJsonObject json = QJsonDocument::fromJson(look.toUtf8()).object();
  const auto view = session_.view();
  const int image = json[QStringLiteral("image")].toInt(-1);
  if (image >= 0 && view && view->dataset && static_cast<std::size_t>(image) < view->dataset->test.size())
    selection_.setImage(static_cast<std::uint32_t>(image));
  tabs_->setCurrentIndex(
      json[QStringLiteral("tab")].toInt(tabs_->currentIndex())); // a wrong one changes nothing
}

/// Once for a person, not for every window.
void MainWindow::sayThatWorkIsKept() {
  const QString told = QStringLiteral("told_that_work_is_kept");
  if (QSettings().value(told).toBool())
    return;
  QSettings().setValue(told, true);
  messages_->tell(
      tr("What no file holds is kept by itself: close the window whenever you like, the next start "
         "offers it again."),
      false);
}

void MainWindow::onTrouble(const QString &reason) {
  const QString key = QStringLiteral("keeping");
  if (reason.isEmpty())
    return infos().dismiss(key);
  InfoMessage message;
  message.key = key;
  message.is_error = true;
  message.keeps = true;
  message.text = tr("Unsaved work cannot be kept for the case of a crash: %1").arg(reason);
  message.actions = {{tr("Save as\u2026"), [this] { files_->askSaveAs(); }}};
  infos().post(message);
}

void MainWindow::probe() { session_.send(Probe{selection_.image()}); }

void MainWindow::onView(const std::shared_ptr<const SessionView> &view) {
  if (view->run_id != run_shown_ && view->dataset) {
    run_shown_ = view->run_id;
    if (selection_.image() >= view->dataset->test.size())
      selection_.setImage(0);
  }
  const auto survey = view->survey && view->survey->source == looked_at_ ? view->survey : nullptr;
  if (survey != survey_)
    form_->setSurvey(survey_ = survey);
  top_->setView(view);
  canvas_->setView(view);
  tabs_->setView(view);
  if (body_->shows(Body::Part::inspector))
    inspector_->setView(view);
  showRatio();
}

void MainWindow::onExperiment() {
  if (document_.experiment().data.source != looked_at_) {
    looked_at_ = document_.experiment().data.source;
    session_.send(LookAt{looked_at_});
  }
  form_->show(document_.experiment());
  top_->show(document_.experiment());
  tabs_->setExperiment(document_.experiment());
  inspector_->setExperiment(document_.experiment());
  showRatio();
  setWindowTitle(document_.title() + QStringLiteral("[*] \u2013 Duet"));
  setWindowModified(document_.isModified());
}

void MainWindow::onPending() {
  const auto paths = document_.pending();
  form_->setPending(paths);
  top_->setPending(!paths.empty());
}

void MainWindow::editRatio(double ratio) { document_.edit("model.fusion_ratio", ratio, gesture_); }

void MainWindow::showRatio() {
  const double shown = lens_->shownRatio();
  top_->crossfader().setLens(selection_.lens());
  canvas_->setRatio(shown);
  tabs_->setRatio(shown);
  inspector_->setRatio(shown);
}

void MainWindow::toggleRun() {
  if (top_->running())
    session_.send(Pause{});
  else
    run();
}

void MainWindow::run() {
  if (session_.phase() == Phase::failed)
    messages_->tell(tr("This run has stopped; change what the message says, then Reset."), true);
  else if (session_.phase() == Phase::finished)
    trainMore();
  else
    session_.send(Run{});
}

void MainWindow::trainMore() {
  const auto view = session_.view();
  const int planned = std::max(document_.experiment().training.epochs, view->training.epochs_done);
  if (document_.edit("training.epochs", static_cast<long long>(planned + more_epochs(*view))))
    session_.send(Run{});
}

void MainWindow::stepBatch() { session_.send(StepBatches{1}); }
void MainWindow::stepEpoch() { session_.send(StepEpoch{}); }

void MainWindow::resetRun() {
  const bool was_running = top_->running();
  document_.reset();
  if (was_running)
    session_.send(Run{});
}

void MainWindow::newSeed() {
  const bool was_running = top_->running();
  document_.newSeed();
  if (was_running)
    session_.send(Run{});
}

void MainWindow::setSlowMotion(bool on) {
  session_.send(SlowMotion{on ? slow_steps_per_second : 0});
  top_->setSlowMotion(on);
  Q_EMIT slowMotionChanged(on);
}

void MainWindow::setLocked(bool spiking, bool locked) {
  document_.edit(spiking ? "training.train_spiking" : "training.train_quantum", !locked);
  top_->show(document_.experiment()); // a refused wish shows what is
}

void MainWindow::escape() {
  selection_.clear();
  tabs_->resetZoom();
  showRatio();
}

void MainWindow::showDataSets(const QString &get) {
  auto *dialog = new DataDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &DataDialog::fetched, this, &MainWindow::onFetched);
  connect(dialog, &DataDialog::useWanted, this,
          [this](const QString &source) { document_.edit("data.source", source.toStdString()); });
  dialog->show();
  if (!get.isEmpty())
    dialog->get(get);
}

/// What the experiment waited for is here.
void MainWindow::onFetched(const QString &source) {
  if (document_.experiment().data.source != source.toStdString())
    return;
  session_.send(LookAt{looked_at_});
  const auto view = session_.view();
  if (!view || !view->dataset)
    return resetRun(); // nothing is lost: there was no run
  InfoMessage message;
  message.key = QStringLiteral("fetched");
  message.text = tr("The data set is here now; Reset begins a run on it.");
  message.keeps = true;
  message.actions = {{tr("Reset"), [this] { resetRun(); }}};
  infos().post(message);
}

void MainWindow::showCircuitText() {
  const auto judge = [this](const QString &program) {
    const auto wanted = edited(document_.experiment(), circuit_settings(program.toStdString()));
    const auto *problem = std::get_if<Problem>(&wanted);
    return problem ? in_words(*problem) : QString();
  };
  auto *dialog =
      new CircuitTextDialog(QString::fromStdString(document_.experiment().quantum.circuit), judge, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &CircuitTextDialog::programWanted, this, [this, dialog](const QString &program) {
    if (document_.editCircuit(program.toStdString(), tr("Circuit")))
      dialog->close();
  });
  dialog->show();
}

void MainWindow::refresh() {
  if (session_.view())
    onView(session_.view());
}

QList<Exportable *> MainWindow::charts() {
  QList<Exportable *> all = tabs_->plots();
  all << &inspector_->fan() << canvas_;
  return all;
}

/// Nothing is asked: what no file holds is kept and offered at the next start. Only where that fails work
/// would be lost.
void MainWindow::closeEvent(QCloseEvent *event) {
  event->accept();
  if (!keeps_work_)
    return;
  const QString problem = autosave_.finish();
  if (!problem.isEmpty() &&
      QMessageBox::question(
          this, tr("Unsaved work"),
          tr("This work is saved nowhere, and it could not be kept: %1. Close and lose it?").arg(problem),
          QMessageBox::Yes | QMessageBox::Cancel, QMessageBox::Cancel) != QMessageBox::Yes)
    return event->ignore();
  remember_shape(shaped());
}

/// The space bar runs and pauses wherever the focus is, so Enter presses what has it.
void MainWindow::keyPressEvent(QKeyEvent *event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  QWidget *focus = focusWidget();
  if (auto *button = qobject_cast<QAbstractButton *>(focus); button && enter)
    button->click();
  else if (auto *box = qobject_cast<QComboBox *>(focus); box && enter)
    box->showPopup();
  else
    QMainWindow::keyPressEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().size() == 1 &&
      event->mimeData()->urls().first().isLocalFile())
    event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) {
  event->acceptProposedAction();
  opener_->open(event->mimeData()->urls().first().toLocalFile());
}

bool MainWindow::event(QEvent *event) {
  const bool done = QMainWindow::event(event);
  if (event->type() == QEvent::Paint && !painted_) {
    painted_ = true;
    QTimer::singleShot(0, this, [this] { Q_EMIT firstPainted(); });
  }
  return done;
}

} // namespace duet::ui
