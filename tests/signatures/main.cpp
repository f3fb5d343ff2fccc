// The bits of a few small pinned runs, as signatures, on the instruction set of DUET_ISA or the best one.
//   signatures                  prints "isa name signature", a line a run
//   signatures --compare FILE   ends with 1 where FILE says otherwise; says how to take the new ones
//   signatures --update FILE    writes this instruction set's lines into FILE
// A commit that changes numbers changes tests/golden/signatures.txt, and a reader sees which.
#include "engine/experiment/build.h"
#include "engine/experiment/presets.h"
#include "engine/io/files.h"
#include "tests/engine/training/small_data.h"
#include "tests/support/random_circuit.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace duet {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>; ///< name, signature

std::string of_preset(const Preset &preset, const Workers &workers) {
  Draft draft = draft_of(preset);
  for (const char *setting :
       {"data.source=mnist-mini", "data.train_limit=640", "data.test_limit=64", "training.epochs=1"})
    draft.give_text(setting);
  const Experiment experiment = draft.resolve();
  const auto dataset = std::make_shared<const Dataset>(load_dataset(experiment.data, experiment.seed));
  Trainer trainer(build(experiment, dataset->train.rows, dataset->train.cols), dataset, workers);
  small_data::train(trainer);
  return trainer.signature();
}

std::string of_variant(const TrainerPlan &plan, const Workers &workers) {
  Trainer trainer(plan, small_data::dataset(150, 70, 20), workers);
  small_data::train(trainer);
  return trainer.signature();
}

/// Expectations and gradients of a random circuit with features and weights.
template <class Real> std::string of_circuit(int qubits, int operations, unsigned seed) {
  std::mt19937 random(seed);
  const Circuit circuit = dense::random_circuit(random, qubits, operations, qubits, 2 * qubits);
  constexpr std::size_t samples = 19; // no number of lanes divides it
  const auto size = static_cast<std::size_t>(qubits);
  const auto draw = [&](std::size_t count) {
    std::vector<Real> values(count);
    for (Real &value : values)
      value = static_cast<Real>(static_cast<double>(random()) / 4294967296.0 * 6 - 3);
    return values;
  };
  Program<Real> program(circuit);
  const auto weights = draw(2 * size), inputs = draw(samples * size), cotangent = draw(samples * size);
  std::vector<Real> expectation(samples * size), by_input(samples * size), by_weight(2 * size);
  program.set_weights(weights);
  typename Program<Real>::Workspace workspace;
  program.gradient(samples, inputs.data(), cotangent.data(), expectation.data(), by_input.data(),
                   by_weight.data(), workspace);
  std::string bytes;
  for (const auto *part : {&expectation, &by_input, &by_weight})
    bytes.append(reinterpret_cast<const char *>(part->data()), part->size() * sizeof(Real));
  return sha256_hex(bytes).substr(0, 16);
}

Lines measure() {
  const Workers workers(2);
  Lines lines;
  const auto add = [&](std::string name, std::string signature) {
    std::replace(name.begin(), name.end(), ' ', '_');
    lines.emplace_back(std::move(name), std::move(signature));
  };
  for (const Preset &preset : presets())
    add("preset:" + preset.name, of_preset(preset, workers));
  for (const auto &[name, plan] : small_data::variants())
    add(std::string("small:") + name, of_variant(plan, workers));
  for (const int qubits : {1, 3, 5, 9, 12, 14}) {
    const std::string size = std::to_string(qubits) + "_qubits";
    add("circuit:" + size + ":f32", of_circuit<float>(qubits, 8 * qubits, 7));
    add("circuit:" + size + ":f64", of_circuit<double>(qubits, 8 * qubits, 7));
  }
  return lines;
}

std::string text_of(const Lines &lines) {
  std::string text;
  for (const auto &[name, signature] : lines)
    text += kernels().isa + ' ' + name + ' ' + signature + '\n';
  return text;
}

/// The golden file's lines of this instruction set, or of all others.
std::string part_of(const std::string &golden, bool own) {
  std::string part;
  for (std::size_t from = 0; from < golden.size();) {
    const std::size_t end = std::min(golden.find('\n', from), golden.size() - 1) + 1;
    const std::string line = golden.substr(from, end - from);
    if (line.starts_with(kernels().isa + ' ') == own)
      part += line;
    from = end;
  }
  return part;
}

int compare(const std::string &file, const std::string &now) {
  const std::string golden = part_of(read_file(file), true);
  if (golden == now)
    return 0;
  std::printf(
      "The numbers of %s are no longer those of %s.\nThere:\n%s\nNow:\n%s\nIf that is meant, on every "
      "instruction set: DUET_ISA=%s %s --update %s\n",
      kernels().isa.c_str(), file.c_str(), golden.c_str(), now.c_str(), kernels().isa.c_str(), "signatures",
      file.c_str());
  return 1;
}

} // namespace
} // namespace duet

int main(int count, char **words) {
  const std::string what = count > 1 ? words[1] : "";
  if ((count != 1 && count != 3) || (count == 3 && what != "--compare" && what != "--update")) {
    std::fputs("usage: signatures [--compare FILE | --update FILE]\n", stderr);
    return 2;
  }
  const auto isas = duet::runnable_isas();
  if (const char *isa = std::getenv("DUET_ISA");
      isa && std::find(isas.begin(), isas.end(), isa) == isas.end()) {
    std::printf("This machine cannot run %s.\n", isa);
    return 77; // ctest's skip
  }
  try {
    const std::string now = duet::text_of(duet::measure());
    if (what == "--compare")
      return duet::compare(words[2], now);
    if (what == "--update")
      duet::write_file(words[2], duet::part_of(duet::read_file(words[2]), false) + now);
    else
      std::fputs(now.c_str(), stdout);
    return 0;
  } catch (const duet::Error &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.code());
  }
}
