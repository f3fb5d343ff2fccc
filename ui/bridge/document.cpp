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
  now_.saved = now_.experiment;
  connect(&session_, &SessionController::viewChanged, this, &Document::onView);
}

bool Document::edit(const std::string &path, const Value &value, int gesture) {
  const Field *field = find_field(path);
  const QString name = field ? QString::fromStdString(field->label) : QString::fromStdString(path);
  return editMany({{path, value}}, tr("Change of %1").arg(name), gesture);
}

bool Document::editText(const std::string &path, const std::string &text) {
  Experiment edited = now_.experiment;
  if (const auto problem = set_text(edited, path, text)) {
    Q_EMIT refused(*problem);
    return false;
  }
  return edit(path, get(edited, path));
}

std::variant<Experiment, Problem> edited(const Experiment &before, const std::vector<Setting> &settings) {
  Experiment after = before;
  for (const auto &[path, value] : settings)
    if (const auto problem = set_with_defaults(after, path, value))
      return *problem;
  follow(after, before);
  if (const auto problems = check(after); !problems.empty())
    return problems.front();
  return after;
}

bool Document::editMany(const std::vector<Setting> &settings, const QString &label, int gesture) {
  const auto wanted = edited(now_.experiment, settings);
  if (const auto *problem = std::get_if<Problem>(&wanted)) {
    Q_EMIT refused(*problem);
    return false;
  }
  const Experiment &after = std::get<Experiment>(wanted);
  if (after != now_.experiment)
    stack_.push(new EditCommand(*this, now_.experiment, after, gesture, label));
  return true;
}

std::vector<Setting> circuit_settings(const std::string &program) {
  return {{"quantum.ansatz", std::string("custom")}, {"quantum.circuit", program}};
}

bool Document::editCircuit(const std::string &program, const QString &label, int gesture) {
  return editMany(circuit_settings(program), label, gesture);
}

std::vector<std::string> Document::pending() const { return needing_reset(now_.running, now_.experiment); }

void Document::reset() {
  stack_.push(new RestartCommand(*this, now_.running, now_.experiment, currentRun()));
}

void Document::newSeed() {
  Experiment edited = now_.experiment;
  edited.seed = edited.seed + 1;
  stack_.beginMacro(tr("New seed %1").arg(edited.seed));
  stack_.push(new EditCommand(*this, now_.experiment, edited, 0, tr("Seed")));
  stack_.push(new RestartCommand(*this, now_.running, edited, currentRun()));
  stack_.endMacro();
}

void Document::replace(const Experiment &experiment, const QString &file) {
  replaceOpened(fresh(experiment, file));
  restart(experiment);
}

void Document::replaceOpened(const DocumentState &next) {
  stack_.clear();
  become(next);
}

DocumentState Document::fresh(const Experiment &experiment, const QString &file) const {
  return {experiment, experiment, experiment, file,
          kept_home_ ? std::make_shared<KeptEntry>(*kept_home_) : nullptr};
}

void Document::open(const DocumentState &next, const QString &label) {
  stack_.push(new OpenCommand(*this, now_, next, run_, false, label));
}

void Document::opened(const DocumentState &next, std::uint64_t replaced, const QString &label) {
  stack_.push(new OpenCommand(*this, now_, next, replaced, true, label));
}

void Document::become(const DocumentState &state) {
  now_ = state;
  Q_EMIT experimentChanged();
  Q_EMIT pendingChanged();
  Q_EMIT fileChanged();
}

KeptDocument Document::forKeeping() const {
  return {now_.experiment, now_.saved, now_.file.toStdString(), {}};
}

QString Document::title() const {
  return now_.file.isEmpty() ? tr("untitled") : QFileInfo(now_.file).fileName();
}

bool Document::isModified() const { return now_.experiment != now_.saved || weights_unsaved_; }

void Document::markSaved(const QString &file, const Experiment &written) {
  now_.file = file;
  now_.saved = written;
  Q_EMIT fileChanged();
}

void Document::apply(const Experiment &experiment) {
  now_.experiment = experiment;
  sendLive();
  Q_EMIT experimentChanged();
  Q_EMIT pendingChanged();
}

void Document::restart(const Experiment &experiment) {
  now_.running = experiment;
  run_ = session_.newRun();
  run_command_ = session_.send(Restart{experiment, run_, now_.kept});
  Q_EMIT pendingChanged();
}

void Document::restoreWeights(std::uint64_t run_id, const Experiment &was_running) {
  now_.running = was_running;
  run_ = run_id;
  run_command_ = session_.send(RestoreWeights{run_id});
  Q_EMIT pendingChanged();
}

/// Everything that may change while training goes to the session; what needs a reset stays behind.
void Document::sendLive() {
  Experiment live = now_.running;
  const std::vector<std::string> waiting = pending();
  for (const std::string &path : difference(now_.experiment, now_.running))
    if (std::ranges::count(waiting, path) == 0 && set(live, path, get(now_.experiment, path)))
      return; // not allowed beside the running settings: it waits for the reset like they do
  if (live == now_.running || !check(live).empty())
    return;
  now_.running = live;
  session_.send(Change{live});
}

void Document::onView() {
  const auto view = session_.view();
  if (!view)
    return;
  if (view->handled < run_command_)
    return;            // of the run before the one asked for
  run_ = view->run_id; // as it was, where the run asked for could not be made
  const bool unsaved = view->training.step > 0 && !view->saved;
  if (unsaved != weights_unsaved_) {
    weights_unsaved_ = unsaved;
    Q_EMIT fileChanged();
  }
  if (view->notice && view->notice->id != seen_notice_) {
    seen_notice_ = view->notice->id;
    // A change that the session refused never became live.
    if (view->notice->is_error && view->phase != Phase::failed && view->phase != Phase::empty &&
        view->phase != Phase::loading && now_.running != view->experiment) {
      now_.running = view->experiment;
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
