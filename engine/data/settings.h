// What an experiment says about its images. engine/MODEL.md 2.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace duet {

enum class NoiseKind { none, gaussian, uniform, salt_pepper };
enum class NoiseApply { both, train, test };

struct NoiseSettings {
  NoiseKind kind = NoiseKind::none;
  double amount = 0.0; ///< gaussian: sd; uniform: half-width; salt_pepper: share of pixels
  NoiseApply apply = NoiseApply::both;
  bool operator==(const NoiseSettings &) const = default;
};

struct AugmentSettings {
  int shift_px = 0;        ///< each image moved by up to this many pixels either way
  double rotate_deg = 0.0; ///< each image turned by up to this many degrees either way
  bool operator==(const AugmentSettings &) const = default;
};

struct DataSettings {
  std::string source = "mnist-mini"; ///< a named set or a folder with the four IDX files
  std::vector<int> classes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; ///< [output], the label it stands for
  int train_limit = 0;                                       ///< first N after the class filter; 0 = all
  int test_limit = 0;
  double validation = 0.0; ///< share of the training images held out, stratified
  NoiseSettings noise;
  AugmentSettings augment;
  bool operator==(const DataSettings &) const = default;
};

/// The label an output of the network stands for: the one place that knows. None for the outputs beyond the
/// classes kept.
inline std::optional<int> label_of(const std::vector<int> &classes, int output) {
  const auto k = static_cast<std::size_t>(output);
  return output >= 0 && k < classes.size() ? std::optional(classes[k]) : std::nullopt;
}

} // namespace duet
