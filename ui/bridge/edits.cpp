#include "ui/bridge/edits.h"
#include "ui/bridge/document.h"
#include <utility>

namespace duet::ui {

EditCommand::EditCommand(Document &document, Experiment before, Experiment after, int gesture,
                         const QString &label)
    : QUndoCommand(label), document_(document), before_(std::move(before)), after_(std::move(after)),
      gesture_(gesture) {}

void EditCommand::redo() { document_.apply(after_); }
void EditCommand::undo() { document_.apply(before_); }

bool EditCommand::mergeWith(const QUndoCommand *other) {
  const auto *next = dynamic_cast<const EditCommand *>(other);
  if (!next || gesture_ == 0 || next->gesture_ != gesture_)
    return false;
  after_ = next->after_;
  setObsolete(after_ == before_);
  return true;
}

RestartCommand::RestartCommand(Document &document, Experiment was_running, Experiment after,
                               std::uint64_t replaced_run)
    : QUndoCommand(QObject::tr("Reset")), document_(document), was_running_(std::move(was_running)),
      after_(std::move(after)), replaced_run_(replaced_run) {}

void RestartCommand::redo() {
  if (own_run_ != 0)
    document_.restoreWeights(own_run_, own_running_); // as it was when it was undone
  else
    document_.restart(after_);
}

void RestartCommand::undo() {
  own_run_ = document_.currentRun();
  own_running_ = document_.running();
  document_.restoreWeights(replaced_run_, was_running_);
}

OpenCommand::OpenCommand(Document &document, DocumentState before, DocumentState after,
                         std::uint64_t replaced_run, bool is_open, const QString &label)
    : QUndoCommand(label), document_(document), before_(std::move(before)), after_(std::move(after)),
      replaced_run_(replaced_run), is_open_(is_open) {}

void OpenCommand::redo() {
  document_.become(after_);
  if (own_run_ != 0)
    document_.restoreWeights(own_run_, after_.running);
  else if (!is_open_)
    document_.restart(after_.experiment);
}

void OpenCommand::undo() {
  own_run_ = document_.currentRun();
  after_ = document_.state();
  document_.become(before_);
  document_.restoreWeights(replaced_run_, before_.running);
}

} // namespace duet::ui
