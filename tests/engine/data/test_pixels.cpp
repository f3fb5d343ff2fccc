// Bytes to pixels, noise and augmentation.
#include "engine/base/random.h"
#include "engine/data/augment.h"
#include "engine/data/noise.h"
#include "engine/data/pixels.h"
#include <QTest>
#include <cmath>
#include <numbers>
#include <set>
#include <vector>

using namespace duet;

class TestPixels : public QObject {
  Q_OBJECT
  using Pixels = std::vector<float>;

  static ImageSet grey(std::size_t count, std::uint8_t value) {
    ImageSet set;
    set.rows = 9;
    set.cols = 7;
    set.pixels.assign(count * 63, value);
    set.targets.assign(count, 0);
    for (std::uint32_t i = 0; i < count; ++i)
      set.file_index.push_back(1000 + i);
    return set;
  }
  static Pixels trained(const ImageSet &set, std::size_t image, const DataSettings &s, std::uint64_t seed,
                        std::uint32_t epoch) {
    Pixels out(set.pixel_count());
    training_pixels(set, image, s, seed, epoch, out.data());
    return out;
  }
  static Pixels tested(const ImageSet &set, std::size_t image, const DataSettings &s, std::uint64_t seed) {
    Pixels out(set.pixel_count());
    test_pixels(set, image, s, seed, out.data());
    return out;
  }
  static DataSettings with_noise(NoiseKind kind, double amount, NoiseApply apply = NoiseApply::both) {
    DataSettings settings;
    settings.noise = {kind, amount, apply};
    return settings;
  }
  static Pixels noisy_plane(NoiseKind kind, double amount, float value, std::size_t size = 200001) {
    Pixels pixels(size, value);
    add_noise({kind, amount, NoiseApply::both}, RandomStream(7, "test"), 1, 2, pixels);
    return pixels;
  }

private Q_SLOTS:
  void plainPixelsAreBytesOver255() {
    ImageSet set = grey(2, 0);
    for (int v = 0; v < 63; ++v)
      set.pixels[63 + v] = static_cast<std::uint8_t>(4 * v);
    const Pixels a = trained(set, 1, {}, 1, 0), b = tested(set, 1, {}, 1);
    for (int v = 0; v < 63; ++v)
      QCOMPARE(a[v], static_cast<float>(4 * v) / 255.0f);
    QVERIFY(a == b);
    QVERIFY(!changes_training_pixels({}));
    QVERIFY(!changes_test_pixels({}));
  }

  void trainingNoiseIsFreshEachEpochAndTestNoiseFixed() {
    const ImageSet set = grey(2, 128);
    const DataSettings s = with_noise(NoiseKind::gaussian, 0.1);
    QVERIFY(trained(set, 0, s, 1, 0) == trained(set, 0, s, 1, 0));
    QVERIFY(trained(set, 0, s, 1, 0) != trained(set, 0, s, 1, 1));
    QVERIFY(trained(set, 0, s, 1, 0) != trained(set, 1, s, 1, 0));
    QVERIFY(trained(set, 0, s, 1, 0) != trained(set, 0, s, 2, 0));
    QVERIFY(tested(set, 0, s, 1) == tested(set, 0, s, 1));
    QVERIFY(tested(set, 0, s, 1) != tested(set, 1, s, 1));
    QVERIFY(tested(set, 0, s, 1) != trained(set, 0, s, 1, 0));
    ImageSet first = grey(1, 128);
    first.file_index = {
        0}; // its noise in epoch 1000 stands where that of image 1000 does in the test's stream
    QVERIFY(tested(set, 0, s, 1) != trained(first, 0, s, 1, 1000));
  }

  void noiseFollowsTheFileIndexNotThePosition() {
    const ImageSet both = grey(2, 128);
    ImageSet second = grey(1, 128);
    second.file_index = {both.file_index[1]};
    const DataSettings s = with_noise(NoiseKind::uniform, 0.2);
    QVERIFY(tested(both, 1, s, 1) == tested(second, 0, s, 1));
    QVERIFY(trained(both, 1, s, 1, 3) == trained(second, 0, s, 1, 3));
  }

  void applyChoosesTheSide() {
    const ImageSet set = grey(1, 128);
    const DataSettings train = with_noise(NoiseKind::uniform, 0.2, NoiseApply::train);
    const DataSettings test = with_noise(NoiseKind::uniform, 0.2, NoiseApply::test);
    const Pixels plain(63, 128.0f / 255.0f);
    QVERIFY(trained(set, 0, train, 1, 0) != plain);
    QVERIFY(tested(set, 0, train, 1) == plain);
    QVERIFY(trained(set, 0, test, 1, 0) == plain);
    QVERIFY(tested(set, 0, test, 1) != plain);
    QVERIFY(changes_training_pixels(train) && !changes_test_pixels(train));
    QVERIFY(!changes_training_pixels(test) && changes_test_pixels(test));
  }

  void gaussianHasItsMeanAndDeviation() {
    const Pixels x = noisy_plane(NoiseKind::gaussian, 0.1, 0.5f);
    double sum = 0, squares = 0, neighbours = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double d = static_cast<double>(x[i]) - 0.5;
      sum += d;
      squares += d * d;
      if (i)
        neighbours += d * (static_cast<double>(x[i - 1]) - 0.5);
    }
    const double n = static_cast<double>(x.size());
    QVERIFY(std::abs(sum / n) < 0.001);
    QVERIFY(std::abs(std::sqrt(squares / n) - 0.1) < 0.001);
    QVERIFY(std::abs(neighbours / squares) < 0.01);
  }

  void uniformFillsItsWidth() {
    const Pixels x = noisy_plane(NoiseKind::uniform, 0.25, 0.5f);
    const auto [low, high] = std::minmax_element(x.begin(), x.end());
    QVERIFY(*low >= 0.25f && *low < 0.2501f);
    QVERIFY(*high <= 0.75f && *high > 0.7499f);
  }

  void saltAndPepperTouchTheirShare() {
    const Pixels x = noisy_plane(NoiseKind::salt_pepper, 0.3, 0.5f);
    const auto share = [&](float value) {
      return static_cast<double>(std::count(x.begin(), x.end(), value)) / static_cast<double>(x.size());
    };
    QVERIFY(std::abs(share(0.0f) - 0.15) < 0.005);
    QVERIFY(std::abs(share(1.0f) - 0.15) < 0.005);
    QVERIFY(std::abs(share(0.5f) - 0.70) < 0.005);
    const Pixels all = noisy_plane(NoiseKind::salt_pepper, 1.0, 0.5f);
    QCOMPARE(std::count(all.begin(), all.end(), 0.5f), std::ptrdiff_t{0});
  }

  void noiseIsClipped() {
    for (const float value : {0.0f, 1.0f}) {
      const Pixels x = noisy_plane(NoiseKind::gaussian, 2.0, value, 999);
      for (const float p : x)
        QVERIFY(p >= 0.0f && p <= 1.0f);
    }
  }

  void amountZeroChangesNothing() {
    for (const NoiseKind kind : {NoiseKind::gaussian, NoiseKind::uniform, NoiseKind::salt_pepper})
      QVERIFY(noisy_plane(kind, 0.0, 0.25f, 99) == Pixels(99, 0.25f));
  }

  void motionsStayInRangeAndReachIt() {
    const RandomStream stream(3, "test");
    std::set<int> right, down;
    double largest = 0;
    for (std::uint32_t i = 0; i < 500; ++i) {
      const Motion motion = draw_motion({2, 10.0}, stream, 0, i);
      right.insert(motion.right_px);
      down.insert(motion.down_px);
      largest = std::max(largest, std::abs(motion.turn_rad));
    }
    QVERIFY(right == std::set<int>({-2, -1, 0, 1, 2}));
    QVERIFY(down == right);
    QVERIFY(largest <= 10.0 * std::numbers::pi / 180 && largest > 9.0 * std::numbers::pi / 180);
  }

  void aShiftMovesPixelsExactly() {
    std::vector<std::uint8_t> bytes(20);
    for (int i = 0; i < 20; ++i)
      bytes[i] = static_cast<std::uint8_t>(i + 1);
    Pixels out(20);
    move_image({2, -1, 0.0}, 4, 5, bytes.data(), out.data());
    for (int row = 0; row < 4; ++row)
      for (int col = 0; col < 5; ++col) {
        const bool inside = row + 1 < 4 && col - 2 >= 0;
        QCOMPARE(out[row * 5 + col],
                 inside ? static_cast<float>(bytes[(row + 1) * 5 + col - 2]) / 255.0f : 0.0f);
      }
  }

  void aQuarterTurnIsATransposition() {
    std::vector<std::uint8_t> bytes(25);
    for (int i = 0; i < 25; ++i)
      bytes[i] = static_cast<std::uint8_t>(10 * i);
    Pixels out(25);
    move_image({0, 0, std::numbers::pi / 2}, 5, 5, bytes.data(), out.data());
    for (int row = 0; row < 5; ++row) // right turns to down: (row, col) comes from (4 - col, row)
      for (int col = 0; col < 5; ++col)
        QVERIFY(std::abs(out[row * 5 + col] - static_cast<float>(bytes[(4 - col) * 5 + row]) / 255.0f) <
                1e-5f);
  }

  void anImageLiesOnBlack() {
    constexpr int rows = 5, cols = 7, frame = 4, wide = cols + 2 * frame, high = rows + 2 * frame;
    std::vector<std::uint8_t> bytes(rows * cols, 255), framed(high * wide, 0);
    for (int row = 0; row < rows; ++row)
      std::fill_n(framed.begin() + (row + frame) * wide + frame, cols, std::uint8_t{255});
    for (const Motion &motion :
         {Motion{0, 0, 0.3}, Motion{1, -2, -0.7}, Motion{-2, 1, 1.2}, Motion{0, 0, 2.5}}) {
      Pixels out(rows * cols), expected(high * wide);
      move_image(motion, rows, cols, bytes.data(), out.data());
      move_image(motion, high, wide, framed.data(), expected.data());
      for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col)
          QVERIFY(std::abs(out[row * cols + col] - expected[(row + frame) * wide + col + frame]) < 1e-5f);
    }
  }

  void augmentationIsOfTrainingOnlyAndFresh() {
    ImageSet set = grey(1, 0);
    set.pixels[4 * 7 + 3] = 255;
    DataSettings s;
    s.augment = {3, 20.0};
    QVERIFY(changes_training_pixels(s) && !changes_test_pixels(s));
    std::set<Pixels> seen;
    for (std::uint32_t epoch = 0; epoch < 20; ++epoch)
      seen.insert(trained(set, 0, s, 1, epoch));
    QVERIFY(seen.size() > 10);
    QCOMPARE(tested(set, 0, s, 1)[4 * 7 + 3], 1.0f);
  }
};

QTEST_APPLESS_MAIN(TestPixels)
#include "test_pixels.moc"
