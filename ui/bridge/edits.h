// What the undo stack holds.
#pragma once
#include "engine/experiment/experiment.h"
#include "ui/bridge/document.h"
#include <QUndoCommand>
#include <cstdint>

namespace duet::ui {

/// A changed experiment. Edits of one gesture merge into one.
class EditCommand : public QUndoCommand {
public:
  EditCommand(Document &document, Experiment before, Experiment after, int gesture, const QString &label);
  void redo() override;
  void undo() override;
  int id() const override { return 1; }
  bool mergeWith(const QUndoCommand *other) override;

private:
  Document &document_;
  Experiment before_, after_;
  int gesture_;
};

/// A new run. Undo brings back the run it replaced, with its weights; redo the one that was undone.
class RestartCommand : public QUndoCommand {
public:
  RestartCommand(Document &document, Experiment was_running, Experiment after, std::uint64_t replaced_run);
  void redo() override;
  void undo() override;

private:
  Document &document_;
  Experiment was_running_, after_, own_running_;
  std::uint64_t replaced_run_, own_run_ = 0;
};

/// Another document in the place of one: settings, file and run. Both keep what they have; each comes back
/// as it was when it was left.
class OpenCommand : public QUndoCommand {
public:
  /// `is_open`: the session has the new one's run already.
  OpenCommand(Document &document, DocumentState before, DocumentState after, std::uint64_t replaced_run,
              bool is_open, const QString &label);
  void redo() override;
  void undo() override;

private:
  Document &document_;
  DocumentState before_, after_;
  std::uint64_t replaced_run_, own_run_ = 0;
  bool is_open_;
};

} // namespace duet::ui
