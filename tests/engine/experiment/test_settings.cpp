// Every setting: get, set, range, text, JSON, and what holds between settings.
#include "engine/experiment/build.h"
#include "engine/experiment/choices.h"
#include "engine/experiment/draft.h"
#include "engine/experiment/json.h"
#include "engine/experiment/presets.h"
#include <QtTest/QTest>
#include <set>

using namespace duet;

namespace {

/// Values at both ends of what is allowed and one in between, different from the default.
std::vector<Value> good_values(const Field &field) {
  const double step = field.kind == Field::Kind::integer ? 1 : 1e-3;
  const double low = field.min_excluded ? field.min + step : field.min,
               high = field.max_excluded ? field.max - step : field.max;
  switch (field.kind) {
  case Field::Kind::boolean:
    return {true, false};
  case Field::Kind::integer:
    return {static_cast<long long>(low), static_cast<long long>(high), static_cast<long long>(low) + 1};
  case Field::Kind::real:
    return {low, high, low + (high - low) / 3};
  case Field::Kind::text:
    return {std::string("a folder/with \"quotes\"\n and Umlauts \xc3\xa4"), std::string()};
  case Field::Kind::list: {
    const std::vector<int> one{static_cast<int>(high)};
    return {one, std::vector<int>(static_cast<std::size_t>(field.max_entries), static_cast<int>(low))};
  }
  case Field::Kind::choice:
    return {field.choices.begin(), field.choices.end()};
  }
  return {};
}

std::vector<Value> bad_values(const Field &field) {
  switch (field.kind) {
  case Field::Kind::boolean:
    return {1LL, std::string("yes"), 0.0};
  case Field::Kind::integer:
    return {static_cast<long long>(field.min) - 1, static_cast<long long>(field.max) + 1, field.min + 0.5,
            std::string("1"), true};
  case Field::Kind::real:
    return {field.min_excluded ? field.min : field.min - 0.001,
            field.max_excluded ? field.max : field.max * 1.001 + 0.001,
            std::numeric_limits<double>::quiet_NaN(),
            std::numeric_limits<double>::infinity(),
            std::string("1"),
            false};
  case Field::Kind::text:
    return {1LL, std::string("\xff\xfe"), std::string("\xc0\x80")};
  case Field::Kind::list:
    return {
        std::vector<int>{static_cast<int>(field.min) - 1}, std::vector<int>{static_cast<int>(field.max) + 1},
        std::vector<int>(static_cast<std::size_t>(field.max_entries) + 1, static_cast<int>(field.min)), 3LL};
  case Field::Kind::choice:
    return {std::string("nothing"), 0LL, std::string()};
  }
  return {};
}

} // namespace

class TestSettings : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void every_field_explains_itself();
  void every_good_value_round_trips();
  void every_bad_value_is_refused();
  void choices_have_words();
  void what_has_no_meaning_does_not_apply();
  void text_is_read_as_written();
  void paths_become_names();
  void a_decimal_comma_is_explained();
  void unknown_paths_are_named();
  void defaults_follow_the_kind();
  void defaults_follow_in_the_window();
  void presets_are_valid();
  void difference_and_effect();
  void contradictions_data();
  void contradictions();
  void image_size_is_checked();
};

void TestSettings::every_field_explains_itself() {
  std::set<std::string> paths;
  QCOMPARE(fields().size(), std::size_t{48});
  for (const Field &field : fields()) {
    QVERIFY2(paths.insert(field.path).second, field.path.c_str());
    QVERIFY2(!field.label.empty() && field.help.ends_with('.'), field.path.c_str());
    QVERIFY2(field.max > field.min, field.path.c_str());
    QVERIFY2(field.soft_min == field.soft_max || (field.soft_min >= field.min && field.soft_max <= field.max),
             field.path.c_str());
    QVERIFY2(!field.logarithmic || field.soft_min > 0, field.path.c_str());
    QCOMPARE(field.choices.size(), field.choice_help.size());
    for (const std::string &help : field.choice_help)
      QVERIFY2(help.ends_with('.'), help.c_str());
    QVERIFY2(!set_text(*std::make_unique<Experiment>(), field.path, to_text(get(Experiment(), field.path))),
             field.path.c_str());
  }
}

void TestSettings::choices_have_words() {
  const auto words = [](const char *path, const char *name) -> std::string {
    const Field &field = *find_field(path);
    const auto found = std::ranges::find(field.choices, name);
    return found == field.choices.end()
               ? "no such choice"
               : field.choice_labels.at(static_cast<std::size_t>(found - field.choices.begin()));
  };
  QCOMPARE(words("data.noise.kind", "salt_pepper"), std::string("salt and pepper"));
  QCOMPARE(words("data.noise.kind", "uniform"), std::string("uniform")); // its name is a word
  QCOMPARE(words("spiking.neuron.kind", "lif"), std::string("LIF"));
  QCOMPARE(words("model.kind", "serial"), std::string("in series"));
}

void TestSettings::what_has_no_meaning_does_not_apply() {
  Experiment e;
  const auto applies = [&](const char *path) { return find_field(path)->applies(e); };
  QVERIFY(applies("spiking.neuron.slope"));
  e.spiking.neuron.surrogate = Surrogate::straight_through;
  QVERIFY(!applies("spiking.neuron.slope"));
  QVERIFY(applies("spiking.neuron.threshold") && applies("spiking.neuron.tau_ms"));
  e.spiking.neuron.kind = NeuronKind::integrate_and_fire;
  QVERIFY(applies("spiking.neuron.threshold") && !applies("spiking.neuron.tau_ms"));
  e.spiking.neuron.kind = NeuronKind::rate;
  QVERIFY(!applies("spiking.neuron.threshold") && !applies("spiking.neuron.surrogate"));
  QVERIFY(!applies("data.noise.amount") && !applies("training.momentum"));
  e.data.noise.kind = NoiseKind::uniform;
  e.training.optimizer = Optimizer::sgd;
  QVERIFY(applies("data.noise.amount") && applies("training.momentum"));
  e.model.kind = ModelKind::spiking;
  QVERIFY(!applies("quantum.qubits") && !applies("model.fusion_ratio"));
}

void TestSettings::every_good_value_round_trips() {
  for (const Field &field : fields())
    for (const Value &value : good_values(field)) {
      Experiment experiment;
      const auto problem = set(experiment, field.path, value);
      QVERIFY2(!problem, problem ? problem->text.c_str() : "");
      QVERIFY2(get(experiment, field.path) == value, field.path.c_str());
      Experiment from_text;
      QVERIFY2(!set_text(from_text, field.path, to_text(value)), field.path.c_str());
      QVERIFY2(from_text == experiment, field.path.c_str());
      QVERIFY2(parse_experiment(to_json(experiment), "x") == experiment, field.path.c_str());
      QCOMPARE(to_json(parse_experiment(to_json(experiment), "x")), to_json(experiment));
    }
}

void TestSettings::every_bad_value_is_refused() {
  for (const Field &field : fields())
    for (const Value &value : bad_values(field)) {
      Experiment experiment;
      const auto problem = set(experiment, field.path, value);
      QVERIFY2(problem.has_value(), (field.path + " took " + to_text(value)).c_str());
      QVERIFY2(experiment == Experiment(), field.path.c_str());
      QCOMPARE(problem->path, field.path);
      QVERIFY2(problem->text.starts_with(field.path + " is "), problem->text.c_str());
      QVERIFY2(problem->text.find(allowed(field)) != std::string::npos, problem->text.c_str());
    }
}

void TestSettings::text_is_read_as_written() {
  Experiment e;
  QVERIFY(!set_text(e, "spiking.hidden", "64,32"));
  QCOMPARE(e.spiking.hidden, (std::vector<int>{64, 32}));
  QVERIFY(!set_text(e, "spiking.hidden", "[10, 20 ,30]"));
  QCOMPARE(e.spiking.hidden, (std::vector<int>{10, 20, 30}));
  QVERIFY(!set_text(e, "quantum.projection", "[]"));
  QVERIFY(!set_text(e, "training.epochs", "1e1"));
  QCOMPARE(e.training.epochs, 10);
  QVERIFY(!set_text(e, "training.learning_rate", "1e-3"));
  QVERIFY(!set_text(e, "training.learning_rate", "2,5e-3"));
  QCOMPARE(e.training.learning_rate, 0.0025);
  QVERIFY(!set_text(e, "model.fusion_ratio", "70 %"));
  QCOMPARE(e.model.fusion_ratio, 0.7);
  QVERIFY(!set_text(e, "data.train_limit", "1,000")); // a number of things
  QCOMPARE(e.data.train_limit, 1000);
  const auto doubtful = set_text(e, "spiking.neuron.tau_ms", "1,000");
  QVERIFY(doubtful && doubtful->text.find("two ways") != std::string::npos);
  QVERIFY(!set_text(e, "spiking.hidden", "128 64"));
  QCOMPARE(e.spiking.hidden, (std::vector<int>{128, 64})); // not 12864
  for (const char *bad : {"", "1,5,", "0.1x", "nan", "inf", "0x10", "50 %"})
    QVERIFY2(set_text(e, "training.epochs", bad).has_value(), bad);
  for (const char *bad : {"", "1,5,", "0.1x", "nan", "inf", "0x10"})
    QVERIFY2(set_text(e, "training.learning_rate", bad).has_value(), bad);
  for (const char *whole : {"[64.0]", "64.0", "6.4e1", "[ +64 ]", "0.64e2"}) {
    QVERIFY2(!set_text(e, "spiking.hidden", whole), whole);
    QCOMPARE(e.spiking.hidden, std::vector<int>{64});
  }
  for (const char *whole : {"1e3", "1000.0", "+1000", "1e+3"}) {
    QVERIFY2(!set_text(e, "training.batch", whole), whole);
    QCOMPARE(e.training.batch, 1000);
  }
  for (const char *bad : {"64.5", "1e-1", "1.000.000.", "1e300", "--1", "1e"}) {
    QVERIFY2(set_text(e, "training.batch", bad).has_value(), bad);
    QVERIFY2(set_text(e, "spiking.hidden", std::string("[") + bad + "]").has_value(), bad);
  }
  QVERIFY(!set_text(e, "seed", "9007199254740991")); // 2^53 - 1, to the last digit
  QCOMPARE(e.seed, std::uint64_t{9007199254740991});
  for (const char *bad : {"[1,", "1,,2", ",", "[1]]", "1;2", ""})
    QVERIFY2(set_text(e, "spiking.hidden", bad).has_value(), bad);
  for (const char *bad : {"1", "True", "yes", ""})
    QVERIFY2(set_text(e, "quantum.reupload", bad).has_value(), bad);
}

void TestSettings::paths_become_names() {
  const auto named = [](const std::string &sentence) {
    return rename_settings(sentence, [](const Field &field) { return field.label; });
  };
  Experiment e;
  QCOMPARE(named(set(e, "spiking.steps", 0LL)->text),
           std::string("Time steps is 0; allowed: whole numbers from 1 to 1000."));
  e.spiking.neuron.v_rest = 5;
  QCOMPARE(named(check(e).front().text),
           std::string("Resting potential is 5; it must lie below Threshold, which is 1."));
  QCOMPARE(named("seed is -1; the seed of a run"), std::string("Seed is -1; the seed of a run"));
  QCOMPARE(named("spiking.neuron.reset"), std::string("Reset"));
  // What only looks like a path stays, and what is quoted or to be typed.
  for (const char *other : {"a/quantum.circuit", "my.spiking.steps", "spiking.steps.bak", "spiking.steps_2",
                            "--set \"training.epochs\" has no value; write it so: training.epochs=5."})
    QCOMPARE(named(other), std::string(other));
}

/// Where a point is asked for, as on the command line.
void TestSettings::a_decimal_comma_is_explained() {
  Experiment e;
  const auto said = [&](const char *path, const char *text) {
    return QString::fromStdString(set_text(e, path, text, Notation::plain)->text);
  };
  for (const char *typed : {"0,5", "70 %", " 1", "1 000", "1'000", "\u22121"})
    QVERIFY2(set_text(e, "training.clip_norm", typed, Notation::plain).has_value(), typed);
  QCOMPARE(said("model.fusion_ratio", "0,5"), QString("model.fusion_ratio is \"0,5\"; write it with a "
                                                      "decimal point: 0.5; allowed: numbers from 0 to 1."));
  QVERIFY(said("training.learning_rate", "1,5e-3").contains("decimal point: 1.5e-3"));
  for (const char *other : {"0.5,1", "1,2,3", "a,b", "0,5 ", "half"})
    QVERIFY2(!said("model.fusion_ratio", other).contains("decimal"), other);
  QVERIFY(!said("training.batch", "1,000").contains("decimal")); // thousands, most likely
}

void TestSettings::unknown_paths_are_named() {
  Experiment e;
  const auto problem = set_text(e, "spiking.neurons", "3");
  QVERIFY(problem && problem->text.starts_with("spiking.neurons is not a setting"));
  QCOMPARE(set_text(e, "training.epoch", "3")->text,
           std::string("training.epoch is not a setting; did you mean training.epochs?"));
  QCOMPARE(set_text(e, "epochs", "3")->text,
           std::string("epochs is not a setting; did you mean training.epochs?"));
  QCOMPARE(set_text(e, "noise.knd", "3")->text,
           std::string("noise.knd is not a setting; did you mean data.noise.kind, model.kind or "
                       "spiking.neuron.kind?"));
  QCOMPARE(set_text(e, "tau", "3")->text,
           std::string("tau is not a setting; did you mean spiking.neuron.tau_ms?"));
  QCOMPARE(set_text(e, "xyzzy", "3")->text,
           std::string("xyzzy is not a setting; `duet-cli train --help` lists them all."));
  QVERIFY(set_text(e, "colour", "3")->text.find("--help") != std::string::npos);
  QVERIFY(!find_field("spiking"));
  QVERIFY_EXCEPTION_THROWN(get(e, "spiking"), Error);
}

void TestSettings::defaults_follow_the_kind() {
  const auto resolved = [](std::vector<std::string> given) {
    Draft draft;
    for (const std::string &text : given)
      draft.give_text(text);
    return draft.resolve();
  };
  QCOMPARE(resolved({}), Experiment());
  QCOMPARE(resolved({"spiking.neuron.kind=rate"}).spiking.dt_ms, 10.0);
  QCOMPARE(resolved({"spiking.dt_ms=1", "spiking.neuron.kind=rate"}).spiking.dt_ms, 1.0);
  QCOMPARE(resolved({"spiking.neuron.kind=if"}).spiking.dt_ms, 1.0);
  const std::pair<const char *, double> slopes[] = {
      {"fast_sigmoid", 25}, {"atan", 2}, {"sigmoid", 25}, {"triangular", 1}};
  for (const auto &[name, slope] : slopes)
    QCOMPARE(resolved({std::string("spiking.neuron.surrogate=") + name}).spiking.neuron.slope, slope);
  QCOMPARE(resolved({"spiking.neuron.slope=7", "spiking.neuron.surrogate=atan"}).spiking.neuron.slope, 7.0);
  // A preset's kind gives way with its default; a file's explicit value does not.
  Draft paper = draft_of(*find_preset("paper"));
  QCOMPARE(paper.resolve().spiking.dt_ms, 10.0);
  paper.give_text("spiking.neuron.kind=lif");
  QCOMPARE(paper.resolve().spiking.dt_ms, 1.0);
  Draft file = parse_draft(to_json(Experiment()), "x");
  file.give_text("spiking.neuron.kind=rate");
  QCOMPARE(file.resolve().spiking.dt_ms, 1.0);
}

void TestSettings::defaults_follow_in_the_window() {
  Experiment e;
  QVERIFY(!set_with_defaults(e, "spiking.neuron.surrogate", std::string("atan")));
  QCOMPARE(e.spiking.neuron.slope, 2.0);
  QVERIFY(!set_with_defaults(e, "spiking.neuron.kind", std::string("rate")));
  QCOMPARE(e.spiking.dt_ms, 10.0);
  QVERIFY(!set_with_defaults(e, "spiking.dt_ms", 3.0));
  QVERIFY(!set_with_defaults(e, "spiking.steps", 4LL));
  QCOMPARE(e.spiking.dt_ms, 3.0);
  const Experiment before = e;
  QVERIFY(set_with_defaults(e, "spiking.neuron.kind", std::string("x")).has_value());
  QCOMPARE(e, before);
}

void TestSettings::presets_are_valid() {
  const char *names[] = {"ppf",   "spiking-only",       "serial",  "classical-twin",
                         "paper", "paper-as-published", "poisson", "fashion"};
  QCOMPARE(presets().size(), std::size(names));
  for (const char *name : names) {
    const Preset *preset = find_preset(name);
    QVERIFY2(preset && preset->help.ends_with('.'), name);
    QVERIFY2(check(draft_of(*preset).resolve()).empty(), name);
  }
  QCOMPARE(draft_of(*find_preset("ppf")).resolve(), Experiment());
  const Experiment paper = draft_of(*find_preset("paper")).resolve();
  QVERIFY(paper.spiking.neuron.kind == NeuronKind::rate && paper.spiking.dt_ms == 10 &&
          paper.spiking.steps == 10);
  QCOMPARE(paper.quantum.projection, std::vector<int>{128});
  QVERIFY(paper.training.train_spiking && paper.training.train_quantum);
  const Experiment published = draft_of(*find_preset("paper-as-published")).resolve();
  QCOMPARE(difference(paper, published), std::vector<std::string>{"training.train_spiking"});
  QVERIFY(!find_preset("nothing"));
}

void TestSettings::difference_and_effect() {
  Experiment a, b;
  b.spiking.neuron.threshold = 0.5;
  b.training.learning_rate = 0.1;
  QCOMPARE(difference(a, b),
           (std::vector<std::string>{"spiking.neuron.threshold", "training.learning_rate"}));
  QVERIFY(find_field("spiking.neuron.threshold")->effect == Effect::next_batch);
  QVERIFY(find_field("quantum.qubits")->effect == Effect::reset);
  a.quantum = {};
  b = a;
  b.quantum.ansatz = Ansatz::ring; // another template is another network
  b.quantum.layers = 2;
  QCOMPARE(needing_reset(a, b), (std::vector<std::string>{"quantum.ansatz", "quantum.layers"}));
  b.quantum.ansatz = Ansatz::custom;
  b.quantum.circuit = "OPENQASM 3.0; qubit[5] q;";
  b.training.batch = 20;
  QVERIFY(needing_reset(a, b).empty());
  b.quantum.projection = {9};
  QCOMPARE(needing_reset(a, b), (std::vector<std::string>{"quantum.ansatz", "quantum.layers",
                                                          "quantum.projection", "quantum.circuit"}));
}

void TestSettings::contradictions_data() {
  QTest::addColumn<QString>("settings");
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("part");
  QTest::newRow("serial input") << "model.kind=serial;quantum.input=linear"
                                << "quantum.input"
                                << "model.kind set to serial needs spiking";
  QTest::newRow("rest above") << "spiking.neuron.v_rest=2"
                              << "spiking.neuron.v_rest"
                              << "below spiking.neuron.threshold, which is 1";
  QTest::newRow("reset at threshold") << "spiking.neuron.v_reset=1"
                                      << "spiking.neuron.v_reset"
                                      << "below";
  QTest::newRow("class twice") << "data.classes=[1,1]"
                               << "data.classes"
                               << "once";
  QTest::newRow("no source") << "data.source="
                             << "data.source"
                             << "empty";
  QTest::newRow("amplitude none") << "quantum.input=amplitude;quantum.qubits=10;quantum.ansatz=none"
                                  << "quantum.ansatz"
                                  << "amplitude needs a circuit";
  QTest::newRow("amplitude reupload") << "quantum.input=amplitude;quantum.qubits=10;quantum.reupload=true"
                                      << "quantum.reupload"
                                      << "no angles";
  QTest::newRow("custom empty") << "quantum.ansatz=custom"
                                << "quantum.circuit"
                                << "OpenQASM 3 program";
  QTest::newRow("custom broken") << "quantum.ansatz=custom;quantum.circuit=OPENQASM 3; gibberish"
                                 << "quantum.circuit"
                                 << "line 1";
  QTest::newRow("custom qubits")
      << "quantum.ansatz=custom;quantum.circuit=OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; h q[0];"
      << "quantum.circuit"
      << "3 qubits";
  QTest::newRow("custom feature")
      << "quantum.qubits=2;quantum.ansatz=custom;quantum.circuit=OPENQASM 3; include \"stdgates.inc\"; "
         "input float[64] x2; qubit[2] q; rx(x2) q[0];"
      << "quantum.circuit"
      << "x2";
}

void TestSettings::contradictions() {
  QFETCH(QString, settings);
  QFETCH(QString, path);
  QFETCH(QString, part);
  Experiment e;
  // A circuit's text has semicolons of its own: it is the rest of the row.
  QString rest = settings;
  while (!rest.isEmpty()) {
    const bool circuit = rest.startsWith("quantum.circuit=");
    const auto end = circuit || rest.indexOf(';') < 0 ? rest.size() : rest.indexOf(';');
    const QString one = rest.left(end);
    rest = rest.mid(end + 1);
    const auto problem = set_text(e, one.section('=', 0, 0).toStdString(), one.section('=', 1).toStdString());
    QVERIFY2(!problem, problem ? problem->text.c_str() : "");
  }
  const auto problems = check(e);
  QCOMPARE(problems.size(), std::size_t{1});
  QCOMPARE(QString::fromStdString(problems[0].path), path);
  QVERIFY2(QString::fromStdString(problems[0].text).contains(part), problems[0].text.c_str());
  try {
    require_valid(e);
    QFAIL("accepted");
  } catch (const Error &error) {
    QCOMPARE(std::string(error.what()), problems[0].text);
    QVERIFY(error.code() == ExitCode::usage);
  }
}

void TestSettings::image_size_is_checked() {
  Experiment e;
  QCOMPARE(build(e, 28, 28).architecture.pixels, 784);
  e.quantum.input = QuantumInput::amplitude;
  QVERIFY_EXCEPTION_THROWN(build(e, 28, 28), Error);
  e.quantum.qubits = 10;
  QCOMPARE(build(e, 28, 28).architecture.quantum.qubits, 10);
  QCOMPARE(build(e, 32, 32).architecture.pixels, 1024);
  QVERIFY_EXCEPTION_THROWN(build(e, 33, 32), Error);
  e.model.kind = ModelKind::spiking; // the circuit is not part of it
  QCOMPARE(build(e, 33, 32).architecture.pixels, 33 * 32);
}

QTEST_APPLESS_MAIN(TestSettings)
#include "test_settings.moc"
