// The exact step function against counting image by image at one ratio after the other.
#include "engine/training/ratio_curve.h"
#include "engine/training/snapshot.h"
#include <QtTest/QtTest>
#include <chrono>
#include <random>

using namespace duet;

namespace {

TestAnswers random_answers(std::size_t images, unsigned seed, int levels = 0) {
  std::mt19937 engine(seed);
  std::normal_distribution<float> logit(0.F, 2.F);
  TestAnswers answers;
  for (std::size_t i = 0; i < images; ++i) {
    Logits s{}, q{};
    for (std::size_t k = 0; k < s.size(); ++k) {
      s[k] = levels ? static_cast<float>(engine() % static_cast<unsigned>(levels)) : logit(engine);
      q[k] = levels ? static_cast<float>(engine() % static_cast<unsigned>(levels)) : logit(engine);
    }
    answers.targets.push_back(static_cast<std::uint8_t>(engine() % 10));
    const std::size_t label = answers.targets.back();
    if (!levels) { // right more often than by chance, as a trained model is
      s[label] += 3;
      q[label] += 2;
    }
    answers.spiking.push_back(s);
    answers.quantum.push_back(q);
  }
  return answers;
}

std::uint32_t count_at(const TestAnswers &answers, double ratio) {
  std::uint32_t correct = 0;
  for (std::size_t i = 0; i < answers.targets.size(); ++i)
    correct += winner_at(answers.spiking[i], answers.quantum[i], ratio) == answers.targets[i];
  return correct;
}

} // namespace

class TestRatioCurve : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void equals_counting() {
    const TestAnswers answers = random_answers(2000, 7);
    const RatioCurve curve = ratio_curve(answers);
    QCOMPARE(curve.images, 2000U);
    QVERIFY(curve.steps.size() > 100);
    for (int k = 0; k <= 1000; ++k) {
      const double ratio = k / 1000.0;
      QCOMPARE(curve.correct_at(ratio), count_at(answers, ratio));
    }
  }
  void ties_go_to_the_lower_class() { // small whole numbers: crossings at exact fractions, many ties
    const TestAnswers answers = random_answers(3000, 11, 3);
    const RatioCurve curve = ratio_curve(answers);
    for (const double ratio : {0.0, 0.25, 0.5, 0.75, 1.0, 0.1, 0.4999, 0.5001})
      QCOMPARE(curve.correct_at(ratio), count_at(answers, ratio));
  }
  void best_is_the_maximum() {
    const TestAnswers answers = random_answers(500, 3);
    const RatioCurve curve = ratio_curve(answers);
    const auto best = curve.best();
    for (const auto &step : curve.steps)
      QVERIFY(step.correct <= best.correct);
    QVERIFY(best.from <= best.to);
    QCOMPARE(curve.correct_at(0.5 * (best.from + best.to)), best.correct);
  }
  void best_is_the_widest_of_equals() {
    RatioCurve curve;
    curve.images = 10;
    curve.steps = {{0, false, 5},   {0.1, false, 8}, {0.2, true, 6},
                   {0.4, false, 8}, {0.7, true, 7},  {0.9, false, 8}};
    QCOMPARE(curve.best().from, 0.4);
    QCOMPARE(curve.best().to, 0.7);
    QCOMPARE(curve.best().correct, 8U);
    curve.steps[4].correct = 8; // the stretch goes on, and the count with it
    QCOMPARE(curve.best().from, 0.4);
  }
  void envelope_equals_argmax() {
    const TestAnswers answers = random_answers(300, 5);
    for (std::size_t i = 0; i < answers.targets.size(); ++i) {
      const auto segments = winners_over_ratio(answers.spiking[i], answers.quantum[i]);
      QCOMPARE(segments.front().from, 0.0);
      for (int k = 0; k <= 200; ++k) {
        const double ratio = k / 200.0;
        int winner = -1;
        bool at_a_flip = false;
        for (const auto &segment : segments) {
          if (segment.from <= ratio)
            winner = segment.winner;
          at_a_flip |= segment.from > 0 && std::abs(segment.from - ratio) < 1e-12;
        }
        if (!at_a_flip)
          QCOMPARE(winner, winner_at(answers.spiking[i], answers.quantum[i], ratio));
      }
    }
  }
  void a_missing_branch_has_no_curve() {
    TestAnswers answers = random_answers(10, 1);
    answers.quantum.clear();
    QCOMPARE(ratio_curve(answers).images, 0U);
    QVERIFY(ratio_curve(answers).steps.empty());
  }
};

QTEST_APPLESS_MAIN(TestRatioCurve)
#include "test_ratio_curve.moc"
