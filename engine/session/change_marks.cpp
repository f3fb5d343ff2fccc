#include "engine/session/change_marks.h"
#include <algorithm>

namespace duet {
namespace {

/// How close two changes of one setting lie to be one gesture, in epochs or in seconds of training.
constexpr double gesture_epochs = 0.25, gesture_seconds = 0.5;

std::string lower_first(std::string text) {
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z'))
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

/// "learning rate 0.003 to 0.001"
std::string label_of(const std::string &path, const Value &before, const Value &after) {
  const Field &field = *find_field(path);
  if (field.kind == Field::Kind::text) // a program is too long for a mark
    return lower_first(field.label) + " changed";
  return lower_first(field.label) + " " + to_text(before) + " to " + to_text(after);
}

} // namespace

void ChangeMarks::add(const LoggedChange &change, const std::string &path, const Value &value, double epoch,
                      double seconds, const Value &current) {
  const auto last =
      std::find_if(entries_.rbegin(), entries_.rend(), [&](const Entry &e) { return e.path == path; });
  if (last != entries_.rend()) {
    const bool at_once = last->newest_step == change.step; // nothing was trained with what it replaces
    const bool in_one_gesture =
        last == entries_.rbegin() && change.settings.size() == 1 &&
        (epoch - last->newest_epoch < gesture_epochs || seconds - last->seconds < gesture_seconds);
    const bool taken_back = value == last->before;
    if (taken_back && last->mark.step == change.step) {
      entries_.erase(std::next(last).base());
      return;
    }
    if (!taken_back && (at_once || in_one_gesture)) {
      last->mark.label = label_of(path, last->before, value);
      last->newest_step = change.step;
      last->newest_epoch = epoch;
      last->seconds = seconds;
      return;
    }
  }
  entries_.push_back(
      {{epoch, change.step, label_of(path, current, value)}, path, current, change.step, epoch, seconds});
}

void ChangeMarks::add(const LoggedChange &change, double epoch, double seconds, Experiment &experiment) {
  for (const auto &[path, value] : change.settings) {
    if (const Value current = get(experiment, path); current != value)
      add(change, path, value, epoch, seconds, current);
    set(experiment, path, value);
  }
  auto marks = std::make_shared<std::vector<Mark>>();
  for (const Entry &entry : entries_)
    marks->push_back(entry.mark);
  shared_ = std::move(marks);
}

void ChangeMarks::go_back(std::uint64_t step, double epoch) {
  auto marks = std::make_shared<std::vector<Mark>>();
  for (Entry &entry : entries_) {
    if (entry.mark.step > step)
      entry.mark.step = step, entry.mark.epoch = epoch;
    if (entry.newest_step > step)
      entry.newest_step = step, entry.newest_epoch = epoch;
    marks->push_back(entry.mark);
  }
  shared_ = std::move(marks);
}

} // namespace duet
