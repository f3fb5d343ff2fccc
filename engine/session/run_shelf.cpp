#include "engine/session/run_shelf.h"
#include <algorithm>

namespace duet {
namespace {

std::size_t bytes_of(const RunRecord &record) {
  std::size_t floats = 0;
  for (const TensorFile *file : {&record.model, &record.checkpoint})
    for (const auto &[name, tensor] : file->tensors)
      floats += tensor.values.size();
  return floats * sizeof(float);
}

} // namespace

void RunShelf::put(Course course) {
  places_.push_back({std::move(course), std::nullopt, 0});
  pack_and_let_go();
}

void RunShelf::pack_and_let_go() {
  std::size_t bytes = 0;
  for (std::size_t i = places_.size(); i-- > 0;) {
    Place &place = places_[i];
    if (places_.size() - i > ready && !place.packed) {
      place.packed = place.course.run->record();
      place.packed->model = {}; // the checkpoint has the weights too
      place.bytes = bytes_of(*place.packed);
      place.course.run.reset();
    }
    bytes += place.bytes;
    if (bytes > most_bytes) {
      places_.erase(places_.begin(), places_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      return;
    }
  }
}

std::optional<Course> RunShelf::take(std::uint64_t id, const Unpack &unpack) {
  const auto found = std::ranges::find(places_, id, [](const Place &place) { return place.course.id; });
  if (found == places_.end())
    return std::nullopt;
  if (found->packed)
    found->course.run = unpack(*found->packed);
  Course course = std::move(found->course);
  places_.erase(found);
  return course;
}

std::shared_ptr<RunFolder> RunShelf::holder_of(const std::filesystem::path &folder) const {
  for (const Place &place : places_) {
    std::error_code ignored;
    if (place.course.held && std::filesystem::equivalent(place.course.held->path(), folder, ignored))
      return place.course.held;
  }
  return nullptr;
}

void RunShelf::forget_folder(const std::filesystem::path &folder) {
  for (Place &place : places_) {
    std::error_code ignored;
    if (place.course.folder.empty() || !std::filesystem::equivalent(place.course.folder, folder, ignored))
      continue;
    place.course.folder.clear();
    place.course.held.reset();
    place.course.saved_state.clear();
  }
}

} // namespace duet
