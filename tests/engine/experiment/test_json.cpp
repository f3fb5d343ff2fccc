// Experiments, logs and metrics as text: what is written is read back, what is wrong is named.
#include "engine/experiment/json.h"
#include "engine/experiment/run_record.h"
#include <QtTest/QTest>

using namespace duet;

class TestJson : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void the_whole_text_is_the_default();
  void missing_keys_take_defaults();
  void order_is_that_of_a_saved_file();
  void identity_leaves_out_threads();
  void bad_data();
  void bad();
  void log_round_trips();
  void bad_log();
  void metrics_round_trip();
  void bad_metrics();
  void summary_without_epochs_has_nulls();
};

static const char *whole_text = R"({ "duet": 1, "seed": 1,
  "data": {"source": "mnist-mini", "classes": [0,1,2,3,4,5,6,7,8,9], "train_limit": 0, "test_limit": 0, "validation": 0.0,
           "noise": {"kind": "none", "amount": 0.0, "apply": "both"}, "augment": {"shift_px": 0, "rotate_deg": 0}},
  "model": {"kind": "parallel", "fusion_ratio": 0.6},
  "spiking": {"encoder": "constant", "max_rate": 1.0, "steps": 10, "dt_ms": 1, "hidden": [128],
              "neuron": {"kind": "lif", "tau_ms": 10, "threshold": 1, "v_rest": 0, "v_reset": 0, "resistance": 10,
                         "refractory_ms": 0, "reset": "subtract", "surrogate": "fast_sigmoid", "slope": 25}},
  "quantum": {"input": "spiking", "qubits": 5, "ansatz": "star", "layers": 1, "reupload": false, "projection": [], "circuit": ""},
  "training": {"epochs": 10, "batch": 32, "optimizer": "adam", "learning_rate": 0.001, "momentum": 0, "weight_decay": 0.01,
               "schedule": "constant", "step_epochs": 10, "step_factor": 0.1, "clip_norm": 0,
               "train_spiking": true, "train_quantum": true, "threads": 0} })";

void TestJson::the_whole_text_is_the_default() {
  QCOMPARE(parse_experiment(whole_text, "x"), Experiment());
  QCOMPARE(parse_experiment("{}", "x"), Experiment());
  QCOMPARE(parse_experiment(to_json(Experiment()), "x"), Experiment());
}

void TestJson::missing_keys_take_defaults() {
  const Experiment e = parse_experiment(
      R"({"spiking": {"neuron": {"kind": "rate", "surrogate": "atan"}, "steps": 10.0}, "training": {"momentum": 0}})",
      "x");
  QCOMPARE(e.spiking.dt_ms, 10.0);
  QCOMPARE(e.spiking.neuron.slope, 2.0);
  QCOMPARE(e.spiking.steps, 10);
}

/// Keys stand in the order of a saved file.
void TestJson::order_is_that_of_a_saved_file() {
  const auto keys = [](const QString &text) {
    QStringList list;
    for (qsizetype at = 0; (at = text.indexOf('"', at)) >= 0;) {
      const auto end = text.indexOf('"', at + 1);
      if (text.mid(end + 1).trimmed().startsWith(':'))
        list << text.mid(at + 1, end - at - 1);
      at = end + 1;
    }
    return list;
  };
  QCOMPARE(keys(QString::fromStdString(to_json(Experiment()))), keys(whole_text));
}

void TestJson::identity_leaves_out_threads() {
  Experiment a, b;
  b.training.threads = 7;
  QVERIFY(to_json(a) != to_json(b));
  QCOMPARE(identity(a), identity(b));
  QVERIFY(identity(a).find("threads") == std::string::npos);
  b.seed = 2;
  QVERIFY(identity(a) != identity(b));
}

void TestJson::bad_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QStringList>("parts");
  const auto row = [](const char *name, const QByteArray &text, const QStringList &parts) {
    QTest::newRow(name) << text << parts;
  };
  row("empty", "", {"line 1", "not valid JSON"});
  row("cut", "{\n  \"seed\": 1,", {"line 2", "not valid JSON"});
  row("comma", "{\"seed\": 1,}", {"line 1, column 12", "not valid JSON"});
  row("nan", "{\"seed\": NaN}", {"not valid JSON"});
  row("array", "[1]", {"object in braces", "[1]"});
  row("newer", "{\"duet\": 2}", {"duet is 2", "newer version", "version 1"});
  row("version 0", "{\"duet\": 0}", {"duet is 0", "1"});
  row("version text", "{\"duet\": \"1\"}", {"duet is \"1\"", "1"});
  row("unknown key", "{\"sead\": 1}", {"\"sead\" is not a setting; did you mean seed?"});
  row("unknown nested", "{\"spiking\": {\"neuron\": {\"tau\": 1}}}",
      {"\"spiking.neuron.tau\" is not a setting; did you mean spiking.neuron.tau_ms?"});
  row("dotted key", "{\"spiking.steps\": 3}", {"\"spiking.steps\"", "groups"});
  row("twice", "{\"seed\": 1, \"seed\": 2}", {"\"seed\"", "twice"});
  row("group is number", "{\"training\": 3}", {"training is 3", "object"});
  row("field is object", "{\"seed\": {\"a\": 1}}", {"seed is {\"a\":1}", "whole numbers from 0"});
  row("text for number", "{\"spiking\": {\"steps\": \"10\"}}",
      {"spiking.steps is \"10\"", "whole numbers from 1 to 1000"});
  row("fraction", "{\"spiking\": {\"steps\": 1.5}}", {"spiking.steps is 1.5", "whole numbers"});
  row("null", "{\"model\": {\"kind\": null}}", {"model.kind is null", "parallel, spiking or serial"});
  row("choice", "{\"model\": {\"kind\": \"both\"}}",
      {"model.kind is \"both\"", "parallel, spiking or serial"});
  row("bool", "{\"quantum\": {\"reupload\": 1}}", {"quantum.reupload is 1", "true or false"});
  row("qubits", "{\"quantum\": {\"qubits\": 13}}", {"quantum.qubits is 13", "from 1 to 12"});
  row("rate", "{\"spiking\": {\"max_rate\": 0}}", {"spiking.max_rate is 0", "above 0 to 1"});
  row("ratio", "{\"model\": {\"fusion_ratio\": 1.01}}", {"model.fusion_ratio is 1.01", "from 0 to 1"});
  row("hidden empty", "{\"spiking\": {\"hidden\": []}}", {"spiking.hidden is []", "1 to 16"});
  row("hidden fraction", "{\"spiking\": {\"hidden\": [64.5]}}", {"spiking.hidden is [64.5]"});
  row("hidden text", "{\"spiking\": {\"hidden\": [\"a\"]}}", {"spiking.hidden is [\"a\"]"});
  row("hidden huge", "{\"spiking\": {\"hidden\": [1e300]}}", {"spiking.hidden"});
  row("class 256", "{\"data\": {\"classes\": [256]}}", {"data.classes is [256]", "0 to 255"});
  row("seed below", "{\"seed\": -1}", {"seed is -1", "from 0"});
  row("seed above", "{\"seed\": 18446744073709551615}", {"seed is", "9007199254740991"});
  row("huge number", "{\"seed\": 1e999}", {"too large"});
  row("epochs huge", "{\"training\": {\"epochs\": 1e6}}", {"training.epochs is 1000000", "100000"});
  row("not utf-8", "{\"data\": {\"source\": \"\xff\"}}", {"not valid JSON"});
  row("bytes after", "{} x", {"not valid JSON"});
  row("deep arrays", QByteArray(100'000, '['), {"nested deeper"});
  QByteArray deep;
  for (int i = 0; i < 100'000; ++i)
    deep += "{\"spiking\":";
  row("deep objects", deep, {"nested deeper"});
}

void TestJson::bad() {
  QFETCH(QByteArray, text);
  QFETCH(QStringList, parts);
  try {
    parse_experiment(text.toStdString(), "bad.json");
    QFAIL("accepted");
  } catch (const Error &error) {
    QVERIFY(error.code() == ExitCode::usage);
    const QString sentence = error.what();
    QVERIFY2(sentence.startsWith("bad.json: ") && (sentence.endsWith('.') || sentence.endsWith('?')) &&
                 !sentence.contains('\n'),
             error.what());
    QVERIFY2(sentence.size() < 300, error.what());
    for (const QString &part : parts)
      QVERIFY2(sentence.contains(part), error.what());
  }
}

void TestJson::log_round_trips() {
  const std::vector<LoggedChange> log = {
      {5, 0, {{"model.fusion_ratio", 0.1}, {"spiking.neuron.reset", std::string("zero")}}},
      {1880, 10, {{"training.epochs", 20LL}, {"training.train_spiking", false}}}};
  std::string text;
  for (const LoggedChange &change : log)
    text += to_json_line(change);
  QCOMPARE(std::count(text.begin(), text.end(), '\n'), 2);
  QCOMPARE(parse_log(text, "log"), log);
  QVERIFY(parse_log("", "log").empty());
  QCOMPARE(parse_log("{\"step\": 3, \"set\": {\"training.epochs\": 2}}", "log")[0].epochs, 0);
}

void TestJson::bad_log() {
  for (const char *text : {"{}\n", "x", "{\"step\":-1,\"epochs\":0,\"set\":{}}",
                           "{\"step\":1,\"epochs\":0,\"set\":{\"training.epochs\":-1}}",
                           "{\"step\":1,\"epochs\":0,\"set\":{\"nothing\":1}}",
                           "{\"step\":1,\"epochs\":0,\"set\":{\"training.epochs\":null}}"}) {
    try {
      parse_log(text, "commands.jsonl");
      QFAIL(text);
    } catch (const Error &error) {
      QVERIFY2(QString(error.what()).startsWith("commands.jsonl line 1"), error.what());
    }
  }
}

void TestJson::metrics_round_trip() {
  RunRecord record;
  record.rows = {{1, 0.1, 123456.789, 1.0 / 3, 0.25, 2.5e-7, 0.9, 0.8, 0.7, {}, {}},
                 {2, 0.2, 1e9, 0.5, 0.5, 0.5, 0.5, {}, 0.25, {}, {}}};
  const std::string text = metrics_csv(record);
  QCOMPARE(text.substr(0, text.find('\n')),
           std::string("epoch,seconds,images_per_second,train_loss,train_accuracy,test_loss,test_accuracy,"
                       "test_accuracy_spiking,test_accuracy_quantum"));
  QVERIFY(text.find("0.5,,0.25\n") != std::string::npos);
  RunRecord back;
  back.rows = parse_metrics(text, "m");
  QCOMPARE(metrics_csv(back), text);
  QCOMPARE(back.rows[0].train_loss, 1.0 / 3);
  record.start.data.validation = 0.1;
  record.rows[0].validation_loss = 0.3;
  record.rows[0].validation_accuracy = 0.9;
  back.start = record.start;
  back.rows = parse_metrics(metrics_csv(record), "m");
  QVERIFY(metrics_csv(record).find("test_accuracy_quantum,validation_loss,validation_accuracy\n") !=
          std::string::npos);
  QCOMPARE(metrics_csv(back), metrics_csv(record));
}

void TestJson::bad_metrics() {
  const std::string header = metrics_csv(RunRecord());
  for (const std::string &text : {std::string("epoch\n"), header + "1,2\n", header + "1,2,3,4,5,6,7,8,x\n",
                                  header + "a,2,3,4,5,6,7,8,9\n"})
    try {
      parse_metrics(text, "metrics.csv");
      QFAIL(text.c_str());
    } catch (const Error &error) {
      QVERIFY(error.code() == ExitCode::data);
      QVERIFY2(QString(error.what()).contains("metrics.csv"), error.what());
    }
}

void TestJson::summary_without_epochs_has_nulls() {
  const QString text = QString::fromStdString(summary_json(RunRecord()));
  for (const char *key : {"images_per_second", "train_loss", "train_accuracy", "test_loss", "test_accuracy",
                          "test_accuracy_spiking", "test_accuracy_quantum"})
    QVERIFY2(text.contains(QString("\"%1\": null").arg(key)), key);
  QVERIFY(text.contains("\"data\": \"mnist-mini\"") && text.contains("\"seed\": 1"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "test_json.moc"
