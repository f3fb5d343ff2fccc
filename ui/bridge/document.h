// The experiment being edited, its undo history, and how it is kept in step with the running session.
#pragma once
#include "engine/experiment/describe.h"
#include "engine/session/kept_entry.h"
#include "engine/session/session.h"
#include <QObject>
#include <QString>
#include <QUndoStack>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace duet::ui {

class SessionController;

/// One setting and its new value.
using Setting = std::pair<std::string, Value>;

/// An experiment after such edits and whatever follows from them, or the first thing that forbids them.
std::variant<Experiment, Problem> edited(const Experiment &before, const std::vector<Setting> &settings);

/// What makes a program the quantum branch's circuit.
std::vector<Setting> circuit_settings(const std::string &program);

/// All of a document but its history and its run.
struct DocumentState {
  Experiment experiment, running,
      saved;                       ///< as the form shows it, as the session has it, as its file holds it
  QString file;                    ///< experiment.json or run folder; empty: not saved yet
  std::shared_ptr<KeptEntry> kept; ///< where unsaved work is kept; null: nowhere
};

/// Live edits go to the session at once; edits that need a new run wait until reset(). Undo of a live
/// edit sends the inverse change; undo of a reset brings back the weights it replaced.
class Document : public QObject {
  Q_OBJECT
public:
  explicit Document(SessionController &session, QObject *parent = nullptr);

  const Experiment &experiment() const { return now_.experiment; } ///< as the form shows it
  const Experiment &running() const { return now_.running; }       ///< as the session has it
  QUndoStack &undoStack() { return stack_; }

  /// One edit. Edits of the same path within one gesture (a slider's drag; 0: none) undo together.
  /// A value that is not allowed is refused and leaves everything as it was.
  bool edit(const std::string &path, const Value &value, int gesture = 0);
  bool editText(const std::string &path, const std::string &text);
  bool editMany(const std::vector<Setting> &settings, const QString &label, int gesture = 0);
  /// The user's own circuit instead of the one before, whether that was a template's or theirs.
  bool editCircuit(const std::string &program, const QString &label, int gesture = 0);
  int newGesture() { return ++last_gesture_; }

  std::vector<std::string> pending() const; ///< edited paths that wait for a reset
  void reset();                             ///< a new run with the experiment as edited
  void newSeed();                           ///< another seed and a new run, undone together

  /// Another experiment, with a history of its own and a new run.
  void replace(const Experiment &experiment, const QString &file);
  /// The same where the session has opened its run already.
  void replaceOpened(const DocumentState &next);
  /// Another document and a new run in this one's place. Undo brings this one back, with its file's name, its
  /// weights and its charts.
  void open(const DocumentState &next, const QString &label);
  /// The same where the session has opened its run already, in the place of `replaced`.
  void opened(const DocumentState &next, std::uint64_t replaced, const QString &label);
  /// A document as it is when it has just been opened, with a place of its own for unsaved work.
  DocumentState fresh(const Experiment &experiment, const QString &file) const;

  /// From the next document on, what no file holds is kept below this folder (Autosave).
  void keepIn(const std::filesystem::path &home) { kept_home_ = home; }
  const std::shared_ptr<KeptEntry> &kept() const { return now_.kept; }
  KeptDocument forKeeping() const;

  QString file() const { return now_.file; } ///< experiment.json or run folder; empty: not saved yet
  QString title() const;                     ///< for the window's title
  bool isModified() const;                   ///< edits or trained weights that no file holds
  void markSaved(const QString &file, const Experiment &written); ///< what this file or folder now holds

  /// What the undo stack's commands use: the form's experiment, followed by what is live of it.
  void apply(const Experiment &experiment);
  void restart(const Experiment &experiment);
  void restoreWeights(std::uint64_t run_id, const Experiment &was_running);
  std::uint64_t currentRun() const { return run_; } ///< run_id of the run asked for last
  const DocumentState &state() const { return now_; }
  void become(const DocumentState &state);

Q_SIGNALS:
  void experimentChanged();
  void pendingChanged();
  void refused(const duet::Problem &problem);
  void fileChanged();

private:
  void sendLive();
  void onView();

  SessionController &session_;
  QUndoStack stack_;
  DocumentState now_;
  std::optional<std::filesystem::path> kept_home_;
  std::uint64_t run_ = 0, run_command_ = 0; ///< and the command that asked for it
  int last_gesture_ = 0;
  std::uint64_t seen_notice_ = 0;
  bool weights_unsaved_ = false;
};

/// The other settings that a choice brings along where they are tied together: the input of a
/// serial model, the qubits of amplitude input or of a custom circuit, the first custom circuit's text.
void follow(Experiment &edited, const Experiment &before);

} // namespace duet::ui
