#include "ui/panels/circuit_page.h"
#include "engine/base/error.h"
#include "engine/model/build_circuit.h"
#include "engine/qasm/qasm.h"
#include "ui/editor/editor_view.h"
#include "ui/editor/future_state.h"
#include "ui/editor/gate_palette.h"
#include "ui/panels/selection.h"
#include "ui/panels/side_scroll.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include "ui/words/voices.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace duet::ui {
namespace {

constexpr int line_height = 24; // units

} // namespace

CircuitPage::CircuitPage(Selection &selection, QWidget *parent)
    : QWidget(parent), selection_(selection), summary_(new QLabel(this)), refusal_(new QLabel(this)),
      palette_(new GatePalette), palette_scroll_(new SideScroll(this)), circuit_(new EditorView(this)),
      future_(new FutureState(this)) {
  setObjectName(QStringLiteral("circuitPage"));
  assemble();
  wirePalette();
  connect(circuit_, &EditorView::gateSelected, &selection, [&selection](int operation) {
    selection.setGate(operation >= 0 ? std::optional(operation) : std::nullopt);
  });
  connect(&selection, &Selection::gateChanged, this, [this, &selection] {
    const int gate = selection.gate().value_or(-1);
    if (gate != circuit_->painter().selected() && gate < int(circuit_->edited().operations.size()))
      circuit_->mark(gate >= 0 ? std::vector<int>{gate} : std::vector<int>());
  });
  connect(&selection, &Selection::stepChanged, this, &CircuitPage::showValues);
  connect(circuit_, &EditorView::refused, this, &CircuitPage::refuse);
  connect(circuit_, &EditorView::futureShown, this, &CircuitPage::showFuture);
  connect(circuit_, &EditorView::wanted, this, [this](const NamedEdit &wanted) {
    future_->forget();
    Q_EMIT circuitWanted(QString::fromStdString(write_qasm3(wanted.edit.circuit)), wanted.label);
  });
  connect(future_, &FutureState::known, circuit_, &EditorView::setFuture);
}

void CircuitPage::assemble() {
  summary_->setObjectName(QStringLiteral("circuitSummary"));
  summary_->setProperty("soft", true);
  summary_->setWordWrap(true);
  refusal_->setObjectName(QStringLiteral("circuitRefusal"));
  refusal_->setProperty("refusal", true);
  refusal_->setWordWrap(true);
  refusal_->hide();
  for (QLabel *label :
       {summary_, refusal_}) // one in the place of the other: the circuit stays under the hand
    follow_text_size(label, [label] { label->setMinimumHeight(px(line_height)); });
  circuit_->setObjectName(QStringLiteral("circuitWidget"));
  circuit_->setAccessibleName(tr("Circuit"));
  palette_scroll_->setObjectName(QStringLiteral("gatePaletteScroll"));
  palette_scroll_->setAccessibleName(tr("Gates"));
  palette_scroll_->setFocusPolicy(Qt::NoFocus);
  palette_scroll_->setWidget(palette_);
  palette_scroll_->setWidgetResizable(false);
  palette_scroll_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
  auto *right = new QVBoxLayout;
  right->setSpacing(6);
  right->addWidget(summary_);
  right->addWidget(refusal_);
  right->addWidget(circuit_, 1);
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(10, 10, 16, 10);
  layout->setSpacing(10);
  layout->addWidget(palette_scroll_);
  layout->addLayout(right, 1);
}

void CircuitPage::wirePalette() {
  connect(palette_, &GatePalette::taken, circuit_, [this](const PaletteGate &gate) {
    circuit_->setFocus();
    circuit_->take(gate);
  });
  connect(palette_, &GatePalette::carried, circuit_, [this](const QPoint &global) {
    circuit_->carry(circuit_->viewport()->mapFromGlobal(global), false);
  });
  connect(palette_, &GatePalette::letGo, circuit_, &EditorView::letGo);
  connect(palette_, &GatePalette::chosen, circuit_, &EditorView::append);
  connect(palette_, &GatePalette::walked, palette_scroll_, [this](const QRectF &cell) {
    const QPointF middle = cell.center() * palette_->unit();
    palette_scroll_->ensureVisible(int(middle.x()), int(middle.y()), px(30), px(30));
  });
}

void CircuitPage::setExperiment(const Experiment &experiment) {
  if (experiment_ && experiment.quantum == experiment_->quantum &&
      experiment.model.kind == experiment_->model.kind)
    return;
  experiment_ = experiment;
  missing_.clear();
  try {
    if (!has_quantum_branch(experiment))
      missing_ = tr("The spiking branch is alone here: this model has no circuit.");
    else if (experiment.quantum.ansatz == Ansatz::none)
      missing_ = tr("This is the %1: in the circuit's place stand %2 plain values.")
                     .arg(Voices(experiment).name(Speaker::quantum))
                     .arg(experiment.quantum.qubits);
    else
      circuit_->setEdited(build_circuit(experiment.quantum));
  } catch (const Error &error) {
    missing_ = QString::fromUtf8(error.what());
  }
  circuit_->setVisible(missing_.isEmpty());
  palette_scroll_->setVisible(missing_.isEmpty());
  showValues();
}

void CircuitPage::setView(const std::shared_ptr<const SessionView> &view) {
  if (!view || !view->dataset)
    return;
  const bool same = view_ && view_->muting == view->muting && view_->circuit == view->circuit &&
                    view_->training.circuit_weights == view->training.circuit_weights &&
                    view_->training.inspection == view->training.inspection;
  view_ = view;
  if (!same)
    showValues();
}

void CircuitPage::refuse(const QString &sentence) {
  refusal_->setText(sentence);
  summary_->setVisible(sentence.isEmpty());
  refusal_->setVisible(!sentence.isEmpty());
}

QList<Exportable *> CircuitPage::plots() const {
  return missing_.isEmpty() ? QList<Exportable *>{circuit_} : QList<Exportable *>();
}

bool CircuitPage::isRunning() const {
  return view_ && view_->circuit && view_->circuit->circuit == circuit_->edited();
}

std::vector<float> CircuitPage::weightValues() const {
  return view_ && view_->training.circuit_weights ? view_->training.circuit_weights->value
                                                  : std::vector<float>();
}

std::vector<float> CircuitPage::angles() const {
  return view_ && view_->training.inspection ? view_->training.inspection->answer_at(selection_.step()).angles
                                             : std::vector<float>();
}

void CircuitPage::showValues() {
  say();
  if (!view_ || !missing_.isEmpty() || circuit_->holds())
    return;
  const bool running = isRunning();
  circuit_->setMuted(running ? view_->muting : std::vector<int>());
  if (view_->training.circuit_weights)
    circuit_->setWeights(weightValues(),
                         running ? view_->training.circuit_weights->gradient : std::vector<float>());
  if (const auto &inspection = view_->training.inspection) {
    const Answer &said = inspection->answer_at(selection_.step());
    const bool known =
        running || said.angles.empty() || said.angles.size() != std::size_t(circuit_->edited().features);
    circuit_->setInspection(known ? said.expectation_z
                                  : expectation_z(circuit_->edited(), weightValues(), said.angles),
                            said.angles);
  }
}

void CircuitPage::showFuture(const Circuit &future) {
  if (const auto said = angles(); !said.empty() && said.size() == std::size_t(future.features))
    future_->ask(future, weightValues(), said);
}

void CircuitPage::say() {
  QString text = missing_.isEmpty() ? circuit_->painter().summary() : missing_;
  const auto inspection = view_ && missing_.isEmpty() ? view_->training.inspection : nullptr;
  if (inspection && selection_.step() && inspection->encoder)
    text += tr("; the selected image at %1").arg(so_far_text(selection_.step(), inspection->steps()));
  summary_->setText(text);
}

} // namespace duet::ui
