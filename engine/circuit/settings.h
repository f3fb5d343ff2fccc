// What an experiment says about its quantum branch. engine/MODEL.md 1.2.
#pragma once
#include <bit>
#include <string>
#include <vector>

namespace duet {

enum class QuantumInput { spiking, linear, pooled, amplitude };
enum class Ansatz { star, ring, linear, all_to_all, strongly_entangling, custom, none };

/// Qubits whose amplitudes hold an image: ceil(log2 pixels).
constexpr int amplitude_qubits(int pixels) { return std::bit_width(static_cast<unsigned>(pixels - 1)); }

struct QuantumSettings {
  QuantumInput input = QuantumInput::spiking;
  int qubits = 5;
  Ansatz ansatz = Ansatz::star;
  int layers = 1;
  bool reupload = false;
  std::vector<int> projection; ///< widths of plain Linear layers after the spiking encoder
  std::string circuit;         ///< OpenQASM 3 text, for ansatz custom
  bool operator==(const QuantumSettings &) const = default;
};

/// The circuit between the same angles and the same readout is another one, and one of the two is the user's
/// own: weights of equal number mean the same gates then, as those of two templates do not.
inline bool is_circuit_edit(const QuantumSettings &from, const QuantumSettings &to) {
  const auto differs = [&] {
    return from.ansatz != to.ansatz || from.circuit != to.circuit || from.layers != to.layers ||
           from.reupload != to.reupload;
  };
  return from.ansatz != Ansatz::none && to.ansatz != Ansatz::none &&
         (from.ansatz == Ansatz::custom || to.ansatz == Ansatz::custom) && from.input == to.input &&
         from.qubits == to.qubits && from.projection == to.projection && differs();
}

} // namespace duet
