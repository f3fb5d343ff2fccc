// Noise and zero-noise extrapolation against tests/golden/devices.txt, which an independent numpy script
// wrote.
#include "engine/qasm/qasm.h"
#include "engine/simulator/device_circuit.h"
#include "tests/support/source_dir.h"
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <cmath>

using namespace duet;

class TestDevicesGolden : public QObject {
  Q_OBJECT

  static std::vector<double> numbers(const QJsonValue &list) {
    std::vector<double> values;
    for (const auto &value : list.toArray())
      values.push_back(value.toDouble());
    return values;
  }
  static bool near(const std::vector<double> &found, const std::vector<double> &expected) {
    bool all = found.size() == expected.size();
    for (std::size_t i = 0; all && i < found.size(); ++i)
      all = std::abs(found[i] - expected[i]) < 1e-11;
    return all;
  }

private Q_SLOTS:
  void cases() {
    QFile file(QString::fromStdString(source_dir() + "/tests/golden/devices.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(cases.size() >= 10);
    for (const auto &entry : cases) {
      const QJsonObject c = entry.toObject();
      const Circuit circuit = read_qasm(c["program"].toString().toStdString(), "golden");
      Device device;
      for (const auto &channel : c["noise"].toArray())
        device.noise.channels.push_back(read_channel(channel.toString().toStdString(), "golden"));
      for (const QString &fit : c["mitigated"].toObject().keys()) {
        Mitigation mitigation{read_zne_fit(fit.toStdString(), "golden"), {}};
        for (const double scale : numbers(c["scales"]))
          mitigation.scales.push_back(int(scale));
        device.mitigation = mitigation;
        const DeviceAnswer answer = DeviceCircuit(circuit, {}, device, 1).look({}, 0);
        QVERIFY2(near(answer.noisy.expectation_z, numbers(c["noisy"])), qPrintable(c["name"].toString()));
        QVERIFY2(near(*answer.mitigated, numbers(c["mitigated"].toObject()[fit])),
                 qPrintable(c["name"].toString() + " " + fit));
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestDevicesGolden)
#include "test_devices_golden.moc"
