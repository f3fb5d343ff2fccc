#include "engine/model/voices.h"

namespace duet {
namespace {

VoiceName branch(const std::string &brief, const std::string &name, const std::string &key) {
  return {brief, name, name + " of this model", name + "'s encoder", key};
}

VoiceName network(const std::string &brief, const std::string &name, const std::string &key) {
  return {brief, name, name, "spiking encoder", key};
}

/// What stands in the circuit's place: n values of tanh; mean brightnesses where there is no Linear to
/// squash.
struct Twin {
  std::string name, key;
};

Twin twin_of(const QuantumSettings &quantum) {
  return quantum.input == QuantumInput::pooled ? Twin{"pooled twin", "pooled_twin"}
                                               : Twin{"tanh twin", "tanh_twin"};
}

} // namespace

std::optional<VoiceName> voice_name(Speaker who, const ModelSettings &model, const QuantumSettings &quantum) {
  const bool mixed = mixes(model.kind), twin = quantum.ansatz == Ansatz::none;
  switch (who) {
  case Speaker::spiking: {
    if (!has_spiking_branch(model.kind))
      return std::nullopt;
    VoiceName voice = mixed ? branch("spiking", "spiking branch", "spiking")
                            : network("spiking", "spiking network", "spiking");
    voice.encoder = voice.name;
    return voice;
  }
  case Speaker::quantum: {
    if (!has_quantum_branch(model.kind))
      return std::nullopt;
    const Twin stand_in = twin_of(quantum);
    if (mixed)
      return twin ? branch(stand_in.name, stand_in.name, stand_in.key)
                  : branch("quantum", "quantum branch", "quantum");
    return twin ? network(stand_in.name, "serial " + stand_in.name, stand_in.key)
                : network("serial", "serial network", "serial");
  }
  case Speaker::fused:
    if (!mixed)
      return std::nullopt;
    return VoiceName{"together", "both together", "both together", "", "together"};
  }
  return std::nullopt;
}

} // namespace duet
