#include "engine/analysis/dead_weights.h"
#include "engine/analysis/basis_states.h"
#include "engine/analysis/observables.h"
#include "engine/base/words.h"
#include "engine/circuit/gates.h"

namespace duet {

namespace {

/// Why an angle that names a weight does not matter.
enum Reason : std::uint8_t { matters = 0, phase = 1, commutes = 2, kept_off = 4, times_zero = 8 };

class Proof {
public:
  Proof(const Circuit &circuit, bool any_start)
      : circuit_(circuit), any_start_(any_start),
        controls_(any_start ? std::vector<CertainControls>(circuit.operations.size())
                            : certain_controls(circuit)) {
    for (std::size_t k = 0; k < circuit.operations.size(); ++k) {
      first_turn_.push_back(reasons_.size());
      reasons_.resize(reasons_.size() + steps(k).size(), matters);
    }
    constexpr int most_rounds = 8; // one may uncover something for the other
    for (int round = 0; round < most_rounds; ++round) {
      const bool forward = look_forward(), backward = look_backward();
      if (!forward && !backward)
        break;
    }
  }

  std::vector<DeadWeight> dead() const {
    std::vector<bool> acts(std::size_t(circuit_.weights));
    std::vector<unsigned> why(acts.size(), 0);
    for (std::size_t k = 0; k < circuit_.operations.size(); ++k) {
      for (const Angle &angle : circuit_.operations[k].angles)
        if (angle.source == Angle::Source::weight)
          why[std::size_t(angle.index)] |= !varies(angle)       ? times_zero
                                           : controls_[k].never ? kept_off
                                                                : matters;
      const std::vector<PauliStep> steps = this->steps(k);
      for (std::size_t j = 0; j < steps.size(); ++j)
        if (const Angle &angle = steps[j].angle; angle.source == Angle::Source::weight && varies(angle)) {
          const Reason reason = reasons_[first_turn_[k] + j];
          why[std::size_t(angle.index)] |= reason;
          if (reason == matters)
            acts[std::size_t(angle.index)] = true;
        }
    }
    std::vector<DeadWeight> found;
    for (std::size_t w = 0; w < acts.size(); ++w)
      if (!acts[w])
        found.push_back({int(w), sentence(why[w])});
    return found;
  }

private:
  /// A gate that does nothing has none.
  std::vector<PauliStep> steps(std::size_t operation) const {
    if (controls_[operation].never)
      return {};
    return pauli_steps(circuit_.operations[operation], controls_[operation].always_on);
  }

  /// Marks turns about strings of which the state is an eigenstate; returns whether there is a new one.
  bool look_forward() {
    CliffordFrame frame(circuit_.qubits); // to the start of the circuit
    PauliGroup stabilizers;               // of the state, written there
    for (int q = 0; q < circuit_.qubits && !any_start_; ++q)
      stabilizers.add(pauli_z(q));
    bool news = false;
    for (std::size_t k = 0; k < circuit_.operations.size() && !stabilizers.generators().empty(); ++k) {
      const std::vector<PauliStep> steps = this->steps(k);
      for (std::size_t j = 0; j < steps.size(); ++j) {
        Reason &reason = reasons_[first_turn_[k] + j];
        const auto quarters = steps[j].reflects() ? std::nullopt : quarter_turns(steps[j].angle);
        if (quarters) {
          if (*quarters % 2)
            frame.quarter_turn(steps[j].string());
        } else if (reason == matters && !steps[j].reflects() &&
                   stabilizers.contains(frame.image(steps[j].string()))) {
          reason = phase;
          news = true;
        } else if (reason == matters) {
          for (const PauliString string : steps[j].strings())
            stabilizers.keep_commuting(frame.image(string));
        }
      }
    }
    return news;
  }

  /// Marks turns that no observable sees; returns whether there is a new one.
  bool look_backward() {
    Observables observables(circuit_.qubits);
    bool news = false;
    for (std::size_t k = circuit_.operations.size(); k-- > 0;) {
      const std::vector<PauliStep> steps = this->steps(k);
      for (std::size_t j = steps.size(); j-- > 0;) {
        Reason &reason = reasons_[first_turn_[k] + j];
        if (reason != matters)
          continue;
        const bool free = !steps[j].reflects() && !quarter_turns(steps[j].angle);
        if (free && observables.blind_to(steps[j].string())) {
          reason = commutes;
          news = true;
        } else {
          observables.meet(steps[j]);
        }
      }
    }
    return news;
  }

  static std::string sentence(unsigned why) {
    std::vector<std::string> parts;
    if (why & commutes)
      parts.push_back("commutes with every later gate it meets and with the measurement");
    if (why & phase)
      parts.push_back("acts on a state that it only multiplies by a phase");
    if (why & kept_off)
      parts.push_back("stands in a gate with a control that is always 0");
    if (why & times_zero)
      parts.push_back("is multiplied by 0");
    return parts.empty() ? "no gate uses it" : listed(parts);
  }

  const Circuit &circuit_;
  bool any_start_;
  std::vector<CertainControls> controls_; ///< [operation]
  std::vector<std::size_t> first_turn_;   ///< [operation], in reasons_
  std::vector<Reason> reasons_;           ///< of every step of every gate
};

} // namespace

std::vector<DeadWeight> dead_weights(const Circuit &circuit, bool any_start) {
  return circuit.weights == 0 ? std::vector<DeadWeight>() : Proof(circuit, any_start).dead();
}

} // namespace duet
