// duet-cli from outside: every command and exit code, as a child process.
#include "engine/experiment/draft.h"
#include "engine/session/session.h"
#include "engine/session/training_run.h"
#include "tests/engine/cli/child_process.h"
#include <csignal>

class TestCli : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase();
  void init();
  void help_everywhere();
  void presets_and_check();
  void bad_usage_data();
  void bad_usage();
  void train_writes_a_run_folder();
  void epochs_zero_writes_the_initial_weights();
  void json_is_alone_on_stdout();
  void set_swallows_nothing();
  void steps_then_resume_gives_the_same_bits();
  void resume_of_a_finished_run_leaves_it();
  void resume_refuses();
  void replay_repeats();
  void window_run_replays_and_resumes();
  void replay_stops_before_an_evaluation_too();
  void replay_needs_no_more_than_the_recipe();
  void numbers_gone_wrong_are_2();
  void interrupt_saves();
  void default_folder();
  void existing_run_is_refused();
  void unwritable_folder_is_4();
  void missing_data_is_3();
  void validation_columns();
  void full_disk_on_stdout_is_4();

private:
  Outcome run(const QStringList &arguments) { return sandbox_->run(arguments); }
  Outcome train(const QStringList &more, const QString &name) { return sandbox_->train(more, name); }
  QString path(const QString &name) const { return sandbox_->path(name); }
  std::unique_ptr<Sandbox> sandbox_;
};

void TestCli::initTestCase() { QVERIFY2(QFileInfo(program()).isExecutable(), qPrintable(program())); }
void TestCli::init() { sandbox_ = std::make_unique<Sandbox>(); }

void TestCli::help_everywhere() {
  const Outcome all = run({"--help"});
  QCOMPARE(all.code, 0);
  for (const char *command :
       {"train", "evaluate", "circuit", "spikes", "data", "presets", "check", "bench"}) {
    QVERIFY2(all.out.contains(command), command);
    const Outcome help = run({command, "--help"});
    QCOMPARE(help.code, 0);
    QVERIFY2(help.out.size() > 50 && help.err.isEmpty(), command);
  }
  const QByteArray train_help = run({"train", "--help"}).out;
  for (const char *part : {"spiking.neuron.tau_ms = 10 ms", "whole numbers from 1 to 12",
                           "strongly_entangling: ", "quantum.projection = []"})
    QVERIFY2(train_help.contains(part), part);
  const Outcome version = run({"--version"});
  QCOMPARE(version.code, 0);
  QVERIFY(version.out.startsWith("duet-cli 0."));
}

void TestCli::presets_and_check() {
  const Outcome list = run({"presets"});
  QCOMPARE(list.code, 0);
  for (const char *name : {"ppf", "spiking-only", "serial", "classical-twin", "paper", "paper-as-published",
                           "poisson", "fashion"}) {
    QVERIFY2(list.out.contains(QByteArray("\n") + name + " ") || list.out.startsWith(QByteArray(name) + " "),
             name);
    QCOMPARE(run({"check", name}).code, 0);
  }
  write(path("good.json"), R"({"quantum": {"qubits": 10, "input": "amplitude"}})");
  QCOMPARE(run({"check", "good.json"}).code, 0);
  write(path("bad.json"), R"({"quantum": {"qubits": 9, "input": "amplitude"}})");
  const Outcome bad = run({"check", "bad.json"});
  QCOMPARE(bad.code, 2);
  QVERIFY2(bad.err.contains("Qubits (quantum.qubits) is 9") && bad.err.contains("10"), bad.err);
}

void TestCli::bad_usage_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("part");
  const auto row = [](const char *name, const QStringList &arguments, const QByteArray &part) {
    QTest::newRow(name) << arguments << part;
  };
  row("nothing", {}, "no command");
  row("unknown command", {"dance"}, "dance");
  row("unknown option", {"train", "--fast"}, "--fast");
  row("unknown preset", {"train", "nonsense"}, "neither a file that is there nor a preset");
  row("two experiments", {"train", "ppf", "serial"}, "serial");
  row("set without value", {"train", "--set"}, "--set");
  row("set without equals", {"train", "--set", "training.epochs"}, "training.epochs");
  row("set unknown", {"train", "--set", "training.epoch=1"}, "training.epoch is not a setting");
  row("set range", {"train", "--set", "quantum.qubits=13"},
      "--set: Qubits (quantum.qubits) is \"13\"; allowed: whole numbers from 1 to 12");
  row("set type", {"train", "--set", "spiking.steps=ten"}, "Time steps (spiking.steps) is \"ten\"");
  row("contradiction", {"train", "--set", "model.kind=serial", "--set", "quantum.input=linear"},
      "needs spiking");
  row("epochs", {"train", "--epochs", "-1"}, "--epochs: Epochs (training.epochs) is \"-1\"");
  row("steps", {"train", "--steps", "few"}, "--steps is \"few\"");
  row("resume without out", {"train", "--resume"}, "--out");
  row("resume with set", {"train", "--resume", "--out", "x", "--set", "seed=2"}, "--set");
  row("resume with epochs", {"train", "--resume", "--out", "x", "--epochs", "2"}, "--epochs");
  row("resume nothing", {"train", "--resume", "--out", "x"}, "x is not a run folder");
  row("replay nothing", {"train", "--replay", "x", "--out", "y"}, "x is not a run folder");
  row("replay with set", {"train", "--replay", "x", "--out", "y", "--set", "seed=2"}, "--set");
  row("evaluate nothing", {"evaluate"}, "run");
  row("evaluate missing", {"evaluate", "x"}, "x is not a run folder");
  row("spikes missing", {"spikes", "x", "--image", "0"}, "x is not a run folder");
  row("spikes without image", {"spikes", "x"}, "--image");
  row("check missing", {"check", "x.json"}, "x.json");
  row("circuit missing", {"circuit", "x.qasm"}, "x.qasm");
  row("fetch unknown", {"data", "fetch", "letters"}, "letters");
}

void TestCli::bad_usage() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, part);
  const Outcome outcome = run(arguments);
  QVERIFY2(outcome.code == 2, outcome.err);
  QVERIFY2(outcome.err.contains(part), outcome.err);
  QVERIFY2(outcome.err.startsWith("duet-cli: ") && outcome.err.count('\n') == 1 && outcome.err.size() < 400,
           outcome.err);
  QVERIFY(outcome.out.isEmpty());
  QVERIFY2(!QDir(path("data")).exists() && !QDir(path("y")).exists(), "left something behind");
}

void TestCli::train_writes_a_run_folder() {
  const Outcome outcome = train({}, "run");
  QVERIFY2(outcome.code == 0, outcome.err);
  QVERIFY2(outcome.out.contains("test accuracy") && outcome.out.contains("signature"), outcome.out);
  QVERIFY2(outcome.err.contains("epoch 3/3") && !outcome.err.contains('\r'),
           outcome.err); // no terminal: plain lines
  QCOMPARE(QDir(path("run")).entryList(QDir::Files | QDir::Hidden, QDir::Name),
           (QStringList{"checkpoint.safetensors", "commands.jsonl", "experiment.json", "metrics.csv",
                        "model.safetensors", "summary.json"}));
  const auto rows = metrics_without_times(path("run"));
  QCOMPARE(rows.size(), 4);
  const QJsonObject summary = QJsonDocument::fromJson(read(path("run/summary.json"))).object();
  for (const char *key :
       {"epochs", "steps", "seconds", "images_per_second", "parameters", "train_loss", "train_accuracy",
        "test_loss", "test_accuracy", "test_accuracy_spiking", "test_accuracy_quantum", "seed"})
    QVERIFY2(summary[key].isDouble(), key);
  QCOMPARE(summary.size(), 14);
  QCOMPARE(summary["epochs"].toInt(), 3);
  QCOMPARE(summary["steps"].toInt(), 21);
  QCOMPARE(summary["data"].toString(), QString("mnist-mini"));
  QCOMPARE(summary["signature"].toString().size(), 16);
  QCOMPARE(QString::number(summary["test_accuracy"].toDouble()).toUtf8(),
           QByteArray::number(rows.last()[4].toDouble()));
  QCOMPARE(read(path("run/commands.jsonl")), QByteArray());
}

void TestCli::epochs_zero_writes_the_initial_weights() {
  QCOMPARE(train({"--epochs", "0"}, "a").code, 0);
  QCOMPARE(train({"--steps", "0"}, "b").code, 0);
  QCOMPARE(read(path("a/model.safetensors")), read(path("b/model.safetensors")));
  const QJsonObject summary = QJsonDocument::fromJson(read(path("a/summary.json"))).object();
  QVERIFY(summary["test_accuracy"].isNull() && summary["train_loss"].isNull() &&
          summary["steps"].toInt() == 0);
  QCOMPARE(metrics_without_times(path("a")).size(), 1);
}

void TestCli::json_is_alone_on_stdout() {
  const Outcome outcome = train({"--json"}, "run");
  QCOMPARE(outcome.code, 0);
  QCOMPARE(outcome.out, read(path("run/summary.json")));
}

void TestCli::set_swallows_nothing() {
  write(path("mine.json"), R"({"seed": 5})");
  const Outcome outcome = run(QStringList{"train"} + tiny +
                              QStringList{"--epochs", "0", "mine.json", "--json", "--out", path("run")});
  QVERIFY2(outcome.code == 0, outcome.err);
  QVERIFY(outcome.out.contains("\"seed\": 5"));
}

void TestCli::steps_then_resume_gives_the_same_bits() {
  QCOMPARE(train({"--set", "training.threads=1"}, "whole").code, 0);
  QCOMPARE(train({"--set", "training.threads=2", "--steps", "9"}, "part").code, 0);
  QCOMPARE(QJsonDocument::fromJson(read(path("part/summary.json"))).object()["steps"].toInt(), 9);
  const QByteArray early = read(path("part/metrics.csv"));
  QCOMPARE(run({"train", "--resume", "--out", path("part"), "--steps", "4"}).code, 0);
  const Outcome rest = run({"train", "--resume", "--out", path("part"), "--json"});
  QVERIFY2(rest.code == 0, rest.err);
  QCOMPARE(rest.out, read(path("part/summary.json")));
  for (const char *file : {"/model.safetensors", "/checkpoint.safetensors"})
    QVERIFY2(read(path("part") + file) == read(path("whole") + file), file);
  QCOMPARE(metrics_without_times(path("part")), metrics_without_times(path("whole")));
  QVERIFY(read(path("part/metrics.csv")).startsWith(early)); // rows of before stay as they are, times too
}

void TestCli::resume_of_a_finished_run_leaves_it() {
  QCOMPARE(train({}, "run").code, 0);
  QMap<QString, QByteArray> before;
  for (const QString &name : QDir(path("run")).entryList(QDir::Files))
    before[name] = read(path("run/") + name);
  const Outcome again = run({"train", "--resume", "--out", path("run"), "--json"});
  QCOMPARE(again.code, 0);
  QCOMPARE(again.out, before["summary.json"]);
  for (const QString &name : QDir(path("run")).entryList(QDir::Files))
    QVERIFY2(before[name] == read(path("run/") + name), qPrintable(name));
}

void TestCli::resume_refuses() {
  QCOMPARE(train({"--steps", "5"}, "a").code, 0);
  QCOMPARE(train({"--steps", "5", "--set", "seed=2"}, "b").code, 0);
  const QByteArray own = read(path("a/checkpoint.safetensors"));
  write(path("a/checkpoint.safetensors"), read(path("b/checkpoint.safetensors")));
  const Outcome foreign = run({"train", "--resume", "--out", path("a")});
  QCOMPARE(foreign.code, 2);
  QVERIFY2(foreign.err.contains("another experiment"), foreign.err);
  write(path("a/checkpoint.safetensors"), own.left(own.size() / 2));
  QCOMPARE(run({"train", "--resume", "--out", path("a")}).code, 3);
  QFile::remove(path("a/checkpoint.safetensors"));
  QCOMPARE(run({"train", "--resume", "--out", path("a")}).code, 2);
}

/// A run that stopped in the middle ends at the same step again.
void TestCli::replay_repeats() {
  QCOMPARE(train({"--steps", "12"}, "plain").code, 0);
  const Outcome same = run({"train", "--replay", path("plain"), "--out", path("again")});
  QVERIFY2(same.code == 0, same.err);
  for (const char *file :
       {"/model.safetensors", "/checkpoint.safetensors", "/experiment.json", "/commands.jsonl"})
    QVERIFY2(read(path("again") + file) == read(path("plain") + file), file);
  QCOMPARE(QJsonDocument::fromJson(read(path("again/summary.json"))).object()["steps"].toInt(), 12);
  QCOMPARE(run({"train", "--replay", path("plain"), "--out", path("again")}).code, 2);
}

/// A run made in a session, with live changes between and at the end of epochs.
void TestCli::window_run_replays_and_resumes() {
  const std::filesystem::path folder = path("window").toStdString();
  duet::Draft draft;
  for (const QString &option : tiny)
    if (option != "--set")
      draft.give_text(option.toStdString());
  duet::Experiment e = draft.resolve();
  duet::Session session(false);
  std::shared_ptr<const duet::SessionView> view;
  const auto until = [&](auto wanted) {
    return QTest::qWaitFor(
        [&] {
          if (auto next = session.try_take())
            view = next;
          return view && wanted(*view);
        },
        20'000);
  };
  const auto step_to = [&](std::uint64_t step) {
    session.send(duet::StepBatches{static_cast<int>(step - view->training.step)});
    return until([&](const duet::SessionView &v) {
      return v.training.step == step && v.phase == duet::Phase::paused;
    });
  };
  session.send(duet::Restart{e});
  QVERIFY(until([](const duet::SessionView &v) { return v.phase == duet::Phase::ready; }));
  session.send(duet::Probe{5});
  QVERIFY(step_to(4));
  e.training.learning_rate = 0.004;
  e.spiking.neuron.surrogate = duet::Surrogate::atan;
  e.spiking.neuron.slope = 2;
  session.send(duet::Change{e});
  QVERIFY(step_to(7));
  e.training.train_spiking = false;
  e.training.epochs = 4;
  session.send(duet::Change{e});
  QVERIFY(step_to(16));
  session.send(duet::Save{folder});
  QVERIFY(until([](const duet::SessionView &v) { return v.saved; }));
  QCOMPARE(read(path("window/commands.jsonl")).count('\n'), 2);

  const Outcome replay = run({"train", "--replay", path("window"), "--out", path("again"), "--json"});
  QVERIFY2(replay.code == 0, replay.err);
  for (const char *file :
       {"/model.safetensors", "/checkpoint.safetensors", "/commands.jsonl", "/experiment.json"})
    QVERIFY2(read(path("again") + file) == read(path("window") + file), file);
  QCOMPARE(metrics_without_times(path("again")), metrics_without_times(path("window")));

  QCOMPARE(run({"train", "--resume", "--out", path("again")}).code, 0);
  QCOMPARE(QJsonDocument::fromJson(read(path("again/summary.json"))).object()["epochs"].toInt(),
           4); // as planned live
  session.send(duet::Run{});
  QVERIFY(until([](const duet::SessionView &v) { return v.phase == duet::Phase::finished; }));
  session.send(duet::Save{folder});
  QVERIFY(until([](const duet::SessionView &v) { return v.saved; }));
  QCOMPARE(read(path("again/model.safetensors")), read(path("window/model.safetensors")));
  // Stopped before the second change was due, and gone on with.
  QCOMPARE(run({"train", "--replay", path("window"), "--out", path("stopped"), "--steps", "5"}).code, 0);
  QCOMPARE(run({"train", "--resume", "--out", path("stopped")}).code, 0);
  QCOMPARE(read(path("stopped/model.safetensors")), read(path("window/model.safetensors")));
  QCOMPARE(read(path("stopped/checkpoint.safetensors")), read(path("again/checkpoint.safetensors")));
  const QByteArray own = run({"evaluate", path("window"), "--json"}).out;
  QCOMPARE(QJsonDocument::fromJson(own).object()["results"].toArray()[0].toObject()["accuracy"].toDouble(),
           metrics_without_times(path("window")).last()[4].toDouble());
}

void TestCli::replay_stops_before_an_evaluation_too() {
  duet::Draft draft;
  for (const QString &option : tiny)
    if (option != "--set")
      draft.give_text(option.toStdString());
  const duet::Experiment e = draft.resolve();
  duet::TrainingRun paused(e, std::make_shared<const duet::Dataset>(duet::load_dataset(e.data, e.seed)),
                           std::make_shared<const duet::Workers>(1));
  while (!paused.epoch_due())
    paused.advance();
  QVERIFY(QDir().mkdir(path("due")));
  duet::write_run(path("due").toStdString(), paused.record());
  QCOMPARE(run({"train", "--replay", path("due"), "--out", path("again")}).code, 0);
  QCOMPARE(read(path("again/checkpoint.safetensors")), read(path("due/checkpoint.safetensors")));
  QCOMPARE(metrics_without_times(path("again")).size(), 1);
  QCOMPARE(run({"train", "--resume", "--out", path("again")}).code, 0);
  QCOMPARE(train({}, "whole").code, 0);
  QCOMPARE(read(path("again/checkpoint.safetensors")), read(path("whole/checkpoint.safetensors")));
}

void TestCli::replay_needs_no_more_than_the_recipe() {
  QCOMPARE(train({"--set", "training.learning_rate=0.01"}, "fast").code, 0);
  QVERIFY(QDir().mkdir(path("recipe")));
  QCOMPARE(train({}, "slow").code, 0);
  QVERIFY(QFile::copy(path("slow/experiment.json"), path("recipe/experiment.json")));
  write(path("recipe/commands.jsonl"), "{\"step\": 0, \"set\": {\"training.learning_rate\": 0.01}}\n");
  QCOMPARE(run({"train", "--replay", path("recipe"), "--out", path("again")}).code, 0);
  QCOMPARE(read(path("again/model.safetensors")), read(path("fast/model.safetensors")));
  write(path("recipe/commands.jsonl"), "{\"step\": 0, \"set\": {\"training.learning_rate\": -1}}\n");
  const Outcome bad = run({"train", "--replay", path("recipe"), "--out", path("bad")});
  QCOMPARE(bad.code, 2);
  QVERIFY2(bad.err.contains("commands.jsonl line 1") && bad.err.contains("(training.learning_rate) is -1"),
           bad.err);
}

void TestCli::numbers_gone_wrong_are_2() {
  const Outcome outcome = train({"--set", "training.optimizer=sgd", "--set", "training.learning_rate=100",
                                 "--set", "training.schedule=step", "--set", "training.step_epochs=1",
                                 "--set", "training.step_factor=10", "--epochs", "60"},
                                "run");
  QCOMPARE(outcome.code, 2);
  QVERIFY2(outcome.err.contains("training.learning_rate"), outcome.err);
  QCOMPARE(run({"evaluate", path("run")}).code, 0); // the last good state is there
}

void TestCli::interrupt_saves() {
  QProcess process;
  process.start(program(),
                QStringList{"train"} + tiny + QStringList{"--epochs", "100000", "--out", path("run")});
  QVERIFY(process.waitForStarted());
  process.setReadChannel(QProcess::StandardError);
  QByteArray err;
  while (!err.contains("epoch 2/")) {
    QVERIFY(process.bytesAvailable() > 0 || process.waitForReadyRead(30'000));
    err += process.readAllStandardError();
  }
  ::kill(static_cast<pid_t>(process.processId()), SIGINT);
  QVERIFY(process.waitForFinished(10'000));
  QVERIFY(process.exitStatus() == QProcess::NormalExit);
  QCOMPARE(process.exitCode(), 130);
  QVERIFY(process.readAllStandardError().contains("--resume"));
  const int steps = QJsonDocument::fromJson(read(path("run/summary.json"))).object()["steps"].toInt();
  QVERIFY(steps >= 14);
  QCOMPARE(run({"train", "--resume", "--out", path("run"), "--steps", "10"}).code, 0);
  QCOMPARE(train({"--epochs", "100000", "--steps", QString::number(steps + 10)}, "whole").code, 0);
  QCOMPARE(read(path("run/model.safetensors")), read(path("whole/model.safetensors")));
  QCOMPARE(metrics_without_times(path("run")), metrics_without_times(path("whole")));
}

void TestCli::default_folder() {
  QCOMPARE(run(QStringList{"train"} + tiny + QStringList{"--epochs", "0"}).code, 0);
  QCOMPARE(run(QStringList{"train"} + tiny + QStringList{"--epochs", "0"}).code, 0);
  const QStringList made = QDir(path("data/duet/runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
  QCOMPARE(made.size(), 2);
  for (const QString &name : made)
    QVERIFY2(name.startsWith("20") && name.contains("-parallel-seed1"), qPrintable(name));
}

void TestCli::existing_run_is_refused() {
  QCOMPARE(train({"--epochs", "0"}, "run").code, 0);
  const QByteArray before = read(path("run/experiment.json"));
  const Outcome again = train({"--set", "seed=2"}, "run");
  QCOMPARE(again.code, 2);
  QVERIFY2(again.err.contains("already holds a run"), again.err);
  const Outcome folder = run({"train", path("run")});
  QVERIFY2(folder.code == 2 && folder.err.contains("--resume"), folder.err);
  QCOMPARE(read(path("run/experiment.json")), before);
}

void TestCli::unwritable_folder_is_4() {
  write(path("file"), "mine");
  const Outcome outcome = train({}, "file/run");
  QCOMPARE(outcome.code, 4);
  QVERIFY2(outcome.err.contains("file/run") && outcome.err.count('\n') == 1, outcome.err);
  QCOMPARE(train({}, "../../../../../../proc/run").code, 4);
}

void TestCli::missing_data_is_3() {
  QCOMPARE(train({"--set", "data.source=kmnist"}, "run").code, 3);
  QCOMPARE(train({"--set", "data.source=" + path("nowhere")}, "run").code, 3);
  QVERIFY(!QDir(path("run")).exists());
}

void TestCli::validation_columns() {
  QCOMPARE(train({"--set", "data.validation=0.2"}, "run").code, 0);
  const auto rows = metrics_without_times(path("run"));
  QCOMPARE(rows[0].mid(7), (QByteArrayList{"validation_loss", "validation_accuracy"}));
  QVERIFY(rows[3][7].toDouble() > 0 && rows[3][8].toDouble() > 0);
  QVERIFY(QJsonDocument::fromJson(read(path("run/summary.json"))).object()["steps"].toInt() <
          21); // fewer images to train on
}

void TestCli::full_disk_on_stdout_is_4() {
  QProcess process;
  process.setStandardOutputFile("/dev/full");
  process.start(program(), {"presets"});
  QVERIFY(process.waitForFinished(10'000));
  QCOMPARE(process.exitCode(), 4);
}

QTEST_APPLESS_MAIN(TestCli)
#include "test_cli.moc"
