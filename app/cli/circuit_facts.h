// What `duet-cli circuit --facts` says of a circuit.
#pragma once
#include "engine/analysis/circuit_facts.h"
#include <nlohmann/json_fwd.hpp>

namespace duet {

nlohmann::ordered_json facts_json(const Circuit &circuit, const CircuitFacts &facts);
/// The same to read, lines that follow the circuit's tables.
std::string facts_table(const Circuit &circuit, const CircuitFacts &facts);

} // namespace duet
