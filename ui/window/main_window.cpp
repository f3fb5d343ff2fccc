#include "ui/window/main_window.h"
#include "ui/canvas/canvas_view.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/data/logits_fan.h"
#include "ui/panels/circuit_text_dialog.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/inspector.h"
#include "ui/panels/labels.h"
#include "ui/panels/setting_row.h"
#include "ui/panels/settings_form.h"
#include "ui/panels/top_bar.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/data_dialog.h"
#include "ui/window/menus.h"
#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace duet::ui {
namespace {

constexpr int left_width = 262, right_width = 258;
constexpr double slow_steps_per_second = 4;
const QString refused_key = QStringLiteral("refused");

} // namespace

MainWindow::MainWindow(QWidget *parent) : QMainWindow(parent), document_(session_) {
  setObjectName(QStringLiteral("mainWindow"));
  setWindowIcon(application_icon());
  setAcceptDrops(true);
  resize(1440, 900);
  assemble();
  wireTopBar();
  wireForm();
  wireViews();
  wireSelection();
  make_menus(*this);
  onExperiment();
  onPending();
}

/// Views go before the document and the session they speak to: a field that loses the focus still commits.
MainWindow::~MainWindow() {
  hide();
  disconnect(&session_, nullptr, this, nullptr);
  disconnect(&document_, nullptr, this, nullptr);
  disconnect(&selection_, nullptr, this, nullptr);
  delete takeCentralWidget();
}

void MainWindow::assemble() {
  auto *centre = new QWidget(this);
  auto *layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  top_ = new TopBar(centre);
  layout->addWidget(top_);
  across_ = new QSplitter(Qt::Horizontal, centre);
  across_->setObjectName(QStringLiteral("across"));
  across_->setHandleWidth(1);
  layout->addWidget(across_, 1);

  left_ = new QWidget(across_);
  left_->setObjectName(QStringLiteral("leftDock"));
  left_->setAttribute(Qt::WA_StyledBackground);
  auto *left_layout = new QVBoxLayout(left_);
  left_layout->setContentsMargins(0, 0, 0, 0);
  form_ = new SettingsForm(left_);
  left_layout->addWidget(form_);
  left_->setMinimumWidth(236);

  down_ = new QSplitter(Qt::Vertical, across_);
  down_->setObjectName(QStringLiteral("down"));
  down_->setHandleWidth(1);
  canvas_ = new CanvasView(down_);
  canvas_->setObjectName(QStringLiteral("canvas"));
  tabs_ = new BottomTabs(selection_, down_);
  down_->addWidget(canvas_);
  down_->addWidget(tabs_);
  down_->setStretchFactor(0, 3);
  down_->setStretchFactor(1, 2);
  down_->setSizes({498, 338});

  inspector_ = new Inspector(selection_, across_);
  across_->addWidget(left_);
  across_->addWidget(down_);
  across_->addWidget(inspector_);
  across_->setStretchFactor(0, 0);
  across_->setStretchFactor(1, 1);
  across_->setStretchFactor(2, 0);
  across_->setSizes({left_width, 920, right_width});
  for (QSplitter *splitter : {across_, down_})
    for (int i = 0; i < splitter->count(); ++i)
      splitter->setCollapsible(i, false);
  setCentralWidget(centre);
  centre->setFocusPolicy(Qt::ClickFocus); // a click beside the controls leaves them
  centre->setFocus();

  hover_ = new QLabel(tabs_);
  hover_->setObjectName(QStringLiteral("hoverText"));
  hover_->setProperty("caption", true);
  hover_->setContentsMargins(8, 0, 16, 0);
  tabs_->setCornerWidget(hover_, Qt::TopRightCorner);
  infos_ = new InfoBars(canvas_);
  files_ = new FileActions(document_, session_, *infos_, this);
}

QWidget *MainWindow::rightDock() const { return inspector_; }
QWidget *MainWindow::bottomDock() const { return tabs_; }

void MainWindow::wireTopBar() {
  connect(top_, &TopBar::runWanted, this, &MainWindow::run);
  connect(top_, &TopBar::pauseWanted, this, [this] { session_.send(Pause{}); });
  connect(top_, &TopBar::stepBatchWanted, this, &MainWindow::stepBatch);
  connect(top_, &TopBar::stepEpochWanted, this, &MainWindow::stepEpoch);
  connect(top_, &TopBar::slowMotionWanted, this,
          [this](bool on) { session_.send(SlowMotion{on ? slow_steps_per_second : 0}); });
  connect(top_, &TopBar::resetWanted, this, &MainWindow::resetRun);
  connect(top_, &TopBar::newSeedWanted, this, &MainWindow::newSeed);
  connect(top_, &TopBar::lockWanted, this, [this](bool spiking, bool train) {
    document_.edit(spiking ? "training.train_spiking" : "training.train_quantum", train);
    onExperiment(); // a refused wish shows what is
  });
  Crossfader &fader = top_->crossfader();
  connect(&fader, &Crossfader::gestureBegins, this, [this] { gesture_ = document_.newGesture(); });
  connect(&fader, &Crossfader::ratioWanted, this, &MainWindow::editRatio);
  connect(&fader, &Crossfader::lensWanted, this, &MainWindow::setLens);
  connect(&fader, &Crossfader::refused, this, [this](const QString &sentence) { refuse(sentence); });
}

void MainWindow::wireForm() {
  connect(form_, &SettingsForm::gestureBegins, this, [this] { gesture_ = document_.newGesture(); });
  const auto edit = [this](const std::string &path, const Value &value, int gesture) {
    if (!document_.edit(path, value, gesture))
      if (SettingRow *row = form_->row(path))
        row->refuse();
  };
  connect(form_, &SettingsForm::edited, this,
          [this, edit](const std::string &path, const Value &value) { edit(path, value, gesture_); });
  connect(form_, &SettingsForm::committed, this,
          [edit](const std::string &path, const Value &value) { edit(path, value, 0); });
  connect(form_, &SettingsForm::refused, this, [this](const QString &sentence) { refuse(sentence); });
  connect(form_, &SettingsForm::resetWanted, this, &MainWindow::resetRun);
  connect(form_, &SettingsForm::folderWanted, this, [this] { files_->askDataFolder(); });
  connect(form_, &SettingsForm::circuitTextWanted, this, &MainWindow::showCircuitText);
  connect(&document_, &Document::experimentChanged, this, &MainWindow::onExperiment);
  connect(&document_, &Document::experimentChanged, infos_, [this] { infos_->dismiss(refused_key); });
  connect(&document_, &Document::pendingChanged, this, &MainWindow::onPending);
  connect(&document_, &Document::refused, this, [this](const QString &sentence) { refuse(sentence); });
  connect(&document_, &Document::fileChanged, this, [this] {
    setWindowTitle(document_.title() + QStringLiteral("[*] \u2013 Duet"));
    setWindowModified(document_.isModified());
  });
  connect(files_, &FileActions::saved, this,
          [this](const QString &path) { tell(tr("Saved to %1.").arg(path), false); });
}

void MainWindow::wireViews() {
  connect(&session_, &SessionController::viewChanged, this, &MainWindow::onView);
  connect(&session_, &SessionController::noticeRaised, this, &MainWindow::onNotice);
  connect(canvas_, &CanvasView::nextImageWanted, this, [this] { inspector_->step(1); });
  connect(canvas_, &CanvasView::previousImageWanted, this, [this] { inspector_->step(-1); });
  connect(canvas_, &CanvasView::ratioWanted, this, [this](double ratio) {
    gesture_ = document_.newGesture();
    editRatio(ratio);
  });
  connect(inspector_, &Inspector::lensWanted, this, [this](double ratio) { setLens(ratio); });
  connect(tabs_, &BottomTabs::lensWanted, this, [this](double ratio) { setLens(ratio); });
  connect(tabs_, &BottomTabs::cellSelected, this, [this](int truth, int) {
    GalleryFilter filter;
    filter.kind = GalleryFilter::Kind::wrong;
    filter.digit = truth;
    inspector_->filterBar().setFilter(filter);
    inspector_->gallery().setFilter(filter);
  });
  const auto hover = [this](const QString &sentence) {
    hover_->setText(
        hover_->fontMetrics().elidedText(sentence, Qt::ElideRight, std::max(120, tabs_->width() - 360)));
  };
  connect(canvas_, &CanvasView::hoverText, this, hover);
  connect(tabs_, &BottomTabs::hoverText, this, hover);
  connect(inspector_, &Inspector::hoverText, this, hover);
}

void MainWindow::wireSelection() {
  connect(canvas_, &CanvasView::neuronSelected, &selection_, &Selection::setNeuron);
  connect(canvas_, &CanvasView::classSelected, &selection_, &Selection::setDigit);
  connect(canvas_, &CanvasView::gateSelected, &selection_,
          [this](int operation) { selection_.setGate(operation); });
  connect(&selection_, &Selection::imageChanged, this, &MainWindow::probe);
  connect(&selection_, &Selection::stepChanged, this, [this] { canvas_->setStep(selection_.step()); });
  connect(&selection_, &Selection::neuronChanged, this, [this] { canvas_->setNeuron(selection_.neuron()); });
  connect(&selection_, &Selection::digitChanged, this, [this] { canvas_->setClass(selection_.digit()); });
  connect(&selection_, &Selection::gateChanged, this, [this] { canvas_->setGate(selection_.gate()); });
  connect(&selection_, &Selection::lensChanged, this, [this] {
    if (!selection_.lens())
      infos_->dismiss(QStringLiteral("lens"));
    showRatio();
  });
}

void MainWindow::start(const Opened &opened, bool train) {
  const bool named = !opened.path.empty();
  const QString path =
      named ? QString::fromStdString(std::filesystem::absolute(opened.path).string()) : QString();
  document_.replace(opened.experiment, opened.is_circuit ? QString() : path, !opened.is_run);
  if (opened.is_run)
    session_.send(OpenRun{opened.path});
  probe();
  if (train)
    session_.send(Run{});
  if (!opened.remark.empty())
    tell(QString::fromStdString(opened.remark), false);
}

void MainWindow::probe() { session_.send(Probe{selection_.image()}); }

void MainWindow::onView(const std::shared_ptr<const SessionView> &view) {
  if (view->run_id != run_shown_ && view->dataset) {
    run_shown_ = view->run_id;
    infos_->dismiss(QStringLiteral("session"));
    if (selection_.image() >= view->dataset->test.size())
      selection_.setImage(0);
  }
  top_->setView(view);
  canvas_->setView(view);
  tabs_->setView(view);
  if (!inspector_->isHidden())
    inspector_->setView(view);
  showRatio();
  if (view->phase == Phase::finished)
    onFinished();
  else
    infos_->dismiss(QStringLiteral("finished"));
  if (!view->notice)
    infos_->dismiss(QStringLiteral("session"));
}

void MainWindow::onNotice(const Notice &notice) {
  InfoMessage message;
  message.key = QStringLiteral("session");
  message.text = QString::fromStdString(notice.text);
  message.is_error = notice.is_error;
  message.keeps = true;
  if (!notice.fix_path.empty()) {
    const Field *field = find_field(notice.fix_path);
    const QString label = field ? short_label(*field) : QString::fromStdString(notice.fix_path);
    message.actions.append(
        {tr("Set %1 to %2").arg(label, QString::fromStdString(notice.fix_value)), [this, notice] {
           document_.editText(notice.fix_path, notice.fix_value);
           if (!document_.pending().empty() || session_.phase() == Phase::failed)
             resetRun();
         }});
  }
  infos_->post(message);
}

void MainWindow::onFinished() {
  if (infos_->shows(QStringLiteral("finished")) || document_.experiment().training.epochs == 0)
    return;
  InfoMessage message;
  message.key = QStringLiteral("finished");
  message.keeps = true;
  const int more = std::max(1, document_.experiment().training.epochs);
  message.text = tr("All %1 epochs are trained.").arg(document_.experiment().training.epochs);
  message.actions = {{tr("Train %1 more").arg(more),
                      [this, more] {
                        document_.edit("training.epochs",
                                       static_cast<long long>(document_.experiment().training.epochs + more));
                        session_.send(Run{});
                      }},
                     {tr("Save run"), [this] { files_->save(); }}};
  infos_->post(message);
}

void MainWindow::onExperiment() {
  form_->show(document_.experiment());
  top_->show(document_.experiment());
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

void MainWindow::setLens(std::optional<double> lens) {
  if (!mixes(document_.experiment()))
    return;
  if (lens == document_.experiment().model.fusion_ratio)
    lens.reset();
  const bool was = selection_.lens().has_value();
  selection_.setLens(lens);
  if (was || !lens)
    return;
  InfoMessage message;
  message.key = QStringLiteral("lens");
  message.keeps = true;
  message.text = tr("Looking through another ratio; the loss keeps its own.");
  message.actions = {{tr("Train with it"),
                      [this] {
                        if (const auto wanted = selection_.lens()) {
                          selection_.setLens(std::nullopt);
                          document_.edit("model.fusion_ratio", *wanted);
                        }
                      }},
                     {tr("Back"), [this] { selection_.setLens(std::nullopt); }}};
  infos_->post(message);
}

/// The ratio every view shows: the lens, or the loss's own.
void MainWindow::showRatio() {
  const double shown = selection_.lens().value_or(answer_ratio(document_.running().model));
  top_->crossfader().setLens(selection_.lens());
  canvas_->setRatio(shown);
  tabs_->setRatio(shown);
  inspector_->setRatio(shown);
}

void MainWindow::toggleRun() {
  // The key belongs to a focused button or box first.
  if (auto *button = qobject_cast<QAbstractButton *>(QApplication::focusWidget())) {
    button->click();
    return;
  }
  if (top_->running())
    session_.send(Pause{});
  else
    run();
}

void MainWindow::run() {
  if (session_.phase() == Phase::failed)
    tell(tr("This run has stopped; change what the message says, then Reset."), true);
  else
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

void MainWindow::escape() {
  selection_.clear();
  showRatio();
}

void MainWindow::tell(const QString &sentence, bool is_error) {
  InfoMessage message;
  message.key = QStringLiteral("message");
  message.text = sentence;
  message.is_error = is_error;
  infos_->post(message);
}

void MainWindow::refuse(const QString &sentence) {
  InfoMessage message;
  message.key = refused_key;
  message.text = sentence;
  message.is_error = true;
  infos_->post(message);
}

void MainWindow::showDataSets() {
  auto *dialog = new DataDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &DataDialog::useWanted, this,
          [this](const QString &source) { document_.edit("data.source", source.toStdString()); });
  dialog->show();
}

void MainWindow::showCircuitText() {
  auto *dialog = new CircuitTextDialog(QString::fromStdString(document_.experiment().quantum.circuit), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &CircuitTextDialog::programWanted, this, [this, dialog](const QString &program) {
    if (document_.editMany(
            {{"quantum.ansatz", std::string("custom")}, {"quantum.circuit", program.toStdString()}},
            tr("Circuit")))
      dialog->close();
  });
  dialog->show();
}

void MainWindow::refresh() {
  if (session_.view())
    onView(session_.view());
}

void MainWindow::saveShape() const {
  QSettings settings;
  settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
  settings.setValue(QStringLiteral("window/across"), across_->saveState());
  settings.setValue(QStringLiteral("window/down"), down_->saveState());
}

void MainWindow::restoreShape() {
  const QSettings settings;
  restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
  across_->restoreState(settings.value(QStringLiteral("window/across")).toByteArray());
  down_->restoreState(settings.value(QStringLiteral("window/down")).toByteArray());
}

QList<Exportable *> MainWindow::charts() {
  QList<Exportable *> all = tabs_->plots();
  all << &inspector_->fan() << canvas_;
  return all;
}

void MainWindow::closeEvent(QCloseEvent *event) {
  if (!discard_on_close_ && !files_->keepWork())
    return event->ignore();
  if (!discard_on_close_)
    saveShape();
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().size() == 1 &&
      event->mimeData()->urls().first().isLocalFile())
    event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) {
  event->acceptProposedAction();
  files_->open(event->mimeData()->urls().first().toLocalFile());
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
