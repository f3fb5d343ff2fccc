#include "app/cli/circuit_facts.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include <nlohmann/json.hpp>

namespace duet {

namespace {

nlohmann::ordered_json json(const std::optional<EntanglingCapability> &capability) {
  if (!capability)
    return nullptr;
  return nlohmann::ordered_json::object({{"value", capability->value},
                                         {"standard_error", capability->standard_error},
                                         {"samples", capability->samples}});
}

nlohmann::ordered_json json(const std::optional<Expressibility> &expressibility) {
  if (!expressibility)
    return nullptr;
  return nlohmann::ordered_json::object({{"value", expressibility->value},
                                         {"samples", expressibility->samples},
                                         {"bins", expressibility->bins}});
}

std::string sampled_lines(const CircuitFacts &facts) {
  if (!facts.entangling || !facts.expressibility)
    return "  (the circuit is too large to sample its entangling capability and expressibility)\n";
  return "  entangling capability " + rounded(facts.entangling->value, 4) + " +- " +
         rounded(facts.entangling->standard_error, 4) + " (Meyer-Wallach, " +
         counted(std::size_t(facts.entangling->samples), "random state") + ")\n  expressibility " +
         rounded(facts.expressibility->value, 4) + " (divergence from Haar random states, " +
         counted(std::size_t(facts.expressibility->samples), "pair") + ", " +
         std::to_string(facts.expressibility->bins) + " bins; 0 is best)\n";
}

std::string name_of(const Circuit &circuit, int weight) { return circuit.names.of(Angle::weight(weight)); }

} // namespace

nlohmann::ordered_json facts_json(const Circuit &circuit, const CircuitFacts &facts) {
  auto gates = nlohmann::ordered_json::object();
  for (const auto &[name, count] : facts.gates)
    gates[name] = count;
  auto dead = nlohmann::ordered_json::array();
  for (const DeadWeight &one : facts.weights.dead)
    dead.push_back(
        nlohmann::ordered_json::object({{"weight", name_of(circuit, one.weight)}, {"reason", one.reason}}));
  return nlohmann::ordered_json::object({{"depth", facts.depth},
                                         {"gates", gates},
                                         {"two_qubit_gates", facts.two_qubit_gates},
                                         {"weights", circuit.weights},
                                         {"acting_weights", facts.weights.acting},
                                         {"dead", dead},
                                         {"light_cones", facts.light_cones},
                                         {"entangling_capability", json(facts.entangling)},
                                         {"expressibility", json(facts.expressibility)}});
}

std::string facts_table(const Circuit &circuit, const CircuitFacts &facts) {
  std::vector<std::string> counts;
  for (const auto &[name, count] : facts.gates)
    counts.push_back(std::to_string(count) + " " + name);
  std::string text = "\nFacts:\n  depth " + std::to_string(facts.depth) +
                     "; gates: " + (counts.empty() ? "none" : listed(counts)) + "; " +
                     counted(facts.two_qubit_gates, "two-qubit gate") + "\n";
  const WeightFacts &weights = facts.weights;
  text += "  " + counted(std::size_t(circuit.weights), "weight") + ", of which " +
          (weights.measured ? "" : "at most ") + std::to_string(weights.acting) + " can change some <Z>\n";
  for (const DeadWeight &one : weights.dead)
    text += "  " + name_of(circuit, one.weight) + " cannot: " + one.reason + "\n";
  for (const int weight : weights.idle)
    text += "  " + name_of(circuit, weight) +
            " does not: every derivative is 0 at random angles (measured, not proved)\n";
  if (!weights.measured)
    text += "  (the circuit is too large to measure which of the others do)\n";
  for (std::size_t i = 0; i < facts.light_cones.size(); ++i) {
    std::vector<std::string> cone;
    for (const int q : facts.light_cones[i])
      cone.push_back("q[" + std::to_string(q) + "]");
    text += "  <Z> of q[" + std::to_string(i) + "] depends on gates on " + listed(cone) + "\n";
  }
  return text + sampled_lines(facts);
}

} // namespace duet
