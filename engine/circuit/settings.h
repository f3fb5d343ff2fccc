// What an experiment says about its quantum branch. engine/MODEL.md 1.2.
#pragma once
#include <string>
#include <vector>

namespace duet {

enum class QuantumInput { spiking, linear, pooled, amplitude };
enum class Ansatz { star, ring, linear, all_to_all, strongly_entangling, custom, none };

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

} // namespace duet
