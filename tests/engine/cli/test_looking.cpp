// duet-cli evaluate and spikes from outside: what they print is what was counted.
#include "tests/engine/cli/child_process.h"

class TestLooking : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void init() { sandbox_ = std::make_unique<Sandbox>(); }
  void evaluate_ratios_and_noises();
  void evaluate_refuses();
  void logits_say_what_was_counted();
  void spikes_agree();
  void damaged_weights_are_3();

private:
  Outcome run(const QStringList &arguments) { return sandbox_->run(arguments); }
  Outcome train(const QStringList &more, const QString &name) { return sandbox_->train(more, name); }
  QString path(const QString &name) const { return sandbox_->path(name); }
  std::unique_ptr<Sandbox> sandbox_;
};

void TestLooking::evaluate_ratios_and_noises() {
  QCOMPARE(train({}, "run").code, 0);
  const QJsonObject summary = QJsonDocument::fromJson(read(path("run/summary.json"))).object();
  const Outcome own = run({"evaluate", path("run"), "--json"});
  QVERIFY2(own.code == 0, own.err);
  const QJsonObject result = QJsonDocument::fromJson(own.out).object();
  QCOMPARE(result["images"].toInt(), 60);
  const QJsonObject first = result["results"].toArray()[0].toObject();
  QCOMPARE(first["accuracy"], summary["test_accuracy"]); // what was counted in training
  QCOMPARE(first["loss"], summary["test_loss"]);
  QCOMPARE(first["accuracy_spiking"], summary["test_accuracy_spiking"]);
  QCOMPARE(first["ratio"].toDouble(), 0.6);
  QCOMPARE(first["noise"].toString(), QString("none"));
  const Outcome many = run({"evaluate", "--ratio", "0", path("run"), "--ratio", "1", "--noise", "none",
                            "--noise", "gaussian:0.3", "--json"});
  QVERIFY2(many.code == 0, many.err);
  const QJsonArray results = QJsonDocument::fromJson(many.out).object()["results"].toArray();
  QCOMPARE(results.size(), 4);
  QCOMPARE(results[0].toObject()["accuracy"], results[0].toObject()["accuracy_spiking"]);
  QCOMPARE(results[1].toObject()["accuracy"], results[1].toObject()["accuracy_quantum"]);
  QCOMPARE(results[2].toObject()["noise"].toString(), QString("gaussian:0.3"));
  QVERIFY(results[2].toObject()["loss"] != results[0].toObject()["loss"]);
  QVERIFY(run({"evaluate", path("run")}).out.contains("60 test images"));
}

void TestLooking::evaluate_refuses() {
  QCOMPARE(train({"--epochs", "0"}, "run").code, 0);
  for (const QStringList &bad : {QStringList{"--ratio", "1.1"},
                                 {"--ratio", "x"},
                                 {"--noise", "fog:0.1"},
                                 {"--noise", "gaussian"},
                                 {"--noise", "gaussian:-1"},
                                 {"--noise", "gaussian:x"}}) {
    const Outcome outcome = run(QStringList{"evaluate", path("run")} + bad);
    QVERIFY2(outcome.code == 2 && outcome.err.contains(bad[0].toUtf8()), outcome.err);
  }
  QCOMPARE(run({"evaluate", path("run"), "--data", "kmnist"}).code, 3);
  QCOMPARE(run({"evaluate", path("run"), "--logits", path("no/such/folder.csv")}).code, 4);
  QCOMPARE(train({"--epochs", "0", "--set", "model.kind=spiking"}, "alone").code, 0);
  QCOMPARE(run({"evaluate", path("alone"), "--ratio", "0.5"}).code, 2);
  const QJsonObject result = QJsonDocument::fromJson(run({"evaluate", path("alone"), "--json"}).out)
                                 .object()["results"]
                                 .toArray()[0]
                                 .toObject();
  QVERIFY(result["ratio"].isNull() && result["accuracy_quantum"].isNull() && result["accuracy"].isDouble());
}

void TestLooking::logits_say_what_was_counted() {
  QCOMPARE(train({}, "run").code, 0);
  const Outcome outcome = run({"evaluate", path("run"), "--json", "--logits", path("l.csv")});
  QCOMPARE(outcome.code, 0);
  const QByteArrayList lines = read(path("l.csv")).trimmed().split('\n');
  QCOMPARE(lines.size(), 61);
  QCOMPARE(lines[0], QByteArray("index,label,s0,s1,s2,s3,s4,s5,s6,s7,s8,s9,q0,q1,q2,q3,q4,q5,q6,q7,q8,q9"));
  int correct = 0;
  for (qsizetype i = 1; i < lines.size(); ++i) {
    const QByteArrayList cells = lines[i].split(',');
    QCOMPARE(cells[0].toInt(), static_cast<int>(i) - 1);
    int best = 0;
    double highest = -1e30;
    for (int k = 0; k < 10; ++k)
      if (const double mixed = 0.4 * cells[2 + k].toDouble() + 0.6 * cells[12 + k].toDouble();
          mixed > highest) {
        highest = mixed;
        best = k;
      }
    correct += best == cells[1].toInt();
  }
  const double accuracy =
      QJsonDocument::fromJson(outcome.out).object()["results"].toArray()[0].toObject()["accuracy"].toDouble();
  QCOMPARE(correct, qRound(accuracy * 60));
  QCOMPARE(train({"--epochs", "0", "--set", "model.kind=serial"}, "serial").code, 0);
  QCOMPARE(run({"evaluate", path("serial"), "--logits", path("q.csv")}).code, 0);
  QVERIFY(read(path("q.csv")).split('\n')[1].contains(",,,,,,,,,,"));
}

void TestLooking::spikes_agree() {
  QCOMPARE(train({}, "run").code, 0);
  const Outcome outcome = run({"spikes", path("run"), "--image", "2", "--csv", path("s.csv"), "--json"});
  QVERIFY2(outcome.code == 0, outcome.err);
  const QJsonObject json = QJsonDocument::fromJson(outcome.out).object();
  QCOMPARE(json["branches"].toArray().size(), 2);
  QList<QByteArrayList> expected;
  for (const auto &branch : json["branches"].toArray()) {
    const QJsonObject layer = branch.toObject()["layers"].toArray()[0].toObject();
    QCOMPARE(layer["neurons"].toInt(), 24);
    QCOMPARE(layer["membrane"].toArray().size(), 5);
    for (int step = 0; step < 5; ++step)
      for (int neuron = 0; neuron < 24; ++neuron) {
        const int spikes = layer["spikes"].toArray()[step].toArray()[neuron].toInt();
        // lif: a spike is a membrane that has reached its threshold of 1
        QCOMPARE(spikes, layer["membrane"].toArray()[step].toArray()[neuron].toDouble() >= 1 ? 1 : 0);
        for (int n = 0; n < spikes; ++n)
          expected << QByteArrayList{QByteArray::number(branch.toObject()["branch"].toInt()), "0",
                                     QByteArray::number(step), QByteArray::number(neuron)};
      }
  }
  QByteArrayList lines = read(path("s.csv")).trimmed().split('\n');
  QCOMPARE(lines.takeFirst(), QByteArray("branch,layer,step,neuron"));
  QCOMPARE(lines.size(), expected.size());
  QVERIFY(lines.size() > 10);
  for (qsizetype i = 0; i < lines.size(); ++i)
    QCOMPARE(lines[i].split(','), expected[i]);
  QVERIFY(run({"spikes", path("run"), "--image", "0"}).out.contains("spiking branch, layer 0"));
  for (const char *bad : {"60", "-1", "x"})
    QCOMPARE(run({"spikes", path("run"), "--image", bad}).code, 2);
}

void TestLooking::damaged_weights_are_3() {
  QCOMPARE(train({"--epochs", "0"}, "run").code, 0);
  const QByteArray model = read(path("run/model.safetensors"));
  write(path("run/model.safetensors"), model.left(1000));
  for (const QStringList &command :
       {QStringList{"evaluate", path("run")}, {"spikes", path("run"), "--image", "0"}}) {
    const Outcome outcome = run(command);
    QVERIFY2(outcome.code == 3 && outcome.err.contains("model.safetensors") && outcome.err.count('\n') == 1,
             outcome.err);
  }
  QCOMPARE(train({"--epochs", "0", "--set", "spiking.hidden=[16]"}, "other").code, 0);
  write(path("run/model.safetensors"), read(path("other/model.safetensors")));
  QCOMPARE(run({"evaluate", path("run")}).code, 3);
}

QTEST_APPLESS_MAIN(TestLooking)
#include "test_looking.moc"
