// The table of a device's channels: what is a channel at all, how it is written, and what is refused.
#include "engine/base/error.h"
#include "engine/simulator/mitigation.h"
#include "engine/simulator/superoperator.h"
#include <QTest>
#include <cmath>

using namespace duet;

class TestDeviceNoise : public QObject {
  Q_OBJECT

  static QByteArray refusal(const std::string &text) {
    try {
      read_channel(text, "--noise");
    } catch (const Error &error) {
      return error.code() == ExitCode::usage ? error.what() : "another code";
    }
    return "";
  }
  static QByteArray scale_refusal(const std::string &text) {
    try {
      read_noise_scales(text, "--scales");
    } catch (const Error &error) {
      return error.what();
    }
    return "";
  }

private Q_SLOTS:
  void theTableIsInTheEnumerationsOrder() {
    for (const ChannelFacts &record : all_channels()) {
      QCOMPARE(facts(record.kind).name.data(), record.name.data());
      QVERIFY(record.help.ends_with("."));
      QCOMPARE(record.at_readout(), record.kind == ChannelKind::readout);
    }
    for (const ZneFitFacts &record : all_zne_fits())
      QCOMPARE(name_of(record.fit).data(), record.name.data());
  }

  /// The sum of K* K is 1 at every strength: chances sum to 1 and the trace stays.
  void everyChannelKeepsTheTrace() {
    for (const ChannelFacts &record : all_channels()) {
      if (record.at_readout())
        continue;
      for (const double part : {0.0, 1e-6, 0.3, 1.0}) {
        QubitMatrix sum{};
        for (const QubitMatrix &k : record.kraus(part * record.most))
          for (int row = 0; row < 2; ++row)
            for (int column = 0; column < 2; ++column)
              for (int inner = 0; inner < 2; ++inner)
                sum[2 * row + column] += std::conj(k[2 * inner + row]) * k[2 * inner + column];
        for (int e = 0; e < 4; ++e)
          QVERIFY2(std::abs(sum[e] - (e % 3 ? 0.0 : 1.0)) < 1e-15, record.name.data());
      }
    }
  }

  /// Depolarizing is PennyLane's: (1 - p) rho + p/3 (X rho X + Y rho Y + Z rho Z), so at 0.75 only 1/2 is
  /// left.
  void fullDepolarizingForgetsTheState() {
    const Superoperator s = superoperator(DeviceNoise{{{ChannelKind::depolarizing, 0.75}}});
    const double expected[16] = {0.5, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0, 0.5};
    for (int e = 0; e < 16; ++e)
      QVERIFY(std::abs(s[e] - expected[e]) < 1e-15);
  }

  /// 1 that falls and is then flipped ends at 0 more rarely than one that is flipped and then falls.
  void channelsActInTheirOrder() {
    const Channel fall{ChannelKind::amplitude_damping, 1}, flip{ChannelKind::bit_flip, 1};
    QVERIFY(std::abs(superoperator(DeviceNoise{{fall, flip}})[15] - 1.0) < 1e-15); // 1 -> 0 -> 1
    QVERIFY(std::abs(superoperator(DeviceNoise{{flip, fall}})[15]) < 1e-15);       // 1 -> 0 -> 0
  }

  void whatIsReadIsWrittenTheSame() {
    for (const ChannelFacts &record : all_channels())
      for (const std::string strength : {"0", "0.125", "1e-06"}) {
        const std::string text = std::string(record.name) + ":" + strength;
        const Channel channel = read_channel(text, "--noise");
        QCOMPARE(channel.kind, record.kind);
        QCOMPARE(device_text(channel), text);
      }
    const DeviceNoise both{{{ChannelKind::depolarizing, 0.01}, {ChannelKind::readout, 0.02}}};
    QCOMPARE(device_text(both), std::string("depolarizing:0.01,readout:0.02"));
  }

  void rangesEndWhereTheTableSays() {
    for (const ChannelFacts &record : all_channels()) {
      const std::string name(record.name), most = record.most == 1 ? "1" : "0.75";
      QCOMPARE(read_channel(name + ":" + most, "--noise").strength, record.most);
      for (const std::string bad :
           {record.most == 1 ? "1.001" : "0.7501", "-0.01", "", "x", "nan", "inf", "0.1 "}) {
        const QByteArray said = refusal(name + ":" + bad);
        QVERIFY2(said.startsWith(("--noise " + name + ":" + bad).c_str()) &&
                     said.contains(("from 0 to " + most).c_str()),
                 said);
      }
      QVERIFY(refusal(name).contains("strength"));
    }
    QVERIFY(refusal("bit_flip:0,1").contains("decimal point"));
    QVERIFY(refusal("fog:0.1").contains("the kinds are depolarizing, amplitude_damping"));
    QVERIFY(refusal("bitflip:0.1").contains("did you mean bit_flip?"));
    QVERIFY(refusal("").contains("kinds are"));
  }

  void readoutsAddUpAsFlipsDo() {
    const DeviceNoise noise{
        {{ChannelKind::readout, 0.1}, {ChannelKind::bit_flip, 0.5}, {ChannelKind::readout, 0.2}}};
    QVERIFY(std::abs(readout_flip(noise) - (0.1 * 0.8 + 0.9 * 0.2)) < 1e-15);
    QVERIFY(disturbs_gates(noise));
    QVERIFY(!disturbs_gates({{{ChannelKind::readout, 0.1}, {ChannelKind::bit_flip, 0}}}));
  }

  void scalesAreOddAndGrow() {
    QCOMPARE(read_noise_scales("1,3,5", "--scales"), (std::vector{1, 3, 5}));
    QCOMPARE(read_noise_scales("3,99", "--scales"), (std::vector{3, 99}));
    for (const char *bad :
         {"1", "", "1,2", "3,1", "1,1", "0,1", "-1,1", "1,101", "1,3,", ",1,3", "1;3", "1,x"})
      QVERIFY2(scale_refusal(bad).contains("two or more odd numbers from 1 to 99, increasing"), bad);
  }

  void richardsonIsExactOnPolynomials() {
    const int scales[] = {1, 3, 5, 9};
    std::vector<double> values;
    for (const double s : scales)
      values.push_back(0.7 - 0.2 * s + 0.03 * s * s - 0.001 * s * s * s);
    QVERIFY(std::abs(at_zero_noise(ZneFit::richardson, scales, values) - 0.7) < 1e-13);
    QVERIFY(std::abs(at_zero_noise(ZneFit::linear, scales, values) - 0.7) > 0.01);
  }

  void theLineIsExactOnLinesAndTheNearestElsewhere() {
    const int scales[] = {1, 3, 5};
    QVERIFY(std::abs(at_zero_noise(ZneFit::linear, scales, std::vector{0.5, 0.3, 0.1}) - 0.6) < 1e-15);
    // least squares by hand: slope -0.075, mean 0.35
    QVERIFY(std::abs(at_zero_noise(ZneFit::linear, scales, std::vector{0.5, 0.35, 0.2}) - 0.575) < 1e-15);
    QVERIFY(std::abs(at_zero_noise(ZneFit::linear, scales, std::vector{0.5, 0.2, 0.2}) - 0.525) < 1e-15);
  }

  void theExponentialIsExactOnDecays() {
    const int scales[] = {1, 3, 7};
    for (const double b : {0.9, -0.4, 1e-3})
      for (const double c : {-0.1, 0.01, 0.4, 0.9}) { // down to the least that counts, 1e-6
        std::vector<double> values;
        for (const int s : scales)
          values.push_back(b * std::exp(-c * s));
        const double found = at_zero_noise(ZneFit::exponential, scales, values);
        QVERIFY2(std::abs(found - b) < 1e-12, QByteArray::number(found));
      }
    QCOMPARE(at_zero_noise(ZneFit::exponential, scales, std::vector{0.0, 0.0, 0.0}), 0.0);
    QVERIFY(std::isfinite(at_zero_noise(ZneFit::exponential, scales, std::vector{0.3, 0.1, -0.1})));
  }
};

QTEST_APPLESS_MAIN(TestDeviceNoise)
#include "test_device_noise.moc"
