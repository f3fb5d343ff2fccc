// Known answers of the generator, and what the streams promise.
#include "engine/base/random.h"
#include <QTest>
#include <Random123/philox.h>
#include <cmath>

using namespace duet;

class TestRandom : public QObject {
  Q_OBJECT

private Q_SLOTS:
  /// Known answers of philox4x32-10 from Random123's kat_vectors.
  void known_answers() {
    const auto zero = r123::Philox4x32()({{0, 0, 0, 0}}, {{0, 0}});
    QCOMPARE(zero[0], 0x6627e8d5u);
    const auto pi =
        r123::Philox4x32()({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, {{0xa4093822, 0x299f31d0}});
    QCOMPARE(pi[0], 0xd16cfe09u);
    QCOMPARE(pi[1], 0x94fdccebu);
    QCOMPARE(pi[2], 0x5001e420u);
    QCOMPARE(pi[3], 0x24126ea1u);
    const RandomStream stream(1, "a");
    const auto key = stream.key();
    const auto direct = r123::Philox4x32()({{1, 2, 3, 4}}, {{key[0], key[1]}});
    for (std::size_t i = 0; i < 4; ++i)
      QCOMPARE(stream.block(1, 2, 3, 4)[i], direct[i]);
  }

  void seeds_and_names_make_different_streams() {
    const auto first = RandomStream(1, "a").block(0);
    QVERIFY(RandomStream(2, "a").block(0) != first);
    QVERIFY(RandomStream(1, "b").block(0) != first);
    QVERIFY(RandomStream(1, "a").block(1) != first);
    QCOMPARE(RandomStream(1, "a").block(0), first);
  }

  void uniform_and_normal_have_their_moments() {
    const RandomStream stream(1, "moments");
    constexpr std::uint32_t n = 100000;
    double sum = 0, squares = 0, normal = 0, normal_squares = 0, fourth = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const float u = stream.uniform(i);
      QVERIFY(u >= 0.0f && u < 1.0f);
      sum += static_cast<double>(u);
      squares += static_cast<double>(u) * static_cast<double>(u);
      const double z = stream.normal(i, 1);
      normal += z, normal_squares += z * z, fourth += z * z * z * z;
    }
    QVERIFY(std::abs(sum / n - 0.5) < 0.005);
    QVERIFY(std::abs(squares / n - 1.0 / 3) < 0.005);
    QVERIFY(std::abs(normal / n) < 0.015);
    QVERIFY(std::abs(normal_squares / n - 1) < 0.025);
    QVERIFY(std::abs(fourth / n - 3) < 0.2);
  }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "test_random.moc"
