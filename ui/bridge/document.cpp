#include "ui/bridge/document.h"
#include "engine/model/build_circuit.h"
#include "engine/qasm/qasm.h"
#include "ui/bridge/edits.h"
#include "ui/bridge/session_controller.h"
#include <QFileInfo>
#include <algorithm>

namespace duet::ui {
namespace {

/// For the images of a source; `otherwise` where they cannot be read.
int amplitude_qubits_of(const std::string &source, int otherwise) {
  try {
    const ImageShape shape = image_shape(source);
    return amplitude_qubits(shape.rows * shape.cols);
  } catch (const Error &) {
    return otherwise;
  }
}

} // namespace

Document::Document(SessionController &session, QObject *parent) : QObject(parent), session_(session) {
  saved_ = experiment_;
  connect(&session_, &SessionController::viewChanged, this, &Document::onView);
}

bool Document::edit(const std::string &path, const Value &value, int gesture) {
  const Field *field = find_field(path);
  const QString name = field ? QString::fromStdString(field->label) : QString::fromStdString(path);
  return editMany({{path, value}}, QStringLiteral("Change of %1").arg(name), gesture);
}

bool Document::editText(const std::string &path, const std::string &text) {
  Experiment edited = experiment_;
  if (const auto problem = set_text(edited, path, text)) {
    Q_EMIT refused(*problem);
    return false;
  }
  return edit(path, get(edited, path));
}

bool Document::editMany(const std::vector<Setting> &settings, const QString &label, int gesture) {
  Experiment edited = experiment_;
  for (const auto &[path, value] : settings)
    if (const auto problem = set_with_defaults(edited, path, value)) {
      Q_EMIT refused(*problem);
      return false;
    }
  follow(edited, experiment_);
  if (const auto problems = check(edited); !problems.empty()) {
    Q_EMIT refused(problems.front());
    return false;
  }
  if (edited == experiment_)
    return true;
  stack_.push(new EditCommand(*this, experiment_, edited, gesture, label));
  return true;
}

std::vector<std::string> Document::pending() const {
  std::vector<std::string> paths;
  for (const std::string &path : difference(experiment_, running_))
    if (const Field *field = find_field(path); field && field->effect == Effect::reset)
      paths.push_back(path);
  return paths;
}

std::uint64_t Document::currentRun() const { return session_.view() ? session_.view()->run_id : 0; }

void Document::reset() { stack_.push(new RestartCommand(*this, running_, experiment_, currentRun())); }

void Document::newSeed() {
  Experiment edited = experiment_;
  edited.seed = edited.seed + 1;
  stack_.beginMacro(tr("New seed %1").arg(edited.seed));
  stack_.push(new EditCommand(*this, experiment_, edited, 0, tr("Seed")));
  stack_.push(new RestartCommand(*this, running_, edited, currentRun()));
  stack_.endMacro();
}

void Document::replace(const Experiment &experiment, const QString &file, bool start) {
  stack_.clear();
  experiment_ = experiment;
  saved_ = experiment;
  file_ = file;
  weights_unsaved_ = false;
  if (start)
    restart(experiment);
  else
    running_ = experiment;
  Q_EMIT experimentChanged();
  Q_EMIT pendingChanged();
  Q_EMIT fileChanged();
}

QString Document::title() const { return file_.isEmpty() ? tr("untitled") : QFileInfo(file_).fileName(); }

bool Document::isModified() const { return experiment_ != saved_ || weights_unsaved_; }

void Document::markSaved(const QString &file, const Experiment &written) {
  file_ = file;
  saved_ = written;
  Q_EMIT fileChanged();
}

void Document::apply(const Experiment &experiment) {
  experiment_ = experiment;
  sendLive();
  Q_EMIT experimentChanged();
  Q_EMIT pendingChanged();
}

void Document::restart(const Experiment &experiment) {
  running_ = experiment;
  session_.send(Restart{experiment});
  Q_EMIT restarted();
  Q_EMIT pendingChanged();
}

void Document::restoreWeights(std::uint64_t run_id, const Experiment &was_running) {
  running_ = was_running;
  session_.send(RestoreWeights{run_id});
  Q_EMIT restarted();
  Q_EMIT pendingChanged();
}

/// Everything that may change while training goes to the session; what needs a reset stays behind.
void Document::sendLive() {
  Experiment live = running_;
  for (const std::string &path : difference(experiment_, running_)) {
    const Field *field = find_field(path);
    if (field && field->effect != Effect::reset && set(live, path, get(experiment_, path)))
      return; // not allowed beside the running settings: it waits for the reset like they do
  }
  if (live == running_ || !check(live).empty())
    return;
  running_ = live;
  session_.send(Change{live});
}

void Document::onView() {
  const auto view = session_.view();
  if (!view)
    return;
  const bool unsaved = view->training.step > 0 && !view->saved;
  if (unsaved != weights_unsaved_) {
    weights_unsaved_ = unsaved;
    Q_EMIT fileChanged();
  }
  if (view->notice && view->notice->id != seen_notice_) {
    seen_notice_ = view->notice->id;
    // A change that the session refused never became live.
    if (view->notice->is_error && view->phase != Phase::failed && view->phase != Phase::empty &&
        view->phase != Phase::loading && running_ != view->experiment) {
      running_ = view->experiment;
      Q_EMIT pendingChanged();
    }
  }
}

void follow(Experiment &edited, const Experiment &before) {
  QuantumSettings &quantum = edited.quantum;
  if (!has_spiking_branch(edited) && has_spiking_branch(before))
    quantum.input = QuantumInput::spiking;
  if (quantum.input == QuantumInput::amplitude && before.quantum.input != QuantumInput::amplitude) {
    quantum.reupload = false;
    quantum.qubits = amplitude_qubits_of(edited.data.source, quantum.qubits);
    if (quantum.ansatz == Ansatz::none || quantum.ansatz == Ansatz::custom)
      quantum.ansatz = Ansatz::star;
  }
  try {
    if (quantum.ansatz == Ansatz::custom && quantum.circuit.empty()) {
      QuantumSettings shown = before.quantum;
      if (shown.ansatz == Ansatz::none)
        shown.ansatz = Ansatz::star;
      quantum.circuit = write_qasm3(build_circuit(shown));
    }
    if (quantum.ansatz == Ansatz::custom) {
      const int qubits = read_qasm(quantum.circuit, "quantum.circuit").qubits;
      if (const Field *field = find_field("quantum.qubits"); qubits <= field->max)
        quantum.qubits = qubits;
    }
  } catch (const Error &) {
    // A circuit that cannot be built is check()'s to name.
  }
}

} // namespace duet::ui
