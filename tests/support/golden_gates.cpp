#include "tests/support/golden_gates.h"
#include "engine/io/files.h"
#include "tests/support/source_dir.h"
#include <sstream>

namespace duet {

std::vector<GoldenGate> golden_gates() {
  std::vector<GoldenGate> gates;
  std::istringstream lines(read_file(source_dir() + "/tests/golden/gates.txt"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    if (line.starts_with('#'))
      continue;
    if (!line.starts_with(' ')) {
      GoldenGate gate;
      int qubits = 0;
      words >> gate.name >> qubits;
      for (double angle = 0; words >> angle;)
        gate.angles.push_back(angle);
      gate.matrix = Eigen::MatrixXcd::Identity(1 << qubits, 1 << qubits);
      gates.push_back(gate);
      continue;
    }
    int row = 0, column = 0;
    double re = 0, im = 0;
    words >> row >> column >> re >> im;
    gates.back().matrix(row, column) = {re, im};
  }
  return gates;
}

} // namespace duet
