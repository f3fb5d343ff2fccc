// Every setting that may change while training: changed, saved, gone on with, it is what it was.
#include "engine/experiment/build.h"
#include "engine/experiment/describe.h"
#include "engine/session/training_run.h"
#include "tests/support/small_experiments.h"
#include <QTemporaryDir>
#include <QtTest/QTest>
#include <cmath>

using namespace duet;

namespace {

/// Another value of the field that a run may take on; none where there is no other.
std::optional<Experiment> with_another(const Experiment &start, const Field &field) {
  std::vector<Value> candidates;
  if (field.kind == Field::Kind::boolean)
    candidates = {!std::get<bool>(get(start, field.path))};
  for (const std::string &choice : field.choices)
    candidates.emplace_back(choice);
  if (field.kind == Field::Kind::integer || field.kind == Field::Kind::real)
    for (const double share : {0.37, 0.73, 0.011, 0.98}) {
      const double from = std::max(field.min, -1e3), to = std::min(field.max, 1e3);
      const double value = from + share * (std::min(to, 60.0) - from);
      candidates.emplace_back(field.kind == Field::Kind::real ? value : std::round(value));
    }
  for (const Value &value : candidates) {
    Experiment changed = start;
    if (!set(changed, field.path, value) && changed != start && check(changed).empty())
      return changed;
  }
  return std::nullopt;
}

TrainingRun run_of(const Experiment &e) {
  static const auto dataset = std::make_shared<const Dataset>(load_dataset(e.data, e.seed));
  return TrainingRun(e, dataset, std::make_shared<const Workers>(1));
}

bool same_plan(const Trainer &a, const Trainer &b) {
  return a.plan().architecture == b.plan().architecture && a.plan().training == b.plan().training &&
         a.plan().data == b.plan().data;
}

} // namespace

class TestLiveSettings : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void everyLiveChangeOutlivesASave_data() {
    QTest::addColumn<QString>("path");
    for (const Field &field : fields())
      if (field.effect == Effect::next_batch)
        QTest::newRow(field.path.c_str()) << QString::fromStdString(field.path);
  }
  void everyLiveChangeOutlivesASave() {
    QFETCH(QString, path);
    const Field &field = *find_field(path.toStdString());
    const Experiment start = tiny();
    const auto changed = with_another(start, field);
    QVERIFY2(changed, "no other value found");
    TrainingRun run = run_of(start);
    run.advance();
    run.change(*changed);
    QCOMPARE(run.experiment(), *changed);
    QVERIFY(same_plan(run.trainer(), run_of(*changed).trainer())); // and it is in force
    QTemporaryDir folder;
    write_run(folder.path().toStdString(), run.record());
    const RunRecord record = read_run(folder.path().toStdString());
    QCOMPARE(record.start, start);
    QCOMPARE(current_experiment(record), *changed);
    TrainingRun resumed(record, run.dataset(), std::make_shared<const Workers>(1));
    QCOMPARE(resumed.experiment(), *changed);
    QVERIFY(same_plan(resumed.trainer(), run.trainer()));
    for (int step = 0; step < 2; ++step)
      QCOMPARE(resumed.advance(), run.advance());
    QCOMPARE(resumed.trainer().checkpoint().metadata, run.trainer().checkpoint().metadata);
    QCOMPARE(signature_of(resumed.trainer().checkpoint()), signature_of(run.trainer().checkpoint()));
  }

  void theCheckpointKnowsTheSettingsItBelongsTo() {
    TrainingRun run = run_of(tiny());
    run.advance();
    Experiment changed = tiny();
    changed.training.learning_rate = 0.005;
    run.change(changed);
    RunRecord record = run.record();
    QTemporaryDir folder;
    record.changes[0].settings[0].second = 0.5; // as if commands.jsonl had been edited
    write_run(folder.path().toStdString(), record);
    const QString file = folder.path() + "/commands.jsonl";
    QFile log(file);
    QVERIFY(log.open(QIODevice::ReadWrite));
    const QByteArray edited = log.readAll().replace("0.5", "0.7");
    log.resize(0);
    log.write(edited);
    log.close();
    try {
      read_run(folder.path().toStdString());
      QFAIL("accepted");
    } catch (const Error &error) {
      QVERIFY(error.code() == ExitCode::data);
      QVERIFY2(QString(error.what()).contains(file), error.what());
    }
  }
};

QTEST_APPLESS_MAIN(TestLiveSettings)
#include "test_live_settings.moc"
