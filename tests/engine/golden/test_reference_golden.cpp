// The slow f64 twin in C++ against the numpy implementation, and its gradient against finite differences.
// Two implementations written from engine/MODEL.md by different means; the engine is checked against both.
#include "engine/qasm/qasm.h"
#include "tests/support/golden_case.h"
#include <QTest>
#include <cmath>

namespace {

using duet::golden::Case;
using duet::golden::difference;
using duet::reference::Network;
using duet::reference::Pass;

Network network_of(const Case &c) {
  std::optional<duet::Circuit> custom;
  if (c.experiment.quantum.ansatz == duet::Ansatz::custom)
    custom = duet::read_qasm(c.experiment.quantum.circuit, c.name);
  return Network({c.experiment.model, c.experiment.spiking, c.experiment.quantum, c.rows * c.cols}, c.draws(),
                 custom);
}

std::vector<double> flat(const Pass &pass, std::vector<double> duet::reference::ImageTrace::*member) {
  std::vector<double> out;
  for (const auto &image : pass.images)
    out.insert(out.end(), (image.*member).begin(), (image.*member).end());
  return out;
}

} // namespace

class TestReference : public QObject {
  Q_OBJECT

  static void rows() {
    QTest::addColumn<QString>("name");
    for (const std::string &name : duet::golden::names())
      QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
  static Case current() {
    QFETCH(QString, name);
    return duet::golden::load(name.toStdString());
  }

private Q_SLOTS:
  void twin_equals_numpy_data() { rows(); }
  void twin_equals_numpy() {
    using Trace = duet::reference::ImageTrace;
    const Case c = current();
    const Pass pass = network_of(c).run(c.weights, c.images(), c.labels, true);
    QVERIFY(std::abs(pass.loss - c.loss) < 1e-9);
    QVERIFY(std::abs(pass.accuracy - c.accuracy) < 1e-9);
    QVERIFY(pass.margin > 0.9e-3);
    QVERIFY(difference(flat(pass, &Trace::logits_fused), c.fused, 1.0) < 1e-8);
    QVERIFY(difference(flat(pass, &Trace::logits_spiking), c.spiking, 1.0) < 1e-8);
    QVERIFY(difference(flat(pass, &Trace::logits_quantum), c.quantum, 1.0) < 1e-8);
    QCOMPARE(pass.gradient.size(), c.gradient.size());
    for (const auto &[name, values] : c.gradient)
      QVERIFY2(difference(pass.gradient.at(name), values, 1e-3) < 1e-7, name.c_str());
    const Trace &image = pass.images[static_cast<std::size_t>(c.inspected)];
    QVERIFY(difference(image.angles, c.angles, 1.0) < 1e-8);
    QVERIFY(difference(image.expectation_z, c.expectation_z, 1.0) < 1e-8);
    QVERIFY(difference(image.probabilities, c.probabilities, 1.0) < 1e-8);
    QCOMPARE(image.spiking.size(), c.spiking_layers.size());
    for (std::size_t l = 0; l < image.spiking.size(); ++l)
      QVERIFY(difference(image.spiking[l].membrane, c.spiking_layers[l].membrane, 1.0) < 1e-8);
  }

  void gradient_equals_finite_differences_data() { rows(); }
  void gradient_equals_finite_differences() {
    const Case c = current();
    const Network network = network_of(c);
    const Pass base = network.run(c.weights, c.images(), c.labels, true);
    for (const auto &[name, gradient] : base.gradient) {
      for (const double pattern : {0.7, 2.9}) {
        double expected = 0, size = 0;
        duet::reference::Parameters up = c.weights, down = c.weights;
        const double h = c.experiment.spiking.neuron.kind == duet::NeuronKind::rate ? 1e-6 : 2e-6;
        for (std::size_t k = 0; k < gradient.size(); ++k) {
          const double direction = std::sin(pattern * static_cast<double>(k + 1));
          expected += direction * gradient[k];
          size += std::abs(direction * gradient[k]);
          up[name][k] += h * direction;
          down[name][k] -= h * direction;
        }
        const double loss_up = network.run(up, c.images(), c.labels, false, &base).loss;
        const double loss_down = network.run(down, c.images(), c.labels, false, &base).loss;
        const double slope = (loss_up - loss_down) / (2 * h);
        QVERIFY2(std::abs(slope - expected) < 1e-5 * size + 2e-9,
                 qPrintable(QString("%1: %2 against %3").arg(name.c_str()).arg(slope).arg(expected)));
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestReference)
#include "test_reference_golden.moc"
