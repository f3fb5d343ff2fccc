#include "app/cli/circuit_command.h"
#include "app/cli/arguments.h"
#include "app/cli/circuit_exports.h"
#include "app/cli/circuit_facts.h"
#include "app/cli/device_report.h"
#include "app/cli/help.h"
#include "app/cli/table_cells.h"
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/base/number_text.h"
#include "engine/circuit/layout.h"
#include "engine/circuit/svg.h"
#include "engine/io/files.h"
#include "engine/io/json_text.h"
#include "engine/model/circuit_file.h"
#include "engine/qasm/expression.h"
#include "engine/simulator/program.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

namespace duet {
namespace {

const std::string noise_option = "--noise";
constexpr std::uint32_t no_image = 0; ///< shots and jumps are keyed by

struct Inputs {
  std::vector<double> features, weights; ///< radians; those not set are 0
};

/// What the circuit does at these inputs.
struct Answer {
  std::vector<double> probabilities;         ///< [2^n], q[0] leftmost
  std::vector<double> expectation_z;         ///< [n]
  std::vector<std::vector<double>> gradient; ///< [input][qubit], d<Z_i>/dp, features first, then weights
};

/// What the circuit's features, then its weights, are called.
std::vector<std::string> input_names(const Circuit &circuit) {
  std::vector<std::string> names;
  for (int k = 0; k < circuit.features; ++k)
    names.push_back(circuit.names.of(Angle::feature(k)));
  for (int k = 0; k < circuit.weights; ++k)
    names.push_back(circuit.names.of(Angle::weight(k)));
  return names;
}

double angle_argument(const std::string &text, const std::string &option) {
  try {
    qasm::Lexer lexer(text);
    qasm::Scope scope;
    scope.real_division = true;
    const double value = qasm::parse_expression(lexer, scope).evaluate().offset;
    if (lexer.peek().kind == qasm::Token::Kind::end)
      return value;
  } catch (const qasm::Fault &) {
    // told below, in the words of the option
  }
  throw Error(ExitCode::usage,
              option + ": the value must be a finite number of radians, such as 0.3 or pi/2.");
}

void set_input(const std::string &text, const std::vector<std::string> &names, Inputs &inputs) {
  const std::string option = "--set " + text;
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    throw Error(ExitCode::usage, option + ": write it as NAME=VALUE, for example x0=0.3.");
  const std::string name = text.substr(0, equals);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    throw Error(ExitCode::usage, option + ": the circuit has no input " + qasm::quoted(name) + "; it has " +
                                     (names.empty() ? "none" : few_listed(names)) + ".");
  const auto index = std::size_t(found - names.begin());
  const std::size_t features = inputs.features.size();
  (index < features ? inputs.features[index] : inputs.weights[index - features]) =
      angle_argument(text.substr(equals + 1), option);
}

Answer run(const Circuit &circuit, const Inputs &inputs) {
  Program<double> program(circuit);
  program.set_weights(inputs.weights);
  Program<double>::Workspace workspace;
  const std::size_t n = std::size_t(circuit.qubits);
  Answer answer;
  answer.probabilities.resize(std::size_t{1} << n);
  answer.expectation_z.resize(n);
  answer.gradient.assign(inputs.features.size() + inputs.weights.size(), std::vector<double>(n));
  program.probabilities(inputs.features.data(), answer.probabilities.data(), workspace);
  program.forward(1, inputs.features.data(), answer.expectation_z.data(), workspace);
  if (inputs.features.empty() && inputs.weights.empty())
    return answer;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> cotangent(n), features(inputs.features.size()), weights(inputs.weights.size());
    cotangent[i] = 1;
    program.gradient(1, inputs.features.data(), cotangent.data(), nullptr, features.data(), weights.data(),
                     workspace);
    for (std::size_t k = 0; k < answer.gradient.size(); ++k)
      answer.gradient[k][i] = k < features.size() ? features[k] : weights[k - features.size()];
  }
  return answer;
}

std::size_t gate_count(const Circuit &circuit) {
  return std::size_t(std::count_if(circuit.operations.begin(), circuit.operations.end(),
                                   [](const Operation &op) { return op.gate != Gate::barrier; }));
}

nlohmann::ordered_json json_of(const Circuit &circuit, const Answer &answer) {
  auto gradient = nlohmann::ordered_json::object();
  const std::vector<std::string> names = input_names(circuit);
  for (std::size_t k = 0; k < names.size(); ++k)
    gradient[names[k]] = answer.gradient[k];
  return nlohmann::ordered_json::object({{"qubits", circuit.qubits},
                                         {"gates", gate_count(circuit)},
                                         {"probabilities", answer.probabilities},
                                         {"expectation_z", answer.expectation_z},
                                         {"gradient", gradient}});
}

/// The likeliest bit strings, q[0] leftmost.
std::string probability_table(const std::vector<double> &probabilities, int qubits) {
  constexpr std::size_t most_rows = 32;
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t rows = std::min(order.size(), most_rows);
  if (rows < order.size()) {
    const auto likelier = [&](std::size_t a, std::size_t b) {
      return probabilities[a] != probabilities[b] ? probabilities[a] > probabilities[b] : a < b;
    };
    std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(rows), order.end(), likelier);
  }
  std::string text = rows < order.size() ? "The " + std::to_string(rows) + " likeliest of " +
                                               std::to_string(order.size()) + " bit strings, q[0] leftmost:\n"
                                         : "Probabilities of the bit strings, q[0] leftmost:\n";
  for (std::size_t row = 0; row < rows; ++row) {
    std::string bits;
    for (int q = 0; q < qubits; ++q)
      bits += order[row] >> (qubits - 1 - q) & 1 ? '1' : '0';
    const double p = probabilities[order[row]];
    text += "  " + bits + fixed(p) + "  " +
            std::string(std::size_t(std::lround(std::clamp(p, 0.0, 1.0) * 40)), '#') + "\n";
  }
  return text;
}

std::string as_table(const Circuit &circuit, const Inputs &inputs, const Answer &answer) {
  constexpr std::size_t most_columns = 8; // of gradients; --json has them all
  const std::size_t n = answer.expectation_z.size();
  const std::vector<std::string> own = circuit.names.own();
  std::string text = counted(n, "qubit") + ", " + counted(gate_count(circuit), "gate") + ", " +
                     counted(inputs.features.size(), "feature") + ", " +
                     counted(inputs.weights.size(), "weight") +
                     (own.empty() ? "" : " (" + few_listed(own) + ")") + "\n\n" +
                     probability_table(answer.probabilities, circuit.qubits) +
                     "\nExpectation values and their derivatives:\n  " + padded("", 6) + padded("<Z>", 11);
  const std::vector<std::string> names = input_names(circuit);
  const std::size_t shown = std::min(names.size(), most_columns);
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < shown; ++c) {
    const std::string head = "d/d" + names[c];
    widths.push_back(std::max<std::size_t>(11, letters(head) + 2));
    text += padded(head, widths[c]);
  }
  text += "\n";
  for (std::size_t i = 0; i < n; ++i) {
    text += "  " + padded("q[" + std::to_string(i) + "]", 6) + fixed(answer.expectation_z[i]);
    for (std::size_t c = 0; c < shown; ++c)
      text += padded(fixed(answer.gradient[c][i]), widths[c]);
    text += "\n";
  }
  if (shown < names.size())
    text += "  (" + counted(names.size() - shown, "further derivative") + ": see --json)\n";
  return text;
}

std::string circuit_help() {
  const Circuit sample{1, 1, 1, {{Gate::rx, {0}, {Angle::feature(0)}}, {Gate::rz, {0}, {Angle::weight(0)}}}};
  const Device device{1, {{{ChannelKind::depolarizing, 0.01}}}, Mitigation{}, 0};
  auto asked = nlohmann::ordered_json::object();
  asked["facts"] = facts_json(sample, circuit_facts(sample));
  add_device_keys(asked, device, DeviceCircuit(sample, {}, device, 1).look({}, no_image));
  return help_text(
      {{"duet-cli circuit bell.qasm", "duet-cli circuit my.qasm --set x0=0.3 --set w0=pi/2 --json",
        "duet-cli circuit my.qasm --facts", "duet-cli circuit my.qasm --svg my.svg --latex my.tex",
        "duet-cli circuit old.qasm --qasm3 new.qasm",
        "duet-cli circuit my.qasm --set w0=0.7 --python pennylane > my.py",
        "sed s/cx/cz/ my.qasm | duet-cli circuit -",
        "duet-cli circuit bell.qasm --shots 1000 --noise depolarizing:0.01 --noise readout:0.02",
        "duet-cli circuit bell.qasm --noise amplitude_damping:0.02 --zne exponential --scales 1,3,5,7"},
       {"Up to " + std::to_string(most_qubits) +
            " qubits; q[0] is the leftmost bit of a bit string; angles are radians.",
        "Under \"gradient\" stands d<Z_i>/dp for every input p of the circuit.",
        "A weight under \"dead\" provably changes no <Z_i>.",
        "Noise is exact by density matrix up to " + std::to_string(most_density_qubits) +
            " qubits, beyond that the mean of random trajectories, whose number and standard error are told.",
        "Shots with noise are drawn from the noisy state, mitigated values with shots from what was "
        "sampled."},
       json_text(json_of(sample, run(sample, {{0}, {0}}))),
       device_help(),
       json_text(asked)});
}

} // namespace

int circuit_command(const CircuitOptions &options) {
  const Device device = device_from(options.device, noise_option, 0);
  if (!options.python.empty() && !device.exact())
    throw Error(ExitCode::usage,
                "--python " + options.python +
                    " prints a program and nothing else; leave out --shots, --noise and --zne.");
  const Circuit circuit = options.file == "-" ? read_circuit_from_standard_input()
                                              : read_circuit_file(options.file, options.file);
  const std::vector<std::string> names = input_names(circuit);
  Inputs inputs{std::vector<double>(std::size_t(circuit.features)),
                std::vector<double>(std::size_t(circuit.weights))};
  for (const std::string &text : options.set)
    set_input(text, names, inputs);
  write_exports(options, circuit, inputs.features, inputs.weights);
  const Answer answer = run(circuit, inputs);
  if (!options.svg.empty()) {
    SvgOptions drawing;
    if (!options.set.empty())
      drawing.features = inputs.features, drawing.weights = inputs.weights;
    drawing.expectation_z = answer.expectation_z;
    write_file(options.svg, circuit_svg(circuit, drawing));
  }
  if (!options.python.empty()) {
    print(python_program(options, circuit, inputs.features, inputs.weights));
    return 0;
  }
  nlohmann::ordered_json json = json_of(circuit, answer);
  std::string table = as_table(circuit, inputs, answer);
  if (options.facts) {
    const CircuitFacts facts = circuit_facts(circuit);
    json["facts"] = facts_json(circuit, facts);
    table += facts_table(circuit, facts);
  }
  if (!device.exact()) {
    const DeviceAnswer seen =
        DeviceCircuit(circuit, inputs.weights, device, options.seed).look(inputs.features, no_image);
    add_device_keys(json, device, seen);
    table += device_table(device, seen, answer.expectation_z, options.seed);
  }
  print(options.json ? json_text(json) : table);
  return 0;
}

void add_circuit_command(CLI::App &app) {
  auto *command =
      app.add_subcommand("circuit", "Runs an OpenQASM 2 or 3 circuit: probabilities, <Z_i> and their "
                                    "derivatives; draw it, run it on a noisy device.");
  auto options = std::make_shared<CircuitOptions>();
  command
      ->add_option("FILE", options->file,
                   "The circuit's .qasm file, - for standard input; up to " + std::to_string(most_qubits) +
                       " qubits.")
      ->required()
      ->type_name("FILE.qasm|-");
  command
      ->add_option("--set", options->set,
                   "An input's value in radians, by its name in the program, as x0=0.3 or w1=pi/2; inputs "
                   "not set are 0.")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  command->add_flag("--json", options->json, "Prints one JSON object instead of tables.");
  command->add_flag(
      "--facts", options->facts,
      "Adds depth, gates, which weights can act and which provably cannot, the qubits that each <Z> depends "
      "on, entangling capability and expressibility.");
  command->add_option("--svg", options->svg, "Draws the circuit into this SVG file.")->type_name("FILE");
  add_export_options(*command, *options);
  add_device_options(*command, options->device, noise_option, 0);
  const auto take_seed = [options](const std::string &text) {
    options->seed = count_argument("--seed", text);
  };
  command
      ->add_option_function<std::string>("--seed", take_seed,
                                         "Of the shots and of random runs. Without it, 1.")
      ->type_name("S");
  command->footer(circuit_help);
  command->callback([options] { circuit_command(*options); });
}

} // namespace duet
