// Circuits on devices: density matrices against dense Kraus sums for every gate and channel, trajectories and
// shots against the exact values, folding, readout, and what the draws are keyed by.
#include "engine/circuit/gates.h"
#include "engine/simulator/density_matrix.h"
#include "engine/simulator/device_circuit.h"
#include "engine/simulator/measurement.h"
#include "tests/support/noisy_reference.h"
#include "tests/support/random_circuit.h"
#include <QTest>
#include <cmath>

using namespace duet;

class TestDeviceCircuit : public QObject {
  Q_OBJECT

  std::mt19937 random_{7};

  double uniform(double low, double high) { return low + (high - low) * (double(random_()) / 4294967296.0); }
  std::vector<double> numbers(int count) {
    std::vector<double> values(count);
    for (double &value : values)
      value = uniform(-3, 3);
    return values;
  }
  std::vector<double> unit_length(std::vector<double> values) {
    double squares = 0;
    for (const double v : values)
      squares += v * v;
    for (double &v : values)
      v /= std::sqrt(squares);
    return values;
  }
  static double distance(std::span<const double> a, std::span<const double> b) {
    double most = a.size() == b.size() ? 0 : 1e9;
    for (std::size_t k = 0; k < a.size() && k < b.size(); ++k)
      most = std::max(most, std::abs(a[k] - b[k]));
    return most;
  }
  static DeviceNoise all_kinds() {
    DeviceNoise noise;
    double strength = 0.02;
    for (const ChannelFacts &record : all_channels())
      noise.channels.push_back({record.kind, strength += 0.01});
    return noise;
  }
  static Device with(DeviceNoise noise) { return {0, std::move(noise), {}, 0}; }

  /// <Z_i> and the largest difference from the dense twin, readout included.
  double off(const Circuit &circuit, const Device &device, int scale = 1) {
    const auto features = numbers(circuit.features), weights = numbers(circuit.weights);
    auto expected =
        expectation_z(dense::diagonal(dense::noisy_state(circuit, features, weights, device.noise, scale)));
    for (double &z : expected)
      z *= 1 - 2 * readout_flip(device.noise);
    const DeviceAnswer answer = DeviceCircuit(circuit, weights, device, 1).look(features, 0);
    if (scale == 1)
      return distance(answer.noisy.expectation_z, expected);
    return distance(*answer.mitigated, expected);
  }

private Q_SLOTS:
  /// The whole matrix, entry by entry.
  void densityMatricesAreDenseOnes() {
    for (int trial = 0; trial < 12; ++trial) {
      const Circuit circuit = dense::random_circuit(random_, 1 + trial % 4, 12, 0, 0);
      DensityMatrix matrix(circuit.qubits);
      const Superoperator noise = superoperator(all_kinds());
      const auto start = unit_length(numbers(1 << circuit.qubits));
      matrix.start(start);
      for (const Operation &op : circuit.operations) {
        const LocalGate gate = local_gate(op, {}, {});
        matrix.apply(gate);
        for (const int qubit : gate.touched())
          matrix.apply(noise, qubit);
      }
      const Eigen::MatrixXcd expected = dense::noisy_state(circuit, {}, {}, all_kinds(), 1, start);
      std::complex<double> trace = 0;
      for (Eigen::Index row = 0; row < expected.rows(); ++row) {
        trace += matrix.at(row, row);
        for (Eigen::Index column = 0; column < expected.cols(); ++column)
          QVERIFY(std::abs(matrix.at(row, column) - expected(row, column)) < 1e-14);
      }
      QVERIFY(std::abs(trace - 1.0) < 1e-14);
    }
  }

  void everyGateUnderEveryChannel() {
    for (const Gate gate : dense::gates()) {
      const Circuit circuit = dense::random_circuit(random_, std::max(3, facts(gate).qubits), 6, 2, 2, &gate);
      for (const ChannelFacts &record : all_channels()) {
        const double error = off(circuit, with({{{record.kind, 0.1}}}));
        QVERIFY2(error < 1e-13, QByteArray(facts(gate).qasm3.data()) + " " + record.name.data());
      }
    }
  }

  void randomCircuitsUnderSeveralChannels() {
    for (int trial = 0; trial < 30; ++trial) {
      Device device = with(all_kinds());
      std::shuffle(device.noise.channels.begin(), device.noise.channels.end(), random_);
      QVERIFY(off(dense::random_circuit(random_, 1 + trial % 5, 15, 3, 3), device) < 1e-13);
    }
  }

  /// The last three of eight qubits are as three alone.
  void eightQubitsAreExact() {
    const Circuit small = dense::random_circuit(random_, 3, 20, 2, 2);
    Circuit wide = small;
    wide.qubits = most_density_qubits;
    for (Operation &op : wide.operations)
      for (int q = 0; q < facts(op.gate).qubits; ++q)
        op.qubits[q] += most_density_qubits - 3;
    const auto features = numbers(2), weights = numbers(2);
    const DeviceAnswer three = DeviceCircuit(small, weights, with(all_kinds()), 1).look(features, 0);
    const DeviceAnswer eight = DeviceCircuit(wide, weights, with(all_kinds()), 1).look(features, 0);
    QCOMPARE(eight.trajectories, 0);
    QCOMPARE(eight.noisy.standard_error, std::vector<double>(most_density_qubits));
    QVERIFY(distance(std::span(eight.noisy.expectation_z).last(3), three.noisy.expectation_z) < 1e-14);
    const double untouched = 1 - 2 * readout_flip(all_kinds());
    QVERIFY(distance(std::span(eight.noisy.expectation_z).first(5), std::vector<double>(5, untouched)) <
            1e-14);
  }

  /// A fold is the same unitary with more noise: without noise nothing changes, with noise each scale is the
  /// dense twin's U (U^-1 U)^k, also of gates whose inverse has no name.
  void foldsKeepTheUnitary() {
    for (const Gate gate : dense::gates()) {
      const Circuit circuit = dense::random_circuit(random_, std::max(2, facts(gate).qubits), 5, 2, 2, &gate);
      Device device = with({});
      device.mitigation = Mitigation{ZneFit::richardson, {1, 3, 7}};
      QVERIFY2(off(circuit, device, 7) < 1e-12, facts(gate).qasm3.data());
      // a scale alone: the polynomial through one point is that point
      device = with(all_kinds());
      device.mitigation = Mitigation{ZneFit::richardson, {3}};
      if (circuit.qubits <= 3)
        QVERIFY2(off(circuit, device, 3) < 1e-13, facts(gate).qasm3.data());
    }
  }

  /// n RX(pi/n) of one qubit under depolarizing: <Z> = -(1 - 4p/3)^(n s), which the exponential takes back to
  /// -1.
  void theExponentialUndoesDepolarizing() {
    Circuit circuit{1, 0, 0, {}};
    for (int k = 0; k < 6; ++k)
      circuit.operations.push_back({Gate::rx, {0}, {Angle::constant(std::acos(-1.0) / 6)}});
    Device device = with({{{ChannelKind::depolarizing, 0.02}}});
    device.mitigation = Mitigation{ZneFit::exponential, {1, 3, 5}};
    const DeviceAnswer answer = DeviceCircuit(circuit, {}, device, 1).look({}, 0);
    QVERIFY(std::abs(answer.noisy.expectation_z[0] + std::pow(1 - 4 * 0.02 / 3, 6)) < 1e-14);
    QVERIFY(std::abs((*answer.mitigated)[0] + 1) < 1e-12);
    QVERIFY(&answer.seen() == &*answer.mitigated);
  }

  void barriersAreQuietAndIdentitiesAreNot() {
    Circuit circuit{2, 0, 0, {{Gate::x, {0}}}};
    const Device device = with({{{ChannelKind::bit_flip, 0.1}}});
    const auto z = [&] { return DeviceCircuit(circuit, {}, device, 1).look({}, 0).noisy.expectation_z; };
    QVERIFY(distance(z(), std::vector{-0.8, 1.0}) < 1e-15);
    circuit.operations.push_back({Gate::barrier, {}});
    QVERIFY(distance(z(), std::vector{-0.8, 1.0}) < 1e-15);
    circuit.operations.push_back({Gate::id, {1}});
    QVERIFY(distance(z(), std::vector{-0.8, 0.8}) < 1e-15);
  }

  /// Nothing but readout error is exact at every size, and flips bits one by one.
  void readoutIsExact() {
    const Circuit circuit = dense::random_circuit(random_, 10, 30, 0, 0);
    const Device clean = with({}),
                 device = with({{{ChannelKind::readout, 0.15}, {ChannelKind::readout, 0.1}}});
    const auto z = DeviceCircuit(circuit, {}, clean, 1).look({}, 0).noisy.expectation_z;
    const DeviceAnswer answer = DeviceCircuit(circuit, {}, device, 1).look({}, 0);
    QCOMPARE(answer.trajectories, 0);
    for (std::size_t i = 0; i < z.size(); ++i)
      QVERIFY(std::abs(answer.noisy.expectation_z[i] - 0.7 * 0.8 * z[i]) < 1e-14);
    std::vector<double> p = {0.5, 0, 0, 0.5};
    flip_bits(0.1, p);
    QVERIFY(distance(p, std::vector{0.41, 0.09, 0.09, 0.41}) < 1e-15);
  }

  /// Nine qubits, of which noise reaches the same as on the first three alone.
  void trajectoriesMeetTheDensityMatrix() {
    Circuit small = dense::random_circuit(random_, 3, 20, 2, 2), wide = small;
    wide.qubits = 9;
    const auto features = numbers(2), weights = numbers(2);
    for (const ChannelFacts &record : all_channels())
      for (const double strength : {0.02, 0.3}) {
        Device device = with({{{record.kind, strength}, {ChannelKind::readout, 0.05}}});
        device.trajectories = 600;
        const auto exact = DeviceCircuit(small, weights, device, 3).look(features, 5).noisy.expectation_z;
        const DeviceAnswer answer = DeviceCircuit(wide, weights, device, 3).look(features, 5);
        QCOMPARE(answer.trajectories, record.at_readout() ? 0 : 600);
        for (std::size_t i = 0; i < exact.size(); ++i) {
          const double error = answer.noisy.standard_error[i];
          QVERIFY2(std::abs(answer.noisy.expectation_z[i] - exact[i]) <= 5 * error + 1e-12,
                   record.name.data());
          QVERIFY(error < 1.01 / std::sqrt(599.0));
        }
      }
  }

  /// The error that is told is the scatter of the mean over seeds.
  void trajectoriesTellTheirError() {
    Circuit circuit{9, 0, 0, {{Gate::h, {0}}, {Gate::cx, {0, 1}}, {Gate::ry, {1}, {Angle::constant(0.4)}}}};
    Device device = with({{{ChannelKind::amplitude_damping, 0.3}, {ChannelKind::bit_flip, 0.1}}});
    device.trajectories = 100;
    double sum = 0, squares = 0, told = 0;
    constexpr int seeds = 200;
    for (int seed = 0; seed < seeds; ++seed) {
      const DeviceAnswer answer = DeviceCircuit(circuit, {}, device, seed).look({}, 0);
      sum += answer.noisy.expectation_z[1];
      squares += answer.noisy.expectation_z[1] * answer.noisy.expectation_z[1];
      told += answer.noisy.standard_error[1] / seeds;
    }
    const double scatter = std::sqrt(squares / seeds - sum * sum / seeds / seeds);
    QVERIFY2(std::abs(told / scatter - 1) < 0.25, QByteArray::number(told / scatter));
  }

  /// Joint draws: single qubits' means and a correlation, within five standard errors.
  void shotsMeetTheProbabilities() {
    Circuit circuit{3, 0, 0, {{Gate::h, {0}}, {Gate::cx, {0, 1}}, {Gate::ry, {2}, {Angle::constant(0.9)}}}};
    Device device = with({});
    for (const std::uint64_t shots : {1, 2, 3, 64, 1001, 100'000}) {
      device.shots = shots;
      const DeviceAnswer answer = DeviceCircuit(circuit, {}, device, 11).look({}, 2);
      for (std::size_t i = 0; i < 3; ++i) {
        const double z = answer.noisy.expectation_z[i], told = answer.sampled->standard_error[i];
        QVERIFY(std::abs(told - std::sqrt((1 - z * z) / double(shots))) < 1e-15);
        QVERIFY(std::abs(answer.sampled->expectation_z[i] - z) <= 5 * told);
        const double up = (answer.sampled->expectation_z[i] + 1) / 2 * double(shots);
        QVERIFY(std::abs(up - std::round(up)) < 1e-6); // a mean of so many +1 and -1
      }
      // a Bell pair: both bits are equal in every single shot
      QCOMPARE(answer.sampled->expectation_z[0], answer.sampled->expectation_z[1]);
      QVERIFY(&answer.seen() == &answer.sampled->expectation_z);
    }
  }

  void shotsSeeTheNoiseAndTheReadout() {
    const Circuit circuit = dense::random_circuit(random_, 4, 12, 2, 2);
    Device device = with(all_kinds());
    device.shots = 200'000;
    const DeviceAnswer answer = DeviceCircuit(circuit, numbers(2), device, 4).look(numbers(2), 0);
    for (std::size_t i = 0; i < 4; ++i)
      QVERIFY(std::abs(answer.sampled->expectation_z[i] - answer.noisy.expectation_z[i]) <=
              5 * answer.sampled->standard_error[i]);
  }

  /// Two words of a block make a shot; the bit string is the first whose cumulated probability is above.
  void shotsAreTheStreams() {
    const RandomStream stream(9, "shots");
    const std::vector<double> p = {0.1, 0.2, 0.3, 0.4};
    double z0 = 0, z1 = 0;
    for (std::uint32_t shot = 0; shot < 7; ++shot) {
      const auto words = stream.block(shot / 2, 5, 6);
      const std::uint64_t bits = std::uint64_t(words[shot % 2 * 2]) << 32 | words[shot % 2 * 2 + 1];
      const double draw = double(bits >> 11) * 0x1p-53;
      const int outcome = draw < 0.1 ? 0 : draw < 0.1 + 0.2 ? 1 : draw < 0.1 + 0.2 + 0.3 ? 2 : 3;
      z0 += outcome < 2 ? 1 : -1, z1 += outcome % 2 ? -1 : 1;
    }
    QVERIFY(distance(sampled_z(p, 7, stream, 5, 6), std::vector{z0 / 7, z1 / 7}) < 1e-15);
  }

  /// Seed, image, circuit and noise scale, and nothing else: not what was asked before.
  void drawsAreKeyed() {
    const Circuit circuit = dense::random_circuit(random_, 9, 20, 1, 1);
    Circuit other = circuit;
    other.operations.push_back({Gate::id, {0}});
    Device device = with({{{ChannelKind::amplitude_damping, 0.1}}});
    device.shots = 50, device.trajectories = 3;
    const std::vector<double> x = {0.3}, w = {0.4};
    const auto answer = [&](const Circuit &c, std::uint64_t seed, std::uint32_t image) {
      const DeviceAnswer a = DeviceCircuit(c, w, device, seed).look(x, image);
      return std::pair(a.noisy.expectation_z, a.sampled->expectation_z);
    };
    const auto first = answer(circuit, 1, 0);
    QVERIFY(first == answer(circuit, 1, 0));
    for (const auto &changed : {answer(circuit, 2, 0), answer(circuit, 1, 1), answer(other, 1, 0)})
      QVERIFY(changed.first != first.first && changed.second != first.second);
    const DeviceCircuit one(circuit, w, device, 1);
    QVERIFY(one.key(1) != one.key(3));
    QVERIFY(one.key(1) != DeviceCircuit(other, w, device, 1).key(1));
    QCOMPARE(DeviceCircuit(Circuit{2, 1, 0, {{Gate::cx, {0, 1}}, {Gate::ry, {1}, {Angle::feature(0, 0.5)}}}},
                           {}, device, 1)
                 .key(3),
             fnv("cx 0 1;ry 1 (x0 0.5 0);3"));
  }

private:
  static std::uint32_t fnv(std::string_view text) {
    std::uint64_t h = 14695981039346656037ull;
    for (const char c : text)
      h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return std::uint32_t(h) ^ std::uint32_t(h >> 32);
  }
};

QTEST_APPLESS_MAIN(TestDeviceCircuit)
#include "test_device_circuit.moc"
