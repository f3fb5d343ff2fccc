// The matrices of tests/golden/gates.txt.
#pragma once
#include <Eigen/Core>
#include <string>
#include <vector>

namespace duet {

struct GoldenGate {
  std::string name;
  std::vector<double> angles;
  Eigen::MatrixXcd matrix;
};

std::vector<GoldenGate> golden_gates();

} // namespace duet
