#include "engine/training/history.h"
#include "engine/base/error.h"
#include "engine/training/numbers.h"
#include <algorithm>

namespace duet {
namespace {

constexpr std::size_t most_points = 4000;

/// Numbers of an optional: whether it is there, then its value.
NumberWriter &write(NumberWriter &out, const std::optional<double> &value) {
  return out << (value ? 1 : 0) << value.value_or(0.0);
}

std::optional<double> read(NumberReader &in) {
  int there = 0;
  double value = 0;
  in >> there >> value;
  return there ? std::optional(value) : std::nullopt;
}

/// Calls each(text) for every line of a metadata entry; a missing entry has none.
template <class Each>
void for_lines(const std::map<std::string, std::string> &metadata, const char *key, Each each) {
  const auto found = metadata.find(key);
  if (found == metadata.end())
    return;
  std::string_view rest = found->second;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    NumberReader line(rest.substr(0, end));
    each(line);
    if (!line.ok())
      throw Error(ExitCode::data, std::string("The checkpoint's entry '") + key + "' is damaged.");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

} // namespace

History::History() { batches_.change().reserve(most_points); }

void History::add_batch(double epoch, double loss, std::uint32_t correct, std::uint32_t images) {
  sums.loss += loss * images;
  sums.correct += correct;
  sums.images += images;
  if (++skipped_ < stride_)
    return;
  skipped_ = 0;
  auto &points = batches_.change();
  if (points.size() == most_points) { // keep every second, half as dense from now on
    for (std::size_t i = 0; i < most_points / 2; ++i)
      points[i] = points[2 * i + 1];
    points.resize(most_points / 2);
    stride_ *= 2;
  }
  points.push_back(
      {epoch, static_cast<float>(loss), static_cast<float>(correct) / static_cast<float>(images)});
}

void History::close_epoch(EpochRow &row) {
  const double images = static_cast<double>(std::max<std::uint64_t>(1, sums.images));
  row.train_loss = sums.loss / images;
  row.train_accuracy = static_cast<double>(sums.correct) / images;
  sums = {};
}

void History::forget_after(double position, int epochs_done) {
  const auto later = [&](const auto &point) { return point.epoch > position; };
  std::erase_if(batches_.change(), later);
  std::erase_if(running.change(), later);
  std::erase_if(epochs.change(), [&](const EpochRow &row) { return row.epoch > epochs_done; });
}

void History::save(std::map<std::string, std::string> &metadata) const {
  metadata["sums"] =
      (NumberWriter() << sums.loss << sums.correct << sums.images << stride_ << skipped_).text();
  std::string rows, points, tests;
  for (const EpochRow &row : epochs.values()) {
    NumberWriter line;
    line << row.epoch << row.train_loss << row.train_accuracy << row.test_loss << row.test_accuracy;
    write(
        write(write(write(line, row.test_accuracy_spiking), row.test_accuracy_quantum), row.validation_loss),
        row.validation_accuracy);
    rows.append(line.text()).push_back('\n');
  }
  for (const BatchPoint &p : batches_.values())
    points.append((NumberWriter() << p.epoch << p.loss << p.accuracy).text()).push_back('\n');
  for (const RunningTest &t : running.values()) {
    NumberWriter line;
    line << t.epoch << t.images << t.accuracy << t.loss;
    write(write(line, t.accuracy_spiking), t.accuracy_quantum);
    tests.append(line.text()).push_back('\n');
  }
  metadata["epochs"] = rows;
  metadata["batches"] = points;
  metadata["running"] = tests;
}

void History::load(const std::map<std::string, std::string> &metadata) {
  History fresh;
  for_lines(metadata, "sums", [&](NumberReader &in) {
    in >> fresh.sums.loss >> fresh.sums.correct >> fresh.sums.images >> fresh.stride_ >> fresh.skipped_;
  });
  for_lines(metadata, "epochs", [&](NumberReader &in) {
    EpochRow row;
    in >> row.epoch >> row.train_loss >> row.train_accuracy >> row.test_loss >> row.test_accuracy;
    row.test_accuracy_spiking = read(in);
    row.test_accuracy_quantum = read(in);
    row.validation_loss = read(in);
    row.validation_accuracy = read(in);
    fresh.epochs.change().push_back(row);
  });
  for_lines(metadata, "batches", [&](NumberReader &in) {
    BatchPoint p;
    in >> p.epoch >> p.loss >> p.accuracy;
    if (fresh.batches_.values().size() == most_points)
      throw Error(ExitCode::data,
                  "The checkpoint's entry 'batches' is longer than any run's; it is damaged.");
    fresh.batches_.change().push_back(p);
  });
  for_lines(metadata, "running", [&](NumberReader &in) {
    RunningTest t;
    in >> t.epoch >> t.images >> t.accuracy >> t.loss;
    t.accuracy_spiking = read(in);
    t.accuracy_quantum = read(in);
    fresh.running.change().push_back(t);
  });
  fresh.stride_ = std::max<std::uint64_t>(1, fresh.stride_);
  fresh.batches_.change().reserve(most_points);
  *this = std::move(fresh);
}

} // namespace duet
