// What has happened in a run: running sums of the epoch, finished epochs, curves for the charts.
#pragma once
#include "engine/training/snapshot.h"
#include <map>

namespace duet {

/// A vector that readers get as a shared immutable copy, made anew only after a change.
template <class T> class Shared {
public:
  const std::vector<T> &values() const { return values_; }
  std::vector<T> &change() {
    copy_.reset();
    return values_;
  }
  std::shared_ptr<const std::vector<T>> share() const {
    if (!copy_)
      copy_ = std::make_shared<const std::vector<T>>(values_);
    return copy_;
  }

private:
  std::vector<T> values_;
  mutable std::shared_ptr<const std::vector<T>> copy_;
};

class History {
public:
  History();
  void add_batch(double epoch, double loss, std::uint32_t correct, std::uint32_t images);
  /// Running means over the current epoch's batches; then starts the next epoch's.
  void close_epoch(EpochRow &row);
  /// Forgets everything after this point, in epochs, and the rows after `epochs_done`: training went back to
  /// it.
  void forget_after(double position, int epochs_done);

  Shared<EpochRow> epochs;
  Shared<RunningTest> running;
  const Shared<BatchPoint> &batches() const { return batches_; }

  /// Running sums and the curve, as text; no times.
  void save(std::map<std::string, std::string> &metadata) const;
  void load(const std::map<std::string, std::string> &metadata);

  struct Sums {
    double loss = 0; ///< sum over images
    std::uint64_t correct = 0, images = 0;
  };
  Sums sums;

private:
  Shared<BatchPoint> batches_;
  std::uint64_t stride_ = 1, skipped_ = 0; ///< every stride-th batch is kept as a point
};

} // namespace duet
