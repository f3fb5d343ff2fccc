// The dense kernels of every instruction set this machine runs, against plain loops in double.
#include "engine/base/random.h"
#include "engine/kernels/aligned.h"
#include "engine/kernels/loader.h"
#include <QTest>
#include <cmath>
#include <functional>

using namespace duet;

namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

/// Numbers in (-1, 1); every element with hash % sparsity != 0 is 0.
Aligned<float> numbers(std::size_t n, std::uint32_t stream, std::uint32_t sparsity = 1) {
  const RandomStream random(7, "test.dense");
  Aligned<float> x(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto words = random.block(static_cast<std::uint32_t>(i), stream);
    x[i] = words[1] % sparsity == 0 ? 2.0f * to_unit(words[0]) - 1.0f : 0.0f;
  }
  return x;
}

/// Rows of x as lists and as groups.
struct Events {
  std::vector<std::uint32_t> start{0};
  std::vector<std::uint16_t> index;
  std::vector<float> value;
  std::vector<std::uint16_t> mask;
  std::vector<float> grouped;
  Events(const Aligned<float> &x, int rows, int inputs) {
    const int groups = (rows + 15) / 16;
    mask.assign(size(groups * inputs), 0);
    grouped.assign(mask.size() * 16, 99.0f); // what no bit names is never read
    for (int r = 0; r < rows; ++r) {
      for (int k = 0; k < inputs; ++k)
        if (const float v = x[size(r * inputs + k)]; v != 0) {
          index.push_back(static_cast<std::uint16_t>(k));
          value.push_back(v);
          const std::size_t cell = size(r / 16 * inputs + k);
          mask[cell] = static_cast<std::uint16_t>(mask[cell] | 1u << r % 16);
          grouped[cell * 16 + size(r % 16)] = v;
        }
      start.push_back(static_cast<std::uint32_t>(index.size()));
    }
  }
};

bool near(float a, double b, double scale) { return std::abs(static_cast<double>(a) - b) <= 2e-6 * scale; }

} // namespace

class TestDense : public QObject {
  Q_OBJECT

  static const DenseKernels &current() {
    QFETCH_GLOBAL(QString, isa);
    return *kernels_for(isa.toStdString()).dense;
  }

private Q_SLOTS:
  void initTestCase_data() {
    QTest::addColumn<QString>("isa");
    for (const std::string &isa : runnable_isas())
      QTest::newRow(isa.c_str()) << QString::fromStdString(isa);
  }

  void linear_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("inputs");
    QTest::addColumn<int>("outs");
    for (const auto &[rows, inputs, outs] :
         {std::array{1, 1, 16}, {16, 784, 128}, {7, 33, 48}, {13, 128, 16}, {37, 10, 272}})
      QTest::addRow("%dx%dx%d", rows, inputs, outs) << rows << inputs << outs;
  }
  void linear() {
    QFETCH(int, rows);
    QFETCH(int, inputs);
    QFETCH(int, outs);
    const DenseKernels &k = current();
    const auto x = numbers(size(rows * inputs), 1, 3), w = numbers(size(inputs * outs), 2),
               b = numbers(size(outs), 3);
    Aligned<float> y(size(rows * outs)), alone(size(outs)), listed(size(rows * outs)),
        ones(size(rows * outs));
    k.linear(rows, inputs, outs, x.data(), inputs, w.data(), b.data(), y.data(), outs);
    for (int r = 0; r < rows; ++r)
      for (int o = 0; o < outs; ++o) {
        double sum = static_cast<double>(b[size(o)]);
        for (int i = 0; i < inputs; ++i)
          sum += static_cast<double>(x[size(r * inputs + i)]) * static_cast<double>(w[size(i * outs + o)]);
        QVERIFY(near(y[size(r * outs + o)], sum, 1 + std::sqrt(inputs)));
      }
    const Events events(x, rows, inputs);
    const EventRows lists = {events.start.data(), events.index.data(), events.value.data()};
    k.linear_events(rows, inputs, outs, &lists, w.data(), b.data(), listed.data(), outs);
    QVERIFY2(listed == y, "lists and whole rows give the same bits");
    for (int r = 0; r < rows; ++r) {
      k.linear(1, inputs, outs, x.data() + r * inputs, inputs, w.data(), b.data(), alone.data(), outs);
      QVERIFY2(std::equal(alone.begin(), alone.end(), y.begin() + r * outs),
               "a row alone equals itself in a batch");
      const EventRows one = {events.start.data() + r, events.index.data(), events.value.data()};
      k.linear_events(1, inputs, outs, &one, w.data(), b.data(), alone.data(), outs);
      QVERIFY2(std::equal(alone.begin(), alone.end(), y.begin() + r * outs), "so does a list alone");
    }
    const std::vector<float> units(events.value.size(), 1.0f);
    const EventRows valued = {events.start.data(), events.index.data(), units.data()};
    const EventRows binary = {events.start.data(), events.index.data(), nullptr};
    k.linear_events(rows, inputs, outs, &valued, w.data(), nullptr, y.data(), outs);
    k.linear_events(rows, inputs, outs, &binary, w.data(), nullptr, ones.data(), outs);
    QVERIFY2(ones == y, "lists without values mean 1");
  }

  void gradient_data() { linear_data(); }
  void gradient() {
    QFETCH(int, rows);
    QFETCH(int, inputs);
    QFETCH(int, outs);
    const DenseKernels &k = current();
    const auto x = numbers(size(rows * inputs), 4, 3), delta = numbers(size((rows + 15) / 16 * 16 * outs), 5);
    Aligned<float> g(size(inputs * outs)), tiled(g.size()), listed(g.size()), bias(size(outs));
    k.gradient(rows, 0, inputs, outs, x.data(), inputs, delta.data(), outs, g.data());
    for (int i = 0; i < inputs; ++i)
      for (int o = 0; o < outs; ++o) {
        double sum = 0;
        for (int r = 0; r < rows; ++r)
          sum +=
              static_cast<double>(x[size(r * inputs + i)]) * static_cast<double>(delta[size(r * outs + o)]);
        QVERIFY(near(g[size(i * outs + o)], sum, 1 + std::sqrt(rows)));
      }
    const Events events(x, rows, inputs);
    const EventGroups groups = {events.mask.data(), events.grouped.data(), inputs, (rows + 15) / 16};
    for (int first = 0; first < inputs; first += 5) {
      const int count = std::min(5, inputs - first);
      k.gradient(rows, first, count, outs, x.data(), inputs, delta.data(), outs, tiled.data() + first * outs);
      k.gradient_events(&groups, first, count, outs, delta.data(), outs, listed.data() + first * outs);
    }
    QVERIFY2(tiled == g, "tiles of any size give the same bits");
    QVERIFY2(listed == g, "groups give the same bits as whole rows");
    k.sum_rows(rows, outs, delta.data(), outs, bias.data());
    for (int o = 0; o < outs; ++o) {
      double sum = 0;
      for (int r = 0; r < rows; ++r)
        sum += static_cast<double>(delta[size(r * outs + o)]);
      QVERIFY(near(bias[size(o)], sum, 1 + std::sqrt(rows)));
    }
  }

  void hyperbolic_tangent() {
    const int n = 16384;
    Aligned<float> x(size(n)), y(size(n));
    for (int i = 0; i < n; ++i)
      x[size(i)] = std::ldexp(
          static_cast<float>(i % 2 ? -1 : 1) * (1.0f + static_cast<float>(i % 997) / 997.0f), i % 32 - 24);
    x[0] = 0, x[1] = 100, x[2] = -1e30f, x[3] = std::nanf("");
    current().tanh(n, x.data(), y.data());
    QCOMPARE(y[0], 0.0f);
    QCOMPARE(y[1], 1.0f);
    QCOMPARE(y[2], -1.0f);
    QVERIFY(std::isnan(y[3]));
    for (int i = 4; i < n; ++i) {
      const double exact = std::tanh(static_cast<double>(x[size(i)]));
      const double unit = std::ldexp(1.0, std::ilogb(exact) - 23);
      QVERIFY2(std::abs(static_cast<double>(y[size(i)]) - exact) <= 2 * unit,
               qPrintable(QString::number(static_cast<double>(x[size(i)]))));
    }
  }

  void softmax_cross_entropy() {
    for (std::uint32_t trial = 0; trial < 200; ++trial) {
      auto x = numbers(16, 100 + trial);
      for (float &v : x)
        v *= trial % 3 == 0 ? 50.0f : 3.0f;
      const int label = static_cast<int>(trial % 10);
      Aligned<float> d(16, 5.0f);
      const double loss = current().cross_entropy(x.data(), label, d.data());
      double sum = 0;
      for (std::size_t c = 0; c < 10; ++c)
        sum += std::exp(static_cast<double>(x[c] - x[size(label)]));
      QVERIFY(std::abs(loss - std::log(sum)) <= 2e-6 * (1 + std::log(sum)));
      for (std::size_t c = 0; c < 10; ++c) {
        const double p = std::exp(static_cast<double>(x[c] - x[size(label)])) / sum;
        QVERIFY(std::abs(static_cast<double>(d[c]) - p + (c == size(label) ? 1 : 0)) < 1e-6);
      }
      for (std::size_t c = 10; c < 16; ++c)
        QCOMPARE(d[c], 0.0f);
      QCOMPARE(current().cross_entropy(x.data(), label, nullptr), loss);
    }
    for (const float bad : {std::nanf(""), INFINITY, -INFINITY}) {
      auto x = numbers(16, 3);
      x[4] = bad;
      QVERIFY(!std::isfinite(current().cross_entropy(x.data(), 2, nullptr)));
    }
  }

  void philox_equals_the_stream() {
    const RandomStream stream(11, "test.philox");
    std::vector<std::uint32_t> a(48), words(4 * a.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      a[i] = static_cast<std::uint32_t>(i * i * 77777777u);
    current().philox(stream.key()[0], stream.key()[1], static_cast<int>(a.size()), a.data(), 5, 0xffffffffu,
                     9, words.data());
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t j = 0; j < 4; ++j)
        QCOMPARE(words[4 * i + j], stream.block(a[i], 5, 0xffffffffu, 9)[j]);
  }

  /// PyTorch's formulas in double, a weight at a time.
  void optimizers_data() {
    QTest::addColumn<Optimizer>("kind");
    for (const auto &[name, kind] : {std::pair("sgd", Optimizer::sgd),
                                     {"adam", Optimizer::adam},
                                     {"adamw", Optimizer::adamw},
                                     {"rmsprop", Optimizer::rmsprop}})
      QTest::newRow(name) << kind;
  }
  void optimizers() {
    QFETCH(Optimizer, kind);
    const bool adam = kind == Optimizer::adam || kind == Optimizer::adamw, adamw = kind == Optimizer::adamw;
    const int n = 64;
    const double rate = 0.01, momentum = 0.9, decay = 0.1, beta1 = 0.9,
                 beta2 = kind == Optimizer::rmsprop ? 0.99 : 0.999, scale = 0.5;
    Aligned<float> w = numbers(64, 20), m(64, 0.0f), v(64, 0.0f);
    std::vector<double> w2(w.begin(), w.end()), m2(64, 0.0), v2(64, 0.0);
    for (int t = 1; t <= 20; ++t) {
      const auto g = numbers(64, 30 + static_cast<std::uint32_t>(t), 4);
      OptimizerConstants c{};
      c.kind = kind;
      const double bias1 = 1 - std::pow(beta1, t), bias2 = 1 - std::pow(beta2, t);
      c.rate = static_cast<float>(adam ? rate / bias1 : rate);
      c.momentum = static_cast<float>(momentum);
      c.decay = static_cast<float>(adamw ? 1 - rate * decay : 1.0);
      c.beta1 = static_cast<float>(beta1), c.beta2 = static_cast<float>(beta2);
      c.fresh1 = static_cast<float>(1 - beta1), c.fresh2 = static_cast<float>(1 - beta2);
      c.root_scale = static_cast<float>(1 / std::sqrt(bias2));
      c.epsilon = 1e-8f;
      c.gradient_scale = static_cast<float>(scale);
      QCOMPARE(current().optimize(&c, n, g.data(), w.data(), m.data(), v.data()), 0);
      for (std::size_t i = 0; i < 64; ++i) {
        const double gradient = scale * static_cast<double>(g[i]);
        if (kind == Optimizer::sgd) {
          m2[i] = momentum * m2[i] + gradient;
          w2[i] -= rate * m2[i];
          continue;
        }
        m2[i] = beta1 * m2[i] + (1 - beta1) * gradient;
        v2[i] = beta2 * v2[i] + (1 - beta2) * gradient * gradient;
        if (kind == Optimizer::rmsprop)
          w2[i] -= rate * gradient / (std::sqrt(v2[i]) + 1e-8);
        else
          w2[i] = w2[i] * (adamw ? 1 - rate * decay : 1.0) -
                  rate / bias1 * m2[i] / (std::sqrt(v2[i]) / std::sqrt(bias2) + 1e-8);
      }
    }
    for (std::size_t i = 0; i < 64; ++i)
      QVERIFY2(std::abs(static_cast<double>(w[i]) - w2[i]) < 3e-6,
               qPrintable(QString("%1 against %2").arg(static_cast<double>(w[i])).arg(w2[i])));
    Aligned<float> bad(64, 0.0f);
    bad[37] = INFINITY;
    OptimizerConstants plain{};
    plain.rate = plain.gradient_scale = plain.decay = 1;
    QCOMPARE(current().optimize(&plain, n, bad.data(), w.data(), m.data(), v.data()), 1);
  }

  void squares() {
    const auto x = numbers(100, 50);
    double sum = 0;
    for (const float v : x)
      sum += static_cast<double>(v) * static_cast<double>(v);
    QVERIFY(std::abs(current().sum_squares(100, x.data()) - sum) < 1e-12);
  }
};

QTEST_APPLESS_MAIN(TestDense)
#include "test_dense.moc"
