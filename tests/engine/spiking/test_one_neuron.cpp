// One neuron through the kernel that trains: what the small drawings of the window show.
#include "engine/spiking/neuron_kinds.h"
#include "engine/spiking/one_neuron.h"
#include <QTest>
#include <cmath>
#include <numeric>

using namespace duet;

namespace {

SpikingSettings of(NeuronKind kind) {
  SpikingSettings settings;
  settings.neuron.kind = kind;
  settings.dt_ms = facts(kind).default_dt_ms;
  return settings;
}

int fired(const NeuronAnswer &answer) {
  return std::accumulate(answer.spikes.begin(), answer.spikes.end(), 0);
}

} // namespace

class TestOneNeuron : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void a_leaky_neuron_answers_as_its_equation_says() {
    SpikingSettings settings = of(NeuronKind::lif); // tau 10, dt 1, threshold 1, resistance 10, subtract
    settings.neuron.v_rest = -0.2;
    const double u = 0.3, a = std::exp(-0.1), g = 10 * (1 - a);
    const NeuronAnswer answer = answer_to(settings, u, 40);
    double v = -0.2;
    QVERIFY(std::abs(answer.start - v) < 1e-6);
    int spikes = 0;
    for (std::size_t t = 0; t < 40; ++t) {
      v = -0.2 + a * (v + 0.2) + g * u;
      QVERIFY(std::abs(answer.membrane[t] - v) < 1e-5);
      const bool spike = v >= 1;
      QCOMPARE(answer.spikes[t], spike ? 1 : 0);
      if (spike)
        v -= 1;
      spikes += spike;
      QVERIFY(std::abs(answer.after[t] - v) < 1e-5);
    }
    QVERIFY(spikes > 2);
  }
  void a_reset_to_zero_and_its_silence_are_seen() {
    SpikingSettings settings = of(NeuronKind::integrate_and_fire);
    settings.neuron.reset = Reset::zero;
    settings.neuron.v_reset = -0.25;
    settings.neuron.refractory_ms = 2;
    const NeuronAnswer answer = answer_to(settings, 0.75, 8); // -0.25, 0.5, 1.25: a spike at step 1
    QCOMPARE(answer.membrane[1], 1.25);
    QCOMPARE(answer.spikes, (std::vector<int>{0, 1, 0, 0, 0, 1, 0, 0}));
    for (const std::size_t t : {1, 2, 3, 5, 6, 7})
      QCOMPARE(answer.after[t], -0.25);
  }
  void a_counting_neuron_keeps_what_is_left() {
    const NeuronAnswer answer = answer_to(of(NeuronKind::rate), 250, 4); // q = 2.5
    QCOMPARE(answer.start, 0.0);
    QCOMPARE(answer.spikes, (std::vector<int>{2, 3, 2, 3}));
    QVERIFY(std::abs(answer.membrane[1] - 3) < 1e-4 && std::abs(answer.after[0] - 0.5) < 1e-4);
  }
  void an_input_of_its_own_at_every_step() {
    const std::vector<float> input = {0.5F, 0.25F, 0.5F, 0.0F};
    const NeuronAnswer answer = answer_to(of(NeuronKind::integrate_and_fire), input);
    QCOMPARE(answer.membrane, (std::vector<double>{0.5, 0.75, 1.25, 0.25}));
    QCOMPARE(answer.spikes, (std::vector<int>{0, 0, 1, 0}));
  }
  void it_fires_exactly_at_its_threshold() {
    const std::vector<float> input = {0.5F, 0.5F, 0.25F, 0.75F};
    const NeuronAnswer answer = answer_to(of(NeuronKind::integrate_and_fire), input);
    QCOMPARE(answer.membrane, (std::vector<double>{0.5, 1, 0.25, 1}));
    QCOMPARE(answer.spikes, (std::vector<int>{0, 1, 0, 1}));
  }
  void every_kind_finds_a_current_that_makes_it_tell() {
    for (int kind = 0; kind < neuron_kind_count; ++kind)
      for (const double threshold : {0.05, 1.0, 30.0}) {
        SpikingSettings settings = of(static_cast<NeuronKind>(kind));
        settings.neuron.threshold = threshold;
        const double input = input_for_spikes(settings, 5, 36);
        const int spikes = fired(answer_to(settings, input, 36));
        QVERIFY2(spikes >= 5 && spikes <= 6, facts(settings.neuron.kind).name);
        QVERIFY(fired(answer_to(settings, input * 0.97, 36)) < 5);
      }
    SpikingSettings tired = of(NeuronKind::lif);
    tired.neuron.refractory_ms = 30; // twice in 36 steps, whatever the current
    QCOMPARE(fired(answer_to(tired, input_for_spikes(tired, 5, 36), 36)), 2);
  }
  void surrogates_are_those_of_the_training() {
    NeuronSettings neuron;
    const auto at = [&](float d) { return spike_derivative(neuron, std::vector<float>{d}).front(); };
    QCOMPARE(at(0), 1.0);
    QVERIFY(std::abs(at(0.04F) - 0.25) < 1e-6);
    neuron.surrogate = Surrogate::atan;
    neuron.slope = 2;
    QCOMPARE(at(0), 1.0);
    neuron.surrogate = Surrogate::sigmoid;
    neuron.slope = 25;
    QVERIFY(std::abs(at(0) - 6.25) < 1e-5);
    neuron.surrogate = Surrogate::triangular;
    neuron.slope = 1;
    QCOMPARE(at(0.25F), 0.75);
    neuron.threshold = 12; // the distance counts, not the place
    neuron.refractory_ms = 5;
    QCOMPARE(at(-0.25F), 0.75);
    neuron.kind = NeuronKind::rate;
    QCOMPARE(at(-0.1F), 0.0);
    QCOMPARE(at(0.1F), 1.0);
  }
  void it_spikes_from_its_threshold_or_one_whole_spike_on() {
    NeuronSettings neuron;
    neuron.threshold = 0.4;
    QCOMPARE(crossing(neuron), 0.4);
    neuron.kind = NeuronKind::rate;
    QCOMPARE(crossing(neuron), 1.0);
  }
};

QTEST_APPLESS_MAIN(TestOneNeuron)
#include "test_one_neuron.moc"
