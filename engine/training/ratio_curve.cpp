#include "engine/training/ratio_curve.h"
#include <algorithm>

namespace duet {
namespace {

/// A place on the ratio axis: a ratio, or the open stretch right after it.
struct Place {
  double ratio = 0;
  bool after = false;
  bool operator<(const Place &other) const {
    return ratio != other.ratio ? ratio < other.ratio : after < other.after;
  }
  bool operator==(const Place &other) const { return ratio == other.ratio && after == other.after; }
};

/// The count changes by `change` from `place` on.
struct Event {
  Place place;
  int change = 0;
};

/// Where one class wins over all others: from `first` up to, not including, `past`.
struct Interval {
  Place first{0, false};
  Place past{1, true};
  bool empty() const { return !(first < past); }
};

Interval interval_of(int winner, const Logits &spiking, const Logits &quantum) {
  Interval interval;
  const auto w = static_cast<std::size_t>(winner);
  for (std::size_t j = 0; j < spiking.size(); ++j) {
    if (j == w)
      continue;
    // lead(r) = (1 - r) at_zero + r at_one; a tie goes to the lower class
    const double at_zero = static_cast<double>(spiking[w]) - static_cast<double>(spiking[j]);
    const double at_one = static_cast<double>(quantum[w]) - static_cast<double>(quantum[j]);
    const bool tie_wins = w < j;
    const auto leads = [tie_wins](double lead) { return lead > 0 || (lead == 0 && tie_wins); };
    const bool wins_zero = leads(at_zero), wins_one = leads(at_one);
    if (wins_zero && wins_one)
      continue;
    if (!wins_zero && !wins_one)
      return {{1, true}, {1, true}};
    const double crossing = at_zero / (at_zero - at_one);
    if (wins_zero)
      interval.past = std::min(interval.past, Place{crossing, tie_wins});
    else
      interval.first = std::max(interval.first, Place{crossing, !tie_wins});
  }
  return interval;
}

} // namespace

int winner_at(const Logits &spiking, const Logits &quantum, double ratio) {
  int best = 0;
  double highest = 0;
  for (std::size_t k = 0; k < spiking.size(); ++k) {
    const double mixed =
        (1 - ratio) * static_cast<double>(spiking[k]) + ratio * static_cast<double>(quantum[k]);
    if (k == 0 || mixed > highest) {
      best = static_cast<int>(k);
      highest = mixed;
    }
  }
  return best;
}

std::vector<RatioSegment> winners_over_ratio(const Logits &spiking, const Logits &quantum) {
  std::vector<RatioSegment> segments;
  for (int k = 0; k < static_cast<int>(spiking.size()); ++k) {
    const Interval interval = interval_of(k, spiking, quantum);
    if (!interval.empty() && interval.first.ratio < interval.past.ratio)
      segments.push_back({interval.first.ratio, k});
  }
  std::sort(segments.begin(), segments.end(),
            [](const RatioSegment &a, const RatioSegment &b) { return a.from < b.from; });
  if (segments.empty()) // not numbers: nobody leads anywhere
    segments.push_back({0, winner_at(spiking, quantum, 0)});
  segments.front().from = 0;
  return segments;
}

RatioCurve ratio_curve(const TestAnswers &answers) {
  RatioCurve curve;
  const std::size_t images = answers.targets.size();
  if (images == 0 || answers.spiking.size() != images || answers.quantum.size() != images)
    return curve;
  std::vector<Event> events;
  events.reserve(images);
  std::uint32_t at_zero = 0;
  for (std::size_t i = 0; i < images; ++i) {
    const Interval interval = interval_of(answers.targets[i], answers.spiking[i], answers.quantum[i]);
    if (interval.empty())
      continue;
    if (interval.first == Place{0, false})
      ++at_zero;
    else
      events.push_back({interval.first, 1});
    if (interval.past < Place{1, true})
      events.push_back({interval.past, -1});
  }
  std::sort(events.begin(), events.end(), [](const Event &a, const Event &b) { return a.place < b.place; });
  curve.images = static_cast<std::uint32_t>(images);
  curve.steps.reserve(events.size() + 1);
  curve.steps.push_back({0, false, at_zero});
  std::int64_t correct = at_zero;
  for (std::size_t e = 0; e < events.size(); ++e) {
    correct += events[e].change;
    if (e + 1 < events.size() && events[e + 1].place == events[e].place)
      continue;
    curve.steps.push_back(
        {events[e].place.ratio, events[e].place.after, static_cast<std::uint32_t>(correct)});
  }
  return curve;
}

std::uint32_t RatioCurve::correct_at(double ratio) const {
  if (steps.empty())
    return 0;
  const Place at{ratio, false};
  const auto next =
      std::upper_bound(steps.begin(), steps.end(), at, [](const Place &place, const Step &step) {
        return place < Place{step.ratio, step.after};
      });
  return next == steps.begin() ? steps.front().correct : std::prev(next)->correct;
}

double RatioCurve::accuracy_at(double ratio) const {
  return images == 0 ? 0.0 : static_cast<double>(correct_at(ratio)) / static_cast<double>(images);
}

RatioCurve::Best RatioCurve::best() const {
  Best best{0, 0, 0};
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const double end = k + 1 < steps.size() ? steps[k + 1].ratio : 1.0;
    const double width = end - steps[k].ratio;
    if (k == 0 || steps[k].correct > best.correct ||
        (steps[k].correct == best.correct && width > best.to - best.from))
      best = {steps[k].ratio, end, steps[k].correct};
  }
  return best;
}

} // namespace duet
