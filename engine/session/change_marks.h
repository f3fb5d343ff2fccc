// A run's live changes as the charts show them: labelled marks that say what was trained with what.
#pragma once
#include "engine/experiment/run_record.h"
#include "engine/training/snapshot.h"
#include <memory>

namespace duet {

/// Changes of one setting in quick succession, as a dragged slider makes them, are one mark. A change taken
/// back before anything was trained leaves none; taken back later, both marks stay and each says what it did.
class ChangeMarks {
public:
  /// Marks a change made at this position and takes its values into `experiment`. seconds: of training so
  /// far; not a number where unknown.
  void add(const LoggedChange &change, double epoch, double seconds, Experiment &experiment);
  /// Training went back to this step: what was changed since then counts from there.
  void go_back(std::uint64_t step, double epoch);
  const std::shared_ptr<const std::vector<Mark>> &share() const { return shared_; }

private:
  struct Entry {
    Mark mark;
    std::string path;
    Value before;                         ///< what the mark leads away from
    std::uint64_t newest_step = 0;        ///< of the last change that joined it
    double newest_epoch = 0, seconds = 0; ///< the same
  };
  void add(const LoggedChange &change, const std::string &path, const Value &value, double epoch,
           double seconds, const Value &current);

  std::vector<Entry> entries_;
  std::shared_ptr<const std::vector<Mark>> shared_ = std::make_shared<const std::vector<Mark>>();
};

} // namespace duet
