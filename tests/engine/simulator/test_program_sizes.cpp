// Sizes from 1 to 16 qubits against the dense simulator, star's closed forms up to 20 qubits, and what is
// promised about batches, memory and instruction sets.
#include "engine/base/error.h"
#include "engine/model/build_circuit.h"
#include "tests/support/random_circuit.h"
#include <QTest>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <new>

using namespace duet;

namespace {
std::atomic<long> allocations = 0;
}

void *operator new(std::size_t size) {
  ++allocations;
  if (void *memory = std::malloc(size ? size : 1))
    return memory;
  throw std::bad_alloc();
}
void *operator new(std::size_t size, const std::nothrow_t &) noexcept { // std::stable_sort's
  ++allocations;
  return std::malloc(size ? size : 1);
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

class TestProgramSizes : public QObject {
  Q_OBJECT

  static Circuit template_circuit(Ansatz ansatz, int qubits, int layers, bool reupload = false) {
    QuantumSettings settings;
    settings.ansatz = ansatz;
    settings.qubits = qubits;
    settings.layers = layers;
    settings.reupload = reupload;
    return build_circuit(settings);
  }

  static std::vector<float> numbers(std::mt19937 &random, std::size_t count) {
    std::vector<float> values(count);
    for (float &v : values)
      v = static_cast<float>(random()) / 2147483648.0f - 1.0f;
    return values;
  }

  /// What a program gives for one call.
  struct Result {
    std::vector<float> expectation, by_input, by_weight;
  };
  static Result gradient(const Program<float> &program, const std::vector<float> &inputs,
                         const std::vector<float> &cotangent) {
    const std::size_t samples = cotangent.size() / program.qubits();
    Result r{std::vector<float>(cotangent.size()), std::vector<float>(inputs.size()),
             std::vector<float>(program.weights())};
    Program<float>::Workspace workspace;
    program.gradient(samples, inputs.data(), cotangent.data(), r.expectation.data(), r.by_input.data(),
                     r.by_weight.data(), workspace);
    return r;
  }

  /// Exact <Z_i> of star with one layer.
  template <class Real> static double star_error(int qubits, const Kernels &kernels) {
    std::mt19937 random(5);
    Program<Real> program(template_circuit(Ansatz::star, qubits, 1), false, kernels);
    typename Program<Real>::Workspace workspace;
    const auto xf = numbers(random, qubits), wf = numbers(random, program.weights());
    const std::vector<Real> x(xf.begin(), xf.end()), w(wf.begin(), wf.end());
    program.set_weights(w);
    std::vector<Real> z(qubits), g(qubits, Real{1}), by_x(qubits), by_w(w.size());
    program.gradient(1, x.data(), g.data(), z.data(), by_x.data(), by_w.data(), workspace);
    double worst = std::abs(z[0] + std::sin(double(x[0]))), x0_slope = -std::cos(double(x[0]));
    const double s0 = std::sin(double(x[0])), c0 = std::cos(double(x[0]));
    for (int i = 1; i < qubits; ++i) {
      const double a = w[3 * i - 3], b = w[3 * i - 2], sx = std::sin(double(x[i])),
                   cx = std::cos(double(x[i]));
      worst = std::max(worst, std::abs(z[i] - (-std::cos(b) * sx - std::sin(a) * std::sin(b) * cx * s0)));
      worst = std::max(worst, std::abs(by_w[3 * i - 3] + std::cos(a) * std::sin(b) * cx * s0));
      worst = std::max(worst,
                       std::abs(by_w[3 * i - 2] - (std::sin(b) * sx - std::sin(a) * std::cos(b) * cx * s0)));
      worst = std::max(worst, std::abs(double(by_w[3 * i - 1]))); // nothing after it sees the last RZ
      worst = std::max(worst, std::abs(by_x[i] - (-std::cos(b) * cx + std::sin(a) * std::sin(b) * sx * s0)));
      x0_slope -= std::sin(a) * std::sin(b) * cx * c0;
    }
    return std::max(worst, std::abs(by_x[0] - x0_slope));
  }

private Q_SLOTS:
  void batched_sizes() {
    std::mt19937 random(1);
    for (int qubits = 1; qubits <= 12; ++qubits) {
      const int operations = qubits > 9 ? 20 : 30;
      const Circuit circuit = dense::random_circuit(random, qubits, operations, qubits > 9 ? 1 : 3, 2);
      const auto errors = dense::compare<double>(circuit, false, qubits > 9 ? 1 : 3, random, kernels());
      QVERIFY2(errors.expectation <= 1e-13 && errors.gradient <= 1e-13,
               QByteArray::number(qubits).constData());
    }
  }

  void single_sizes() {
    std::mt19937 random(2);
    for (const auto &isa : runnable_isas())
      for (int qubits = 13; qubits <= 16; ++qubits) {
        const bool amplitudes = qubits == 14;
        const Circuit circuit = dense::random_circuit(random, qubits, qubits > 14 ? 8 : 20,
                                                      amplitudes ? 0 : 2, qubits > 14 ? 1 : 2);
        const auto errors = dense::compare<double>(circuit, amplitudes, 1, random, kernels_for(isa));
        QVERIFY2(errors.expectation <= 1e-13 && errors.gradient <= 1e-13,
                 (isa + " " + std::to_string(qubits)).c_str());
        const auto f32 = dense::compare<float>(circuit, amplitudes, 1, random, kernels_for(isa));
        QVERIFY2(f32.expectation <= 1e-6 && f32.gradient <= 1e-6,
                 (isa + " " + std::to_string(qubits)).c_str());
      }
  }

  void templates_against_dense() {
    std::mt19937 random(3);
    for (const Ansatz ansatz :
         {Ansatz::star, Ansatz::ring, Ansatz::linear, Ansatz::all_to_all, Ansatz::strongly_entangling})
      for (const int qubits : {1, 2, 5})
        for (const bool reupload : {false, true}) {
          const Circuit circuit = template_circuit(ansatz, qubits, 2, reupload);
          const auto f64 = dense::compare<double>(circuit, false, 2, random, kernels());
          QVERIFY(f64.expectation <= 1e-13 && f64.gradient <= 1e-13);
          const auto f32 = dense::compare<float>(circuit, false, 2, random, kernels());
          QVERIFY(f32.expectation <= 1e-6 && f32.gradient <= 1e-6);
        }
  }

  void star_closed_form() {
    for (const auto &isa : runnable_isas())
      for (const int qubits : {2, 5, 8, 12, 13, 16}) {
        QVERIFY2(star_error<double>(qubits, kernels_for(isa)) <= 1e-13,
                 (isa + " " + std::to_string(qubits)).c_str());
        QVERIFY2(star_error<float>(qubits, kernels_for(isa)) <= 1e-5 / 3,
                 (isa + " " + std::to_string(qubits)).c_str());
      }
    QVERIFY(star_error<double>(20, kernels()) <= 1e-12);
  }

  /// With little memory the diagonals are worked out where they are used, and states undone on the way back.
  void little_memory() {
    std::mt19937 random(9);
    for (const auto &isa : runnable_isas())
      for (int trial = 0; trial < 13; ++trial) {
        const int qubits = trial < 12 ? 1 + trial % 10 : trial + 1;
        const bool amplitudes = trial % 4 == 3;
        const Circuit circuit = dense::random_circuit(random, qubits, 25, amplitudes ? 0 : 2, 3);
        for (const MemoryLimits &limits : {MemoryLimits{0, 0}, MemoryLimits{800 * 1024, 0},
                                           MemoryLimits{0, std::size_t{4} << qubits << 4}}) {
          const auto f64 = dense::compare<double>(circuit, amplitudes, trial % 3 * 9 + 1, random,
                                                  kernels_for(isa), limits);
          QVERIFY2(f64.expectation <= 1e-13 && f64.gradient <= 1e-13, isa.c_str());
          const auto f32 = dense::compare<float>(circuit, amplitudes, 2, random, kernels_for(isa), limits);
          QVERIFY2(f32.expectation <= 1e-6 && f32.gradient <= 1e-6, isa.c_str());
        }
      }
  }

  /// A sample's results do not depend on the others, on how many there are, or on its place.
  void batch_independence() {
    std::mt19937 random(4);
    for (const int qubits : {3, 5, 9}) {
      const Circuit circuit = template_circuit(Ansatz::strongly_entangling, qubits, 2, true);
      Program<float> program(circuit);
      program.set_weights(numbers(random, circuit.weights));
      const std::size_t n = qubits, samples = 37;
      const auto inputs = numbers(random, samples * n), cotangent = numbers(random, samples * n);
      const Result all = gradient(program, inputs, cotangent);
      for (const std::size_t s : {std::size_t{0}, std::size_t{5}, std::size_t{16}, samples - 1}) {
        const auto part = [&](const std::vector<float> &v) {
          return std::vector<float>(v.begin() + s * n, v.begin() + (s + 1) * n);
        };
        const Result alone = gradient(program, part(inputs), part(cotangent));
        QCOMPARE(alone.expectation, part(all.expectation));
        QCOMPARE(alone.by_input, part(all.by_input));
      }
      QCOMPARE(gradient(program, inputs, cotangent).by_weight, all.by_weight);
    }
  }

  void instruction_sets_agree() {
    std::mt19937 random(6);
    const Circuit circuit = template_circuit(Ansatz::star, 8, 2);
    const auto weights = numbers(random, circuit.weights), inputs = numbers(random, 20 * 8);
    auto cotangent = numbers(random, 20 * 8);
    for (float &g : cotangent)
      g /= 20 * 8;
    std::vector<Result> results;
    for (const auto &isa : runnable_isas()) {
      Program<float> program(circuit, false, kernels_for(isa));
      program.set_weights(weights);
      results.push_back(gradient(program, inputs, cotangent));
    }
    const auto distance = [](const std::vector<float> &a, const std::vector<float> &b) {
      float largest = 0;
      for (std::size_t k = 0; k < a.size(); ++k)
        largest = std::max(largest, std::abs(a[k] - b[k]));
      return largest;
    };
    for (const Result &r : results) {
      QVERIFY(distance(r.expectation, results[0].expectation) <= 1e-6f);
      QVERIFY(distance(r.by_input, results[0].by_input) <= 1e-6f);
      QVERIFY(distance(r.by_weight, results[0].by_weight) <= 1e-6f);
    }
  }

  void probabilities() {
    std::mt19937 random(7);
    for (const int qubits : {1, 4, 7, 13}) {
      const Circuit circuit = dense::random_circuit(random, qubits, 30, 2, 3);
      const std::vector<double> x = {0.3, -0.8}, w = {0.1, 1.2, -0.4};
      Program<double> program(circuit);
      Program<double>::Workspace workspace;
      program.set_weights(w);
      std::vector<double> found(std::size_t{1} << qubits);
      program.probabilities(x.data(), found.data(), workspace);
      const auto state = dense::run(circuit, x, w);
      for (std::size_t k = 0; k < found.size(); ++k)
        QVERIFY(std::abs(found[k] - std::norm(state[k])) <= 1e-13);
    }
  }

  void nothing_is_allocated_once_warm() {
    std::mt19937 random(8);
    for (const int qubits : {5, 13}) {
      const Circuit circuit = template_circuit(Ansatz::star, qubits, 2, true);
      Program<float> program(circuit);
      Program<float>::Workspace workspace;
      const auto weights = numbers(random, circuit.weights), inputs = numbers(random, 20 * qubits),
                 g = numbers(random, 20 * qubits);
      std::vector<float> z(20 * qubits), by_x(20 * qubits), by_w(circuit.weights);
      const auto once = [&] {
        program.set_weights(weights);
        program.forward(20, inputs.data(), z.data(), workspace);
        program.gradient(20, inputs.data(), g.data(), z.data(), by_x.data(), by_w.data(), workspace);
      };
      once();
      const long before = allocations;
      once();
      QCOMPARE(allocations.load(), before);
    }
  }

  void too_large_is_refused() {
    for (const int qubits : {0, 21}) {
      Circuit circuit;
      circuit.qubits = qubits;
      try {
        const Program<float> program(circuit);
        QFAIL("a circuit of an impossible size was accepted");
      } catch (const Error &error) {
        QCOMPARE(error.code(), ExitCode::usage);
        QVERIFY(std::string(error.what()).find("1 to 20") != std::string::npos);
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestProgramSizes)
#include "test_program_sizes.moc"
