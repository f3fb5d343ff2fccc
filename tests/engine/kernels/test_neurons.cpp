// Neurons over time, of every instruction set, against a plain twin in double: dynamics, recordings,
// gradients.
#include "engine/base/random.h"
#include "engine/kernels/aligned.h"
#include "engine/kernels/loader.h"
#include "engine/spiking/neuron.h"
#include <QTest>
#include <cmath>

using namespace duet;

namespace {

constexpr int n = 80; // not a multiple of four vectors
constexpr std::size_t count = n;

/// What engine/MODEL.md 1.1 says, one neuron at a time.
struct Twin {
  SpikingSettings s;
  std::vector<double> out, before, after, slope, carry; ///< [step]
  double closest = 1e9;                                 ///< distance of a membrane to its threshold

  double surrogate(double d) const {
    const double k = s.neuron.slope;
    switch (s.neuron.surrogate) {
    case Surrogate::fast_sigmoid:
      return 1 / std::pow(1 + k * std::abs(d), 2);
    case Surrogate::atan:
      return k / 2 / (1 + std::pow(M_PI * k * d / 2, 2));
    case Surrogate::sigmoid: {
      const double p = 1 / (1 + std::exp(-k * d));
      return k * p * (1 - p);
    }
    case Surrogate::triangular:
      return std::max(0.0, 1 - k * std::abs(d));
    case Surrogate::straight_through:
      break;
    }
    return 1;
  }

  void run(const std::vector<double> &u, double v0) {
    const NeuronSettings &p = s.neuron;
    out.clear(), before.clear(), after.clear(), slope.clear(), carry.clear();
    if (p.kind == NeuronKind::rate)
      return run_rate(u, v0);
    const bool leaky = p.kind == NeuronKind::lif;
    const double a = leaky ? std::exp(-s.dt_ms / p.tau_ms) : 1, g = leaky ? p.resistance * (1 - a) : 1;
    double v = leaky ? p.v_rest : p.v_reset;
    int quiet = 0;
    for (const double in : u) {
      if (quiet > 0) {
        --quiet;
        v = p.v_reset;
        before.push_back(v), after.push_back(v), out.push_back(0), slope.push_back(0), carry.push_back(0);
        continue;
      }
      v = leaky ? p.v_rest + a * (v - p.v_rest) + g * in : v + in;
      before.push_back(v);
      const bool fires = v >= p.threshold;
      closest = std::min(closest, std::abs(v - p.threshold));
      slope.push_back(surrogate(v - p.threshold));
      carry.push_back(p.reset == Reset::zero && fires ? 0 : 1);
      out.push_back(fires);
      if (fires) {
        v = p.reset == Reset::zero ? p.v_reset : v - (p.threshold - p.v_reset);
        quiet = static_cast<int>(std::ceil(p.refractory_ms / s.dt_ms));
      }
      after.push_back(v);
    }
  }
  void run_rate(const std::vector<double> &u, double v0) {
    const double dt = s.dt_ms / 1000;
    double v = v0;
    for (const double in : u) {
      const double q = std::max(0.0, in) * dt;
      before.push_back(v + q);
      const double spikes = std::floor(v + q);
      closest = std::min(closest, std::abs(v + q - std::round(v + q)));
      v = v + q - spikes;
      after.push_back(v);
      out.push_back(spikes / dt);
      slope.push_back(in > 0);
      carry.push_back(0);
    }
  }
  /// dL/du for dL/d out[t], dL/d mean.
  std::vector<double> backward(const std::vector<double> &d_out, double d_mean) const {
    const double a = s.neuron.kind == NeuronKind::lif ? std::exp(-s.dt_ms / s.neuron.tau_ms) : 1;
    const double g = s.neuron.kind == NeuronKind::lif ? s.neuron.resistance * (1 - a) : 1;
    std::vector<double> d_u(out.size());
    double later = 0;
    for (std::size_t t = out.size(); t-- > 0;) {
      later = (d_out[t] + d_mean / static_cast<double>(out.size())) * slope[t] + carry[t] * a * later;
      d_u[t] = g * later;
    }
    return d_u;
  }
};

Aligned<float> draw(std::size_t size, std::uint32_t stream, float low, float high) {
  const RandomStream random(3, "test.neurons");
  Aligned<float> x(size);
  for (std::size_t i = 0; i < size; ++i)
    x[i] = low + (high - low) * random.uniform(static_cast<std::uint32_t>(i), stream);
  return x;
}

bool near(float a, double b) { return std::abs(static_cast<double>(a) - b) <= 2e-4 * (1 + std::abs(b)); }

SpikingSettings settings_of(NeuronKind kind, Reset reset, double refractory, Surrogate surrogate) {
  SpikingSettings s;
  s.steps = 13;
  s.neuron.kind = kind;
  s.dt_ms = kind == NeuronKind::rate ? 10 : 1;
  s.neuron.reset = reset;
  s.neuron.refractory_ms = refractory;
  s.neuron.surrogate = surrogate;
  s.neuron.slope = surrogate == Surrogate::atan ? 2 : surrogate == Surrogate::triangular ? 1 : 25;
  s.neuron.v_rest = 0.05, s.neuron.v_reset = -0.1, s.neuron.tau_ms = 7, s.neuron.resistance = 8;
  return s;
}

} // namespace

Q_DECLARE_METATYPE(duet::SpikingSettings)

class TestNeurons : public QObject {
  Q_OBJECT

  static const DenseKernels &current() {
    QFETCH_GLOBAL(QString, isa);
    return *kernels_for(isa.toStdString()).dense;
  }
  static std::pair<float, float> range(const SpikingSettings &s) {
    return s.neuron.kind == NeuronKind::rate ? std::pair(-20.0f, 150.0f) : std::pair(-0.3f, 1.1f);
  }

private Q_SLOTS:
  void initTestCase_data() {
    QTest::addColumn<QString>("isa");
    for (const std::string &isa : runnable_isas())
      QTest::newRow(isa.c_str()) << QString::fromStdString(isa);
  }

  void dynamics_data() {
    QTest::addColumn<SpikingSettings>("settings");
    const char *surrogates[] = {"fast_sigmoid", "atan", "sigmoid", "triangular", "straight_through"};
    for (const auto &[kind, name] :
         {std::pair(NeuronKind::lif, "lif"), {NeuronKind::integrate_and_fire, "if"}})
      for (const Reset reset : {Reset::subtract, Reset::zero})
        for (const double refractory : {0.0, 1.0, 2.5})
          for (int surrogate = 0; surrogate < 5; ++surrogate)
            QTest::addRow("%s %s refractory %g %s", name, reset == Reset::zero ? "zero" : "subtract",
                          refractory, surrogates[surrogate])
                << settings_of(kind, reset, refractory, static_cast<Surrogate>(surrogate));
    QTest::newRow("rate") << settings_of(NeuronKind::rate, Reset::subtract, 0, Surrogate::fast_sigmoid);
  }

  /// Input of its own at every step, and back through time.
  void dynamics() {
    QFETCH(SpikingSettings, settings);
    const NeuronConstants c = neuron_constants(settings);
    const std::size_t all = count * static_cast<std::size_t>(settings.steps);
    const auto [low, high] = range(settings);
    const auto u = draw(all, 1, low, high), v0 = draw(count, 2, 0, 1), d_out = draw(all, 3, -1, 1),
               d_mean = draw(count, 4, -1, 1);
    Aligned<float> out(all), mean(count), slope(all), carry(all), spikes(all), membrane(all), d_u(all),
        d_total(count), after(all), so_far(all);
    const NeuronRecord record = {spikes.data(), membrane.data(), after.data(), so_far.data()};
    current().neurons_steps(&c, n, u.data(), n, v0.data(), out.data(), mean.data(), slope.data(),
                            carry.data(), &record);
    current().neurons_backward(&c, n, d_out.data(), d_mean.data(), slope.data(), carry.data(), d_u.data(), n);
    current().neurons_backward(&c, n, d_out.data(), d_mean.data(), slope.data(), carry.data(), d_total.data(),
                               0);
    int compared = 0;
    for (std::size_t i = 0; i < count; ++i) {
      Twin twin{settings, {}, {}, {}, {}, {}};
      std::vector<double> input, cotangent;
      for (std::size_t t = 0; t < all; t += count) {
        input.push_back(static_cast<double>(u[t + i]));
        cotangent.push_back(static_cast<double>(d_out[t + i]));
      }
      twin.run(input, static_cast<double>(v0[i]));
      if (twin.closest < 1e-4)
        continue; // float and double may differ here
      ++compared;
      const auto expected = twin.backward(cotangent, static_cast<double>(d_mean[i]));
      double total = 0, sum = 0;
      for (std::size_t t = 0; t < expected.size(); ++t) {
        const std::size_t at = t * count + i;
        QVERIFY(near(out[at], twin.out[t]));
        QVERIFY(near(membrane[at], twin.before[t]));
        QVERIFY(near(after[at], twin.after[t]));
        QVERIFY(
            near(spikes[at], settings.neuron.kind == NeuronKind::rate ? twin.out[t] * 0.01 : twin.out[t]));
        QVERIFY(near(slope[at], twin.slope[t]));
        QVERIFY(near(d_u[at], expected[t]));
        total += twin.out[t];
        sum += expected[t];
        QVERIFY(near(so_far[at], total / static_cast<double>(t + 1)));
      }
      QVERIFY(near(mean[i], total / settings.steps));
      QVERIFY(near(d_total[i], sum));
    }
    QVERIFY2(compared > n / 2, "most neurons stay clear of their threshold");
  }

  /// The same input at every step: the fast path equals the twin, and the stepped path to the bit.
  void constant_input_data() { dynamics_data(); }
  void constant_input() {
    QFETCH(SpikingSettings, settings);
    const NeuronConstants c = neuron_constants(settings);
    const std::size_t all = count * static_cast<std::size_t>(settings.steps);
    const auto [low, high] = range(settings);
    const auto u = draw(count, 1, low, high), v0 = draw(count, 2, 0, 1);
    const Aligned<float> one(count, 1.0f);
    Aligned<float> mean(count), unrecorded(count), untrained(count), sensitivity(count), same(count),
        out(all), stepped(count), slope(all), carry(all), spikes(all), membrane(all), after(all), so_far(all),
        spikes2(all), membrane2(all), after2(all), so_far2(all), d_u(count);
    const NeuronRecord record = {spikes.data(), membrane.data(), after.data(), so_far.data()},
                       record2 = {spikes2.data(), membrane2.data(), after2.data(), so_far2.data()};
    current().neurons_constant(&c, n, u.data(), v0.data(), mean.data(), sensitivity.data(), &record);
    current().neurons_constant(&c, n, u.data(), v0.data(), unrecorded.data(), same.data(), nullptr);
    current().neurons_constant(&c, n, u.data(), v0.data(), untrained.data(), nullptr, nullptr);
    QVERIFY2(unrecorded == mean && untrained == mean && same == sensitivity,
             "recording and training change nothing");
    current().neurons_steps(&c, n, u.data(), 0, v0.data(), out.data(), stepped.data(), slope.data(),
                            carry.data(), &record2);
    QVERIFY2(spikes == spikes2 && membrane == membrane2 && after == after2,
             "both paths record the same bits");
    current().neurons_backward(&c, n, nullptr, one.data(), slope.data(), carry.data(), d_u.data(), 0);
    int compared = 0;
    for (std::size_t i = 0; i < count; ++i) {
      QVERIFY(near(stepped[i], static_cast<double>(mean[i])));
      QVERIFY(near(sensitivity[i], static_cast<double>(d_u[i])));
      Twin twin{settings, {}, {}, {}, {}, {}};
      twin.run(std::vector<double>(static_cast<std::size_t>(settings.steps), static_cast<double>(u[i])),
               static_cast<double>(v0[i]));
      if (twin.closest < 1e-4)
        continue;
      ++compared;
      double total = 0;
      for (const double s : twin.out)
        total += s;
      QVERIFY(near(mean[i], total / settings.steps));
      for (std::size_t t = 0; t < twin.before.size(); ++t)
        QVERIFY(near(membrane[t * count + i], twin.before[t]));
      if (settings.neuron.kind == NeuronKind::rate)
        QCOMPARE(static_cast<double>(mean[i]),
                 static_cast<double>(static_cast<float>(std::floor(
                                         static_cast<double>(v0[i]) +
                                         settings.steps * std::max(0.0, static_cast<double>(u[i])) * 0.01)) *
                                     (1.0f / (13 * 0.01f))));
    }
    QVERIFY(compared > n / 2);
  }

  /// The mean recorded at a step has the bits of a run that ends with that step.
  void the_mean_so_far_is_that_of_a_shorter_run_data() { dynamics_data(); }
  void the_mean_so_far_is_that_of_a_shorter_run() {
    QFETCH(SpikingSettings, settings);
    const std::size_t all = count * static_cast<std::size_t>(settings.steps);
    const auto [low, high] = range(settings);
    const auto u = draw(all, 1, low, high), v0 = draw(count, 2, 0, 1);
    Aligned<float> out(all), mean(count), stepped(all), constant(all);
    NeuronRecord record{};
    const NeuronConstants c = neuron_constants(settings);
    record.mean = stepped.data();
    current().neurons_steps(&c, n, u.data(), n, v0.data(), out.data(), mean.data(), nullptr, nullptr,
                            &record);
    record.mean = constant.data();
    current().neurons_constant(&c, n, u.data(), v0.data(), mean.data(), nullptr, &record);
    for (int steps = 1; steps <= c.steps; ++steps) {
      NeuronConstants shorter = c;
      shorter.steps = steps;
      const std::size_t at = static_cast<std::size_t>(steps - 1) * count;
      current().neurons_steps(&shorter, n, u.data(), n, v0.data(), out.data(), mean.data(), nullptr, nullptr,
                              nullptr);
      QVERIFY(std::equal(mean.begin(), mean.end(), stepped.begin() + static_cast<std::ptrdiff_t>(at)));
      current().neurons_constant(&shorter, n, u.data(), v0.data(), mean.data(), nullptr, nullptr);
      QVERIFY(std::equal(mean.begin(), mean.end(), constant.begin() + static_cast<std::ptrdiff_t>(at)));
    }
  }

  void enormous_rates_stay_rates() {
    SpikingSettings s = settings_of(NeuronKind::rate, Reset::subtract, 0, Surrogate::fast_sigmoid);
    const NeuronConstants c = neuron_constants(s);
    Aligned<float> u(count, 1e12f), v0(count, 0.5f), mean(count);
    u[1] = 3e8f, u[2] = 1e30f;
    current().neurons_constant(&c, n, u.data(), v0.data(), mean.data(), nullptr, nullptr);
    for (std::size_t i = 0; i < 3; ++i)
      QVERIFY(std::abs(mean[i] / u[i] - 1) < 1e-5f);
  }

  void refractory_steps_round_up() {
    for (const auto &[ms, steps] : {std::pair(0.0, 0), {0.1, 1}, {1.0, 1}, {1.1, 2}, {3.0, 3}}) {
      SpikingSettings s;
      s.neuron.refractory_ms = ms;
      QCOMPARE(neuron_constants(s).refractory_steps, steps);
    }
  }
};

QTEST_APPLESS_MAIN(TestNeurons)
#include "test_neurons.moc"
