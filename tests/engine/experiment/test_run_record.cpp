// Numbers in a run's files that no run can have written.
#include "engine/experiment/run_record.h"
#include "engine/io/files.h"
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace duet;

class TestRunRecord : public QObject {
  Q_OBJECT
  static inline const std::string header =
      "epoch,seconds,images_per_second,train_loss,train_accuracy,test_loss,test_accuracy,"
      "test_accuracy_spiking,test_accuracy_quantum\n";

private Q_SLOTS:
  void rowsReadBack() {
    RunRecord record;
    record.rows = {{1, 0.5, 1234.5, 2.25, 0.125, 2.1, 0.25, 0.3, std::nullopt, {}, {}},
                   {2, 0.1, 1e6, 1e-9, 1, 0, 0, std::nullopt, 0.1, {}, {}}};
    const std::string text = metrics_csv(record);
    record.rows = parse_metrics(text, "metrics.csv");
    QCOMPARE(metrics_csv(record), text);
    record.start.data.validation = 0.5;
    record.rows[0].validation_loss = 0.75, record.rows[0].validation_accuracy = 0.5;
    const std::string validated = metrics_csv(record);
    record.rows = parse_metrics(validated, "metrics.csv");
    QCOMPARE(metrics_csv(record), validated);
  }

  void absurdRows_data() {
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *text, const char *says) {
      QTest::newRow(name) << text << says;
    };
    row("nan", "1,1,1,nan,0.5,1,0.5,,", "\"nan\"");
    row("infinity", "1,1,1,1,0.5,inf,0.5,,", "\"inf\"");
    row("too large", "1,1,1,1e999,0.5,1,0.5,,", "\"1e999\"");
    row("accuracy above one", "1,1,1,1,0.5,1,7,,", "\"7\"");
    row("accuracy below zero", "1,1,1,1,0.5,1,0.5,-0.1,", "\"-0.1\"");
    row("no accuracy", "1,1,1,1,,1,0.5,,", "empty");
    row("no loss", "1,1,1,,0.5,1,0.5,,", "\"\"");
    row("epoch 0", "0,1,1,1,0.5,1,0.5,,", "epoch is 0");
    row("half an epoch", "1.5,1,1,1,0.5,1,0.5,,", "epoch is 1.5");
    row("endless epochs", "1e300,1,1,1,0.5,1,0.5,,", "epoch is 1e+300");
    row("text", "1,1,1,good,0.5,1,0.5,,", "\"good\"");
    row("columns", "1,1,1", "3 columns");
  }
  void absurdRows() {
    QFETCH(QString, row);
    QFETCH(QString, says);
    try {
      parse_metrics(header + "1,1,1,1,0.5,1,0.5,,\n" + row.toStdString() + "\n", "metrics.csv");
      QFAIL("accepted");
    } catch (const Error &error) {
      QVERIFY(error.code() == ExitCode::data);
      const QString text = error.what();
      QVERIFY2(text.contains("metrics.csv line 3") && text.contains(says), error.what());
    }
  }

  void absurdSummaries_data() {
    QTest::addColumn<QString>("json");
    QTest::newRow("nan") << R"({"seconds": nan, "steps": 1, "epochs": 1})";
    QTest::newRow("null") << R"({"seconds": null, "steps": 1, "epochs": 1})";
    QTest::newRow("negative") << R"({"seconds": 1, "steps": -1, "epochs": 1})";
    QTest::newRow("endless") << R"({"seconds": 1, "steps": 1e300, "epochs": 1})";
    QTest::newRow("text") << R"({"seconds": 1, "steps": 1, "epochs": "1"})";
    QTest::newRow("missing") << R"({"seconds": 1, "epochs": 1})";
    QTest::newRow("list") << "[1]";
    QTest::newRow("nothing") << "";
  }
  void absurdSummaries() {
    QFETCH(QString, json);
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    write_file(path / "experiment.json", to_json(Experiment{}));
    write_file(path / "summary.json",
               R"({"seconds": 1.5, "steps": 7, "epochs": 2, "images_per_second": 10})");
    QCOMPARE(read_recipe(path).steps, std::uint64_t{7});
    QCOMPARE(read_recipe(path).images, std::uint64_t{15});
    write_file(path / "summary.json", json.toStdString());
    try {
      read_recipe(path);
      QFAIL("accepted");
    } catch (const Error &error) {
      QVERIFY(error.code() == ExitCode::data);
      QVERIFY2(QString(error.what()).contains("summary.json"), error.what());
    }
  }
};

QTEST_APPLESS_MAIN(TestRunRecord)
#include "test_run_record.moc"
