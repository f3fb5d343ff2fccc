// Who answers in a model, and what each is called: the one place for these names, in the window, on the
// command line and in reports.
#pragma once
#include "engine/model/settings.h"
#include <optional>
#include <string>

namespace duet {

/// Whose answer, logits or spikes are meant. `quantum` is the second branch also where no circuit is in it.
enum class Speaker { spiking, quantum, fused };
inline constexpr Speaker speakers[] = {Speaker::spiking, Speaker::quantum, Speaker::fused};

/// What a voice is called. A branch of a fused model is never called a network of its own, and what has no
/// circuit is never called quantum.
struct VoiceName {
  std::string brief;    ///< beside a number: "spiking", "quantum", "tanh twin", "together"
  std::string name;     ///< "spiking branch", "tanh twin", "serial network"
  std::string of_model; ///< whose accuracy it is: "spiking branch of this model", "serial network"
  std::string encoder;  ///< its spiking layers: "spiking branch", "tanh twin's encoder"
  std::string key;      ///< in names of files and columns: "spiking", "quantum", "tanh_twin", "serial"
  bool operator==(const VoiceName &) const = default;
};

/// Nothing where the model has no such voice: `fused` speaks only where two branches are mixed.
std::optional<VoiceName> voice_name(Speaker who, const ModelSettings &model, const QuantumSettings &quantum);
std::optional<VoiceName> voice_name(Speaker who, const WholeModel auto &whole) {
  return voice_name(who, whole.model, whole.quantum);
}
/// Whose answer is the model's.
constexpr Speaker answerer(ModelKind kind) {
  return mixes(kind) ? Speaker::fused : has_spiking_branch(kind) ? Speaker::spiking : Speaker::quantum;
}

} // namespace duet
