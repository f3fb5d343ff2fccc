// How the circuit's weights moved while a run was looked at. It belongs to the run and comes back with it.
#pragma once
#include "engine/training/snapshot.h"

namespace duet {

class CircuitCurve {
public:
  /// Takes these weights at this position, in epochs; the same ones twice are one moment.
  void add(double epoch, const std::shared_ptr<const CircuitWeights> &weights);
  /// Training went back to this position.
  void forget_after(double epoch);
  /// At most about 600 moments, the first and the newest among them. Null before there are weights.
  std::shared_ptr<const std::vector<CircuitMoment>> share() const { return shared_; }

private:
  std::vector<CircuitMoment> kept_; ///< every stride_-th moment, and the newest
  std::size_t stride_ = 1, since_kept_ = 0;
  bool newest_is_extra_ = false; ///< the last one goes when another comes
  std::shared_ptr<const std::vector<CircuitMoment>> shared_;
};

} // namespace duet
