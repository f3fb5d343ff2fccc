// How a slider's position maps to a setting's value.
#pragma once
#include "engine/experiment/describe.h"
#include <optional>

namespace duet::ui {

/// Values are rounded to steps a person would choose: whole numbers, a fine 1-2-5 step, or two digits on
/// a logarithmic scale.
class SliderScale {
public:
  /// `highest`: where the slider ends instead of the field's soft maximum.
  explicit SliderScale(const Field &field, std::optional<double> highest = {});
  bool usable() const { return usable_; } ///< false: the range has no end, there is no slider
  double valueAt(double position) const;
  double positionOf(double value) const; ///< clamped to [0,1]
  double keyStep() const;                ///< position moved by one arrow key

private:
  double low_ = 0, high_ = 1, step_ = 0;
  bool logarithmic_ = false, integer_ = false, usable_ = false;
};

} // namespace duet::ui
