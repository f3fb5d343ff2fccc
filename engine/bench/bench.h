// The figures of `duet-cli bench`: how fast this machine trains, evaluates and simulates, each beside its
// goal. tests/benchmarks runs the same bodies under Google Benchmark.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace duet {

/// One measured figure. Keys are stable: tools read them.
struct Figure {
  std::string key;
  double value = 0;
  std::string unit;           ///< "images/s", "ns", "" ...
  std::optional<double> goal; ///< what it should reach on a calm AVX-512 machine
  std::string note;           ///< what was measured
  bool lower_is_better = false;
  std::string text; ///< the value where it is a word (isa); `value` is then unused
};

struct BenchOptions {
  int threads = 0;              ///< 0 = all cores
  double window_seconds = 0.02; ///< one measuring window; the best of `windows` counts, so that short calm
  int windows = 25;             ///< moments of a shared machine are enough
};

/// About half a minute. progress is called with the key of what is measured next.
std::vector<Figure> run_bench(const BenchOptions &options,
                              const std::function<void(const std::string &)> &progress);

/// One flat JSON object, key: value; figures with their goals under "goals".
std::string bench_json(std::span<const Figure> figures);
/// A table for people: figure, goal, what was measured.
std::string bench_table(std::span<const Figure> figures);

/// The keys that `--help` documents, one line each.
std::string bench_help();

} // namespace duet
