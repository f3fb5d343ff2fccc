// Lists of events and the encoders that make them.
#include "engine/base/streams.h"
#include "engine/kernels/loader.h"
#include "engine/spiking/encoder.h"
#include <QTest>
#include <cmath>

using namespace duet;

namespace {

constexpr std::size_t pixels = 203; // no multiple of 8 or 16

std::vector<std::uint8_t> image(std::uint32_t which) {
  const RandomStream random(2, "test.encoder");
  std::vector<std::uint8_t> bytes;
  for (std::uint32_t p = 0; p < pixels; ++p) {
    const auto words = random.block(p, which);
    bytes.push_back(static_cast<std::uint8_t>(words[0] % 4 == 0 ? words[1] % 256 : 0));
  }
  bytes[7] = bytes[200] = 255;
  return bytes;
}

EventList lists(std::uint32_t images) {
  EventList list;
  list.reserve(images, pixels, false);
  for (std::uint32_t i = 0; i < images; ++i)
    list.add_bytes(image(i).data(), pixels);
  return list;
}

/// Row of a list as one number a pixel.
std::vector<float> row(const EventList &list, std::size_t r) {
  const EventRows rows = list.view();
  std::vector<float> x(pixels, 0.0f);
  for (std::uint32_t e = rows.start[r]; e < rows.start[r + 1]; ++e) {
    if (e > rows.start[r] && rows.index[e] <= rows.index[e - 1])
      return {};
    x[rows.index[e]] = rows.value ? rows.value[e] : 1.0f;
  }
  return x;
}

SpikingSettings settings(Encoder encoder, int steps) {
  SpikingSettings s;
  s.encoder = encoder;
  s.steps = steps;
  s.max_rate = 0.8;
  return s;
}

} // namespace

class TestEncoder : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void bytes_and_floats_make_the_same_list() {
    const EventList bytes = lists(3);
    EventList floats;
    floats.reserve(3, pixels, false);
    for (std::uint32_t i = 0; i < 3; ++i) {
      std::vector<float> x;
      for (const std::uint8_t b : image(i))
        x.push_back(static_cast<float>(b) / 255.0f);
      floats.add_floats(x.data(), pixels);
      QCOMPARE(row(bytes, i), x);
    }
    for (std::size_t i = 0; i < 3; ++i)
      QCOMPARE(row(floats, i), row(bytes, i));
  }

  void the_tape_holds_the_lists() {
    const EventList list = lists(21);
    EventTape tape;
    tape.reserve(64, pixels, false);
    for (int twice = 0; twice < 2; ++twice) // old events are cleared
      tape.write(32, 64, twice ? list : lists(30));
    const EventGroups groups = tape.view(64);
    QCOMPARE(groups.groups, 4);
    for (std::size_t r = 0; r < 32; ++r) {
      std::vector<float> x(pixels, 0.0f);
      for (std::size_t p = 0; p < pixels; ++p) {
        const std::size_t cell = (2 + r / 16) * pixels + p;
        if (groups.mask[cell] >> r % 16 & 1)
          x[p] = groups.value[cell * 16 + r % 16];
      }
      QCOMPARE(x, r < 21 ? row(list, r) : std::vector<float>(pixels, 0.0f));
    }
  }

  /// Each spike is the documented draw, in training and in evaluation, whatever the neighbours are.
  void poisson_spikes_are_the_documented_draws() {
    const SpikingSettings s = settings(Encoder::poisson, 11);
    const ImageEncoder encoder(s, 5, "spiking", *kernels().dense);
    const EventList images = lists(2);
    ImageEncoder::Scratch scratch;
    scratch.reserve(pixels, s.steps);
    EventList out;
    out.reserve(22, pixels, true);
    for (const bool training : {false, true}) {
      const DrawKey keys[2] = {{17, 3, training}, {400, 3, training}};
      encoder.encode(images, keys, out, scratch);
      QCOMPARE(out.rows(), std::size_t{22});
      const RandomStream stream(
          5, std::string(training ? streams::training_poisson : streams::evaluation_poisson) + ".spiking");
      for (std::size_t i = 0; i < 2; ++i) {
        const auto x = row(images, i);
        for (std::uint32_t t = 0; t < 11; ++t) {
          const auto spikes = row(out, 11 * i + t);
          for (std::uint32_t p = 0; p < pixels; ++p) {
            const auto word = stream.block(p, keys[i].file_index, training ? 3 : 0, t / 4)[t % 4];
            QCOMPARE(spikes[p] != 0, to_unit(word) < 0.8f * x[p]);
          }
        }
      }
    }
  }

  void poisson_keeps_its_rate() {
    SpikingSettings s = settings(Encoder::poisson, 400);
    s.max_rate = 0.5;
    const ImageEncoder encoder(s, 6, "spiking", *kernels().dense);
    ImageEncoder::Scratch scratch;
    scratch.reserve(pixels, s.steps);
    EventList out;
    out.reserve(400, pixels, true);
    const EventList images = lists(1);
    const DrawKey key = {1, 0, true};
    encoder.encode(images, &key, out, scratch);
    double expected = 0, spikes = 0;
    for (const float x : row(images, 0))
      expected += 400 * 0.5 * static_cast<double>(x);
    for (std::size_t t = 0; t < 400; ++t)
      for (const float x : row(out, t))
        spikes += static_cast<double>(x);
    QVERIFY(std::abs(spikes - expected) < 5 * std::sqrt(expected));
  }

  void latency_fires_once_and_brighter_first() {
    const SpikingSettings s = settings(Encoder::latency, 9);
    const ImageEncoder encoder(s, 5, "spiking", *kernels().dense);
    const EventList images = lists(1);
    ImageEncoder::Scratch scratch;
    scratch.reserve(pixels, s.steps);
    EventList out;
    out.reserve(9, pixels, true);
    const DrawKey key = {};
    encoder.encode(images, &key, out, scratch);
    const auto x = row(images, 0);
    for (std::size_t p = 0; p < pixels; ++p)
      for (std::size_t t = 0; t < 9; ++t) {
        const bool expected =
            x[p] > 0.05f && t == static_cast<std::size_t>(std::nearbyint((1.0f - x[p]) * 8.0f));
        QCOMPARE(row(out, t)[p] != 0, expected);
      }
  }
};

QTEST_APPLESS_MAIN(TestEncoder)
#include "test_encoder.moc"
