// Test images as pictures, the way an evaluation saw them.
#pragma once
#include "engine/data/dataset.h"
#include <QCache>
#include <QColor>
#include <QImage>
#include <cstdint>
#include <memory>

namespace duet::ui {

/// Draws a picture when it is first asked for and keeps the last few thousand. GUI thread.
class Thumbnails {
public:
  /// What pictures are made from; another one forgets them.
  struct Look {
    std::shared_ptr<const Dataset> dataset;
    NoiseSettings noise;    ///< of the test images
    std::uint64_t seed = 1; ///< of the run: draws the noise
    bool clean = false;     ///< without the noise all the same
    QColor paper;
    bool operator==(const Look &) const = default;
  };
  void look(const Look &look);
  const Look &current() const { return look_; }
  QImage picture(std::uint32_t test_index) const;
  int drawn() const { return drawn_; } ///< pictures made so far, for tests

private:
  Look look_;
  mutable QCache<std::uint32_t, QImage> kept_{16 << 20}; ///< by cost in bytes
  mutable int drawn_ = 0;
};

/// Whether an evaluation under this noise sees other pixels than the files hold.
bool disturbs_test(const NoiseSettings &noise);
/// One test image as floats 0..1: what the network sees, or `clean` what the file holds.
std::vector<float> test_picture(const Dataset &dataset, std::uint32_t test_index, const NoiseSettings &noise,
                                std::uint64_t seed, bool clean);

} // namespace duet::ui
