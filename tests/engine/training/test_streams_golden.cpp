// Every random stream against tests/golden/streams.txt: keys, blocks and whatever is drawn from them, as an
// implementation of its own has it. Nothing is trained, so that the loss of each batch of one image tells the
// order of the images, their noise and motion, the Poisson spikes and the rate neurons' starts.
#include "engine/base/random.h"
#include "engine/training/trainer.h"
#include "tests/support/source_dir.h"
#include <QTest>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace duet;

class TestStreamsGolden : public QObject {
  Q_OBJECT

  struct Line {
    std::vector<std::string> words; ///< the first two
    std::vector<double> numbers;    ///< the rest
  };
  std::vector<Line> lines_;

  static double number(const std::string &text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
      throw std::runtime_error(text + " is no number");
    return value;
  }
  static std::uint64_t whole(const std::string &text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  const Line &line(const std::string &what, const std::string &name) const {
    for (const Line &line : lines_)
      if (line.words[0] == what && line.words[1] == name)
        return line;
    throw std::runtime_error("streams.txt has no " + what + " " + name);
  }
  std::vector<std::uint32_t> counts(const std::string &what) const {
    for (const Line &line : lines_)
      if (line.words[0] == what) {
        std::vector<std::uint32_t> all = {std::uint32_t(number(line.words[1]))};
        all.insert(all.end(), line.numbers.begin(), line.numbers.end());
        return all;
      }
    throw std::runtime_error("streams.txt has no " + what);
  }
  static double off(const std::vector<double> &found, const std::vector<double> &expected) {
    if (found.size() != expected.size())
      return 1e9;
    double most = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
      most = std::max(most, std::abs(found[i] - expected[i]));
    return most;
  }

  std::shared_ptr<const Dataset> dataset() const {
    auto data = std::make_shared<Dataset>();
    const auto pixels = counts("pixels");
    std::size_t at = 0;
    for (auto [set, places] :
         {std::pair{&data->train, counts("train_places")}, std::pair{&data->test, counts("test_places")}}) {
      set->rows = set->cols = 4;
      set->file_index = places;
      for (std::size_t i = 0; i < places.size(); ++i) {
        set->targets.push_back(std::uint8_t((3 * (at / 16) + 1) % 10));
        for (int p = 0; p < 16; ++p)
          set->pixels.push_back(std::uint8_t(pixels[at++]));
      }
    }
    return data;
  }

  /// The plan of a case of streams.py.
  static TrainerPlan plan(const std::string &name) {
    TrainerPlan p;
    p.seed = 11;
    p.architecture.pixels = 16;
    p.architecture.model.fusion_ratio = 0.5;
    p.architecture.spiking.hidden = {6, 5};
    p.architecture.spiking.steps = 8;
    p.architecture.spiking.neuron.threshold = 0.1;
    p.architecture.quantum.qubits = 2;
    p.training.batch = 1;
    p.training.epochs = 2;
    p.training.train_spiking = p.training.train_quantum = false;
    if (name == "poisson") {
      p.architecture.spiking.encoder = Encoder::poisson;
      p.architecture.spiking.max_rate = 0.75;
    }
    if (name == "rate") {
      p.architecture.spiking.neuron.kind = NeuronKind::rate;
      p.architecture.spiking.dt_ms = 400;
    }
    for (const auto &[kind, word] : {std::pair{NoiseKind::uniform, "uniform"},
                                     {NoiseKind::gaussian, "gaussian"},
                                     {NoiseKind::salt_pepper, "salt_pepper"}})
      if (name == word)
        p.data.noise = {kind, 0.3, NoiseApply::both};
    if (name == "motion")
      p.data.augment = {1, 25.0};
    return p;
  }

private Q_SLOTS:
  void initTestCase() {
    std::ifstream file(source_dir() + "/tests/golden/streams.txt");
    for (std::string text; std::getline(file, text);) {
      std::istringstream words(text);
      Line line;
      for (std::string word; words >> word;)
        if (text[0] == '#')
          continue;
        else if (line.words.size() < 2 || text.starts_with("key"))
          line.words.push_back(word);
        else
          line.numbers.push_back(number(word));
      if (!line.words.empty())
        lines_.push_back(line);
    }
    QVERIFY(lines_.size() > 20);
  }

  void keysAndBlocks() {
    int seen = 0;
    for (const Line &line : lines_)
      if (line.words[0] == "key") {
        const RandomStream stream(whole(line.words[1]), line.words[2] == "-" ? "" : line.words[2]);
        const auto block = stream.block(1, 2, 3, 4);
        for (std::size_t i = 0; i < 2; ++i)
          QCOMPARE(std::uint64_t(stream.key()[i]), whole(line.words[3 + i]));
        for (std::size_t i = 0; i < 4; ++i)
          QCOMPARE(std::uint64_t(block[i]), whole(line.words[5 + i]));
        ++seen;
      }
    QCOMPARE(seen, 4);
  }

  void initialWeights() {
    const Workers workers(1);
    const TensorFile weights = Trainer(plan("plain"), dataset(), workers).weights();
    for (const auto &[name, tensor] : weights.tensors) {
      const std::vector<double> values(tensor.values.begin(), tensor.values.end());
      const double distance = off(values, line("weights", name).numbers);
      QVERIFY2(distance < 1e-6, name.c_str());
    }
    QVERIFY(weights.tensors.contains("quantum.encoder.1.weight") &&
            weights.tensors.contains("quantum.circuit.weights"));
  }

  void everyEpochAndTheEvaluation_data() {
    QTest::addColumn<QString>("name");
    for (const char *name : {"plain", "uniform", "gaussian", "salt_pepper", "motion", "poisson", "rate"})
      QTest::newRow(name) << QString(name);
  }

  void everyEpochAndTheEvaluation() {
    QFETCH(QString, name);
    const std::string word = name.toStdString();
    const Workers workers(1);
    Trainer trainer(plan(word), dataset(), workers);
    while (!trainer.finished())
      trainer.epoch_complete() ? void(trainer.finish_epoch(1)) : trainer.step();
    std::vector<double> losses, logits;
    for (const BatchPoint &point : *trainer.look().batches)
      losses.push_back(double(point.loss));
    const double distance = off(losses, line("losses", word).numbers);
    QVERIFY2(distance < 2e-5, qPrintable(QStringLiteral("losses are off by %1").arg(distance)));
    TestAnswers answers;
    trainer.evaluate_test(0.5, plan(word).data.noise, &answers);
    for (std::size_t k = 0; k < answers.spiking.size(); ++k)
      for (const Logits &one : {answers.spiking[k], answers.quantum[k]})
        logits.insert(logits.end(), {double(one[0]), double(one[1])});
    const double apart = off(logits, line("logits", word).numbers);
    QVERIFY2(apart < 2e-5, qPrintable(QStringLiteral("logits are off by %1").arg(apart)));
  }

  void theValidationSplit() {
    const std::vector<double> &golden = line("validation", "5").numbers;
    DataSettings data;
    data.source = "mnist-mini";
    data.train_limit = int(golden[0]);
    data.validation = golden[1];
    const auto &held = load_dataset(data, 5).validation.file_index;
    QCOMPARE(std::vector<double>(held.begin(), held.end()),
             std::vector<double>(golden.begin() + 2, golden.end()));
  }

  /// No two cases agree, so that none of them passes for another.
  void theCasesDiffer() {
    for (const Line &a : lines_)
      for (const Line &b : lines_)
        if (a.words[0] == "losses" && b.words[0] == "losses" && &a != &b) {
          QVERIFY(off(a.numbers, b.numbers) > 1e-2);
          const std::vector<double> epoch(a.numbers.begin(), a.numbers.begin() + 6);
          QVERIFY(off(epoch, {a.numbers.begin() + 6, a.numbers.end()}) > 1e-2);
        }
  }
};

QTEST_APPLESS_MAIN(TestStreamsGolden)
#include "test_streams_golden.moc"
