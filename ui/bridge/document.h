// The experiment being edited, its undo history, and how it is kept in step with the running session.
#pragma once
#include "engine/experiment/describe.h"
#include "engine/session/session.h"
#include <QObject>
#include <QString>
#include <QUndoStack>
#include <string>
#include <utility>
#include <vector>

namespace duet::ui {

class SessionController;

/// One setting and its new value.
using Setting = std::pair<std::string, Value>;

/// Live edits go to the session at once; edits that need a new run wait until reset(). Undo of a live
/// edit sends the inverse change; undo of a reset brings back the weights it replaced.
class Document : public QObject {
  Q_OBJECT
public:
  explicit Document(SessionController &session, QObject *parent = nullptr);

  const Experiment &experiment() const { return experiment_; } ///< as the form shows it
  const Experiment &running() const { return running_; }       ///< as the session has it
  QUndoStack &undoStack() { return stack_; }

  /// One edit. Edits of the same path within one gesture (a slider's drag; 0: none) undo together.
  /// A value that is not allowed is refused and leaves everything as it was.
  bool edit(const std::string &path, const Value &value, int gesture = 0);
  bool editText(const std::string &path, const std::string &text);
  bool editMany(const std::vector<Setting> &settings, const QString &label, int gesture = 0);
  int newGesture() { return ++last_gesture_; }

  std::vector<std::string> pending() const; ///< edited paths that wait for a reset
  void reset();                             ///< a new run with the experiment as edited
  void newSeed();                           ///< another seed and a new run, undone together

  /// Another experiment, with a history of its own; starts a new run unless the session already has it.
  void replace(const Experiment &experiment, const QString &file, bool restart = true);
  QString file() const { return file_; } ///< experiment.json or run folder; empty: not saved yet
  QString title() const;                 ///< for the window's title
  bool isModified() const;               ///< edits or trained weights that no file holds
  void markSaved(const QString &file, const Experiment &written); ///< what this file or folder now holds

  /// What the undo stack's commands use: the form's experiment, followed by what is live of it.
  void apply(const Experiment &experiment);
  void restart(const Experiment &experiment);
  void restoreWeights(std::uint64_t run_id, const Experiment &was_running);
  std::uint64_t currentRun() const; ///< run_id of the session's last view

Q_SIGNALS:
  void experimentChanged();
  void pendingChanged();
  void refused(const duet::Problem &problem);
  void restarted();
  void fileChanged();

private:
  void sendLive();
  void onView();

  SessionController &session_;
  QUndoStack stack_;
  Experiment experiment_, running_, saved_;
  QString file_;
  int last_gesture_ = 0;
  std::uint64_t seen_notice_ = 0;
  bool weights_unsaved_ = false;
};

/// The other settings that a choice brings along where they are tied together: the input of a
/// serial model, the qubits of amplitude input or of a custom circuit, the first custom circuit's text.
void follow(Experiment &edited, const Experiment &before);

} // namespace duet::ui
