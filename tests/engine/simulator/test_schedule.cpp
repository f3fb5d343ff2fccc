// The order of a circuit's steps: the same as when every pair that does not commute is looked at, at the cost
// of far fewer questions.
#include "engine/simulator/compile.h"
#include "engine/simulator/heaviest_rows.h"
#include "tests/support/random_circuit.h"
#include <QTest>

using namespace duet;

class TestSchedule : public QObject {
  Q_OBJECT

  static bool odd(std::uint32_t bits) { return __builtin_popcount(bits) & 1; }

  static std::uint32_t mask_of(const Step &step) {
    const Block *block = std::get_if<Block>(&step);
    return block && block->kind != CircuitKind::phase ? block->mask : 0;
  }
  static std::vector<std::uint32_t> rows_of(const Step &step) {
    std::vector<std::uint32_t> rows;
    if (const auto *terms = std::get_if<Diagonal>(&step)) {
      for (const PhaseTerm &term : *terms)
        rows.push_back(term.row);
      return rows;
    }
    const Block &block = std::get<Block>(step);
    if (block.kind != CircuitKind::imaginary)
      rows.push_back(block.target.row);
    for (const Parity &control : block.controls)
      rows.push_back(control.row);
    return rows;
  }
  static bool commute(const Step &a, const Step &b) {
    for (const std::uint32_t row : rows_of(a))
      if (odd(row & mask_of(b)))
        return false;
    for (const std::uint32_t row : rows_of(b))
      if (odd(row & mask_of(a)))
        return false;
    return true;
  }

  /// What a step does, and to which amplitudes: enough to tell steps apart.
  static std::string text_of(const Angle &angle) {
    return std::to_string(int(angle.source)) + ":" + std::to_string(angle.index) + "*" +
           std::to_string(angle.scale) + "+" + std::to_string(angle.offset);
  }
  static std::string text_of(const Step &step) {
    std::string text;
    if (const auto *terms = std::get_if<Diagonal>(&step)) {
      for (const PhaseTerm &term : *terms)
        text += "[" + std::to_string(term.row) + " " + text_of(term.angle) + "]";
      return text;
    }
    const Block &block = std::get<Block>(step);
    text = std::to_string(int(block.kind)) + " " + std::to_string(block.mask);
    for (const std::uint32_t row : rows_of(step))
      text += "," + std::to_string(row);
    for (const Factor &factor : block.run)
      text += std::string(1, factor.axis) + text_of(factor.angle);
    return text;
  }
  static std::vector<std::string> texts_of(const std::vector<Step> &steps) {
    std::vector<std::string> texts;
    for (const Step &step : steps)
      texts.push_back(text_of(step));
    return texts;
  }

  /// All pairs that do not commute, a step ready when those before it are done: blocks first, each with
  /// another that can share its pass, then all phases that are ready.
  static std::vector<Step> by_all_pairs(const std::vector<Step> &steps) {
    const std::size_t count = steps.size();
    const auto is_phase = [&](std::size_t k) { return std::holds_alternative<Diagonal>(steps[k]); };
    std::vector<std::vector<std::size_t>> after(count);
    std::vector<std::size_t> before(count, 0);
    std::vector<bool> done(count, false);
    for (std::size_t k = count; k-- > 0;) {
      for (std::size_t later = k + 1; later < count; ++later)
        if (!done[later] && !commute(steps[k], steps[later]))
          after[k].push_back(later);
      done[k] = is_phase(k) && after[k].empty(); // nobody can see it
      for (const std::size_t later : after[k])
        ++before[later];
    }
    std::vector<Step> result;
    const auto ready = [&](std::size_t k, bool phase) {
      return !done[k] && is_phase(k) == phase && before[k] == 0;
    };
    const auto finish = [&](std::size_t k) {
      done[k] = true;
      for (const std::size_t later : after[k])
        --before[later];
    };
    const auto alike = [&](std::size_t a, std::size_t b) {
      const Block &first = std::get<Block>(steps[a]), &second = std::get<Block>(steps[b]);
      return first.kind == second.kind && first.kind != CircuitKind::general && first.controls.empty() &&
             second.controls.empty() && first.mask != second.mask;
    };
    while (std::find(done.begin(), done.end(), false) != done.end()) {
      for (std::size_t k = 0; k < count; ++k) {
        if (!ready(k, false))
          continue;
        result.push_back(steps[k]);
        finish(k);
        for (std::size_t other = k + 1; other < count; ++other)
          if (ready(other, false) && alike(k, other)) {
            result.push_back(steps[other]);
            finish(other);
            break;
          }
      }
      Diagonal gathered;
      for (std::size_t k = 0; k < count; ++k)
        if (ready(k, true)) {
          const PhaseTerm &term = std::get<Diagonal>(steps[k]).front();
          const auto known = std::find_if(gathered.begin(), gathered.end(), [&](const PhaseTerm &other) {
            return other.row == term.row && other.angle.source == term.angle.source &&
                   other.angle.index == term.angle.index;
          });
          if (known == gathered.end())
            gathered.push_back(term);
          else
            known->angle.scale += term.angle.scale, known->angle.offset += term.angle.offset;
          finish(k);
        }
      if (!gathered.empty())
        result.emplace_back(gathered);
    }
    return result;
  }

  static Parity parity(std::mt19937 &random, int bits) {
    return {1 + std::uint32_t(random()) % ((1u << bits) - 1), false};
  }
  /// Blocks and phases with any masks and rows, denser and sparser ones.
  static std::vector<Step> random_steps(std::mt19937 &random, int bits, int count) {
    std::vector<Step> steps;
    while (int(steps.size()) < count) {
      const Parity row = parity(random, bits);
      if (random() % 2) {
        const Angle angle = random() % 2 ? Angle::constant(0.5) : Angle::weight(int(random() % 5));
        steps.emplace_back(Diagonal{{row.row, angle}});
        continue;
      }
      Block block;
      block.kind = std::array{CircuitKind::real, CircuitKind::imaginary, CircuitKind::general}[random() % 3];
      block.mask = random() % 3 ? 1u << random() % unsigned(bits) : parity(random, bits).row;
      block.target = row;
      while (!odd(block.target.row & block.mask)) // as every block has it
        block.target = parity(random, bits);
      if (random() % 3 == 0)
        block.controls.push_back(parity(random, bits));
      block.run = {{'y', Angle::weight(int(steps.size()))}};
      steps.emplace_back(block);
    }
    return steps;
  }

private Q_SLOTS:
  void theHeaviestIsFoundAmongAll() {
    std::mt19937 random(1);
    for (int trial = 0; trial < 200; ++trial) {
      const int bits = 1 + int(random() % 12);
      HeaviestRows rows;
      std::vector<std::pair<std::uint32_t, int>> all;
      for (int k = 0; k < 60; ++k) {
        all.emplace_back(random() % (1u << bits), int(random() % 20));
        rows.add(all.back().first, all.back().second);
        const std::uint32_t mask = random() % (1u << bits);
        int heaviest = -1;
        for (const auto &[row, weight] : all)
          if (odd(row & mask))
            heaviest = std::max(heaviest, weight);
        QCOMPARE(rows.heaviest_odd(mask, -1), heaviest);
      }
    }
  }

  void aSpanKnowsItsRank() {
    RowSpan span;
    QVERIFY(span.add(0b0110) && span.add(0b0011));
    QVERIFY(!span.add(0b0101) && !span.add(0));
    QCOMPARE(span.rank(), 2);
    QVERIFY(span.odd_with(0b0001) && !span.odd_with(0b0111) && !span.odd_with(0b1000));
  }

  void theOrderIsThatOfAllPairs() {
    std::mt19937 random(2);
    for (int trial = 0; trial < 300; ++trial) {
      const std::vector<Step> steps = random_steps(random, 2 + int(random() % 7), 1 + int(random() % 80));
      QCOMPARE(texts_of(schedule(steps)), texts_of(by_all_pairs(steps)));
    }
  }

  /// Steps as circuits give them: features' phases become blocks, so the order alone is compared.
  void nothingOvertakesWhatItDoesNotCommuteWith() {
    std::mt19937 random(3);
    for (int trial = 0; trial < 50; ++trial) {
      const std::vector<Step> steps = random_steps(random, 6, 60), ordered = schedule(steps);
      std::vector<std::string> texts = texts_of(ordered);
      for (std::size_t a = 0; a < steps.size(); ++a)
        for (std::size_t b = a + 1; b < steps.size(); ++b) {
          const auto first = std::find(texts.begin(), texts.end(), text_of(steps[a])),
                     second = std::find(texts.begin(), texts.end(), text_of(steps[b]));
          if (first != texts.end() && second != texts.end() && std::holds_alternative<Block>(steps[a]) &&
              std::holds_alternative<Block>(steps[b]) && !commute(steps[a], steps[b]))
            QVERIFY(first < second);
        }
    }
  }

  /// 200,000 steps in one go: with all pairs this would be 2e10 questions.
  void longCircuitsAreOrderedToo() {
    std::mt19937 random(4);
    const std::size_t count = schedule(random_steps(random, 10, 200'000)).size();
    QVERIFY(count > 100'000 && count < 200'000);
    std::vector<Step> two; // two blocks that do not commute, over and over
    for (int k = 0; k < 100'000; ++k) {
      Block block;
      block.kind = CircuitKind::real;
      block.mask = k % 2 ? 1 : 3;
      block.target = {std::uint32_t(k % 2 ? 1 : 2), false};
      block.run = {{'y', Angle::weight(k)}};
      two.emplace_back(block);
    }
    QCOMPARE(schedule(two).size(), two.size());
  }
};

QTEST_APPLESS_MAIN(TestSchedule)
#include "test_schedule.moc"
