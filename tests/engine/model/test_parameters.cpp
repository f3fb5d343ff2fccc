// Names, shapes, initial values and the way to and from named tensors.
#include "engine/base/error.h"
#include "engine/model/network.h"
#include <QTest>
#include <cmath>

using namespace duet;

namespace {

QStringList shapes(const Architecture &architecture) {
  const Network network(architecture, 1);
  TensorFile file;
  export_tensors(network.layout(), network.weights(), "", file);
  QStringList list;
  std::size_t values = 0;
  for (const auto &[name, tensor] : file.tensors) {
    QString text = QString::fromStdString(name);
    for (const std::size_t d : tensor.shape)
      text += " " + QString::number(d);
    list << text;
    values += tensor.values.size();
  }
  if (values != network.layout().parameters)
    list << "the count of parameters is wrong";
  return list;
}

} // namespace

class TestParameters : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void names_and_shapes() {
    Architecture a;
    const QStringList spiking = {"spiking.0.bias 128", "spiking.0.weight 128 784", "spiking.readout.bias 10",
                                 "spiking.readout.weight 10 128"};
    const QStringList quantum = {
        "quantum.angles.bias 5",      "quantum.angles.weight 5 128",      "quantum.circuit.weights 12",
        "quantum.encoder.0.bias 128", "quantum.encoder.0.weight 128 784", "quantum.readout.bias 10",
        "quantum.readout.weight 10 5"};
    QCOMPARE(shapes(a), quantum + spiking);
    a.model.kind = ModelKind::serial;
    QCOMPARE(shapes(a), quantum);
    a.model.kind = ModelKind::spiking;
    QCOMPARE(shapes(a), spiking);
    a.model.kind = ModelKind::parallel;
    a.spiking.hidden = {30, 20};
    a.quantum.projection = {7, 6};
    a.quantum.ansatz = Ansatz::none;
    QCOMPARE(shapes(a),
             QStringList({"quantum.angles.bias 5", "quantum.angles.weight 5 6", "quantum.encoder.0.bias 30",
                          "quantum.encoder.0.weight 30 784", "quantum.encoder.1.bias 20",
                          "quantum.encoder.1.weight 20 30", "quantum.projection.0.bias 7",
                          "quantum.projection.0.weight 7 20", "quantum.projection.1.bias 6",
                          "quantum.projection.1.weight 6 7", "quantum.readout.bias 10",
                          "quantum.readout.weight 10 5", "spiking.0.bias 30", "spiking.0.weight 30 784",
                          "spiking.1.bias 20", "spiking.1.weight 20 30", "spiking.readout.bias 10",
                          "spiking.readout.weight 10 20"}));
    a = {};
    a.quantum.input = QuantumInput::linear;
    QVERIFY(shapes(a).contains("quantum.angles.weight 5 784") &&
            !shapes(a).contains("quantum.encoder.0.bias 128"));
    a.quantum.input = QuantumInput::pooled;
    QVERIFY(!shapes(a).contains("quantum.angles.bias 5"));
  }

  void initial_values_are_pytorchs() {
    const Network network(Architecture{}, 3);
    TensorFile file;
    export_tensors(network.layout(), network.weights(), "", file);
    for (const auto &[name, tensor] : file.tensors) {
      double squares = 0, largest = 0, sum = 0;
      for (const float v : tensor.values) {
        squares += static_cast<double>(v) * static_cast<double>(v);
        sum += static_cast<double>(v);
        largest = std::max(largest, std::abs(static_cast<double>(v)));
      }
      const auto n = static_cast<double>(tensor.values.size());
      const bool circuit = name == "quantum.circuit.weights";
      const double fan_in = name.find("readout") != std::string::npos  ? (name[0] == 's' ? 128 : 5)
                            : name.find("angles") != std::string::npos ? 128
                                                                       : 784;
      const double deviation = circuit ? 0.01 : 1 / std::sqrt(fan_in) / std::sqrt(3.0);
      QVERIFY2(circuit || largest <= 1 / std::sqrt(fan_in), name.c_str());
      if (n > 1000) {
        QVERIFY2(std::abs(std::sqrt(squares / n) / deviation - 1) < 0.05, name.c_str());
        QVERIFY2(std::abs(sum / n) < 5 * deviation / std::sqrt(n), name.c_str());
      } else {
        QVERIFY2(std::sqrt(squares / n) > 0.2 * deviation && std::sqrt(squares / n) < 3 * deviation,
                 name.c_str());
      }
    }
    QVERIFY(file.tensors["spiking.0.weight"].values != file.tensors["quantum.encoder.0.weight"].values);
    QVERIFY(Network(Architecture{}, 3).weights() == network.weights());
    QVERIFY(Network(Architecture{}, 4).weights() != network.weights());
  }

  void export_and_import_agree() {
    Network network(Architecture{}, 3);
    TensorFile file;
    export_tensors(network.layout(), network.weights(), ".x", file);
    const ParameterArray before = network.weights();
    const float *const place = network.weights().data();
    std::fill(network.weights().begin(), network.weights().end(), 0.0f);
    import_tensors(network.layout(), file, ".x", network.weights());
    QVERIFY(network.weights() == before);
    QCOMPARE(network.weights().data(), place);
    // [out, in]: weight of output 2 to input 5
    const ParameterBlock &first = network.layout().blocks[0];
    QCOMPARE(file.tensors[first.name + ".weight.x"].values[2 * 784 + 5], before[first.offset + 5 * 128 + 2]);
    QVERIFY_EXCEPTION_THROWN(import_tensors(network.layout(), file, "", network.weights()), Error);
    file.tensors["spiking.0.weight.x"].shape = {784, 128};
    QVERIFY_EXCEPTION_THROWN(import_tensors(network.layout(), file, ".x", network.weights()), Error);
    QVERIFY(network.weights() == before);
  }

  void images_have_a_largest_size() {
    Architecture a;
    a.spiking.hidden = {1};
    a.pixels = 65'536;
    QCOMPARE(Network(a, 1).layout().blocks[0].inputs, 65'536);
    a.pixels = 65'537;
    QVERIFY_EXCEPTION_THROWN(Network(a, 1), Error);
  }

  void amplitude_wants_its_qubits() {
    Architecture a;
    a.quantum.input = QuantumInput::amplitude;
    QVERIFY_EXCEPTION_THROWN(Network(a, 1), Error);
    a.quantum.qubits = 10;
    QCOMPARE(Network(a, 1).layout().angles, -1);
  }
};

QTEST_APPLESS_MAIN(TestParameters)
#include "test_parameters.moc"
