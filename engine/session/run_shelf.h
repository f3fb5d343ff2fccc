// Runs that another took the place of, for undo.
#pragma once
#include "engine/session/course.h"
#include <deque>
#include <functional>
#include <optional>

namespace duet {

/// The newest lie ready to go on. Older ones are packed: weights, optimiser, position, curves and log, all
/// that a run needs to go on to the same bits, without the scratch space of a training. When the packed
/// ones need too much memory the oldest is let go.
class RunShelf {
public:
  static constexpr std::size_t ready = 4;
  static constexpr std::size_t most_bytes = 512'000'000;
  /// Makes a packed run ready again; may throw (its images are gone).
  using Unpack = std::function<std::unique_ptr<TrainingRun>(const RunRecord &)>;

  void put(Course course);
  /// Nothing when it was never here or let go. A failure to unpack leaves it here.
  std::optional<Course> take(std::uint64_t id, const Unpack &unpack);
  /// The hold on a folder that one of them has; null for none.
  std::shared_ptr<RunFolder> holder_of(const std::filesystem::path &folder) const;
  /// Another run has taken its place in this folder: what lies here is saved nowhere.
  void forget_folder(const std::filesystem::path &folder);
  std::size_t size() const { return places_.size(); }

private:
  struct Place {
    Course course;
    std::optional<RunRecord> packed; ///< then course.run is null
    std::size_t bytes = 0;
  };
  void pack_and_let_go();

  std::deque<Place> places_; ///< newest last
};

} // namespace duet
