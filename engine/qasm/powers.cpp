#include "engine/qasm/powers.h"
#include "engine/circuit/gate_matrix.h"
#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet::qasm {

namespace {

using Complex = std::complex<double>;
using Eigen::MatrixXcd;
constexpr double tiny = 1e-12;

/// A unitary 2x2 matrix as exp(i phase) times a gate: one without angles where there is one, else U3.
void name_it(const Eigen::Matrix2cd &u, ControlledTurn &turn) {
  for (const bool any_phase : {false, true})
    for (const GateFacts &record : all_gates()) {
      if (record.qubits != 1 || record.parameters > 0)
        continue;
      const Complex overlap = gate_matrix(record.gate).conjugate().cwiseProduct(u).sum() / 2.0;
      if (std::abs((any_phase ? std::abs(overlap) : overlap) - 1.0) > tiny)
        continue;
      turn.gate.gate = record.gate;
      turn.phase = any_phase ? std::arg(overlap) : 0;
      return;
    }
  const double theta = 2 * std::atan2(std::abs(u(1, 0)), std::abs(u(0, 0)));
  if (std::abs(u(1, 0)) < tiny) {
    turn.phase = std::arg(u(0, 0));
    turn.gate.gate = Gate::p;
    turn.gate.angles[0] = Angle::constant(std::arg(u(1, 1) / u(0, 0)));
    return;
  }
  const double column = std::arg(u(1, 0));
  turn.phase = std::abs(u(0, 0)) < tiny ? column : std::arg(u(0, 0));
  turn.gate.gate = Gate::u3;
  turn.gate.angles = {Angle::constant(theta), Angle::constant(column - turn.phase),
                      Angle::constant(std::arg(-u(0, 1)) - turn.phase)};
}

class Decomposition {
public:
  explicit Decomposition(const MatrixXcd &unitary) : left_(unitary) {
    while (Eigen::Index{1} << qubits_ < unitary.rows())
      ++qubits_;
  }

  /// Column after column, turns of two basis states each that make the matrix diagonal: left_ = turns^-1 ...
  std::vector<ControlledTurn> run() {
    for (Eigen::Index column = 0; column < left_.cols(); ++column)
      for (Eigen::Index row = left_.rows() - 1; row > column; --row)
        if (std::abs(left_(row, column)) > tiny)
          clear(row, column);
    for (Eigen::Index state = 0; state < left_.rows(); ++state)
      if (std::abs(left_(state, state) - 1.0) > tiny)
        phase(state, left_(state, state));
    std::reverse(turns_.begin(), turns_.end()); // found from the last applied on
    return std::move(turns_);
  }

private:
  bool bit(Eigen::Index state, int qubit) const { return state >> (qubits_ - 1 - qubit) & 1; }

  /// A turn of the states `column` and `row` that brings left_(row, column) to 0.
  void clear(Eigen::Index row, Eigen::Index column) {
    Eigen::Vector2cd pair(left_(column, column), left_(row, column));
    pair.normalize();
    Eigen::Matrix2cd turn; // its first column is the pair
    turn << pair(0), -std::conj(pair(1)), pair(1), std::conj(pair(0));
    const Eigen::RowVectorXcd above = left_.row(column), below = left_.row(row);
    left_.row(column) = std::conj(turn(0, 0)) * above + std::conj(turn(1, 0)) * below;
    left_.row(row) = std::conj(turn(0, 1)) * above + std::conj(turn(1, 1)) * below;
    two_states(column, row, turn);
  }

  /// The turn on two states, first brought to differ in one qubit alone.
  void two_states(Eigen::Index first, Eigen::Index second, const Eigen::Matrix2cd &turn) {
    int target = 0;
    while (bit(first, target) == bit(second, target))
      ++target;
    std::vector<int> others;
    for (int q = target + 1; q < qubits_; ++q)
      if (bit(first, q) != bit(second, q))
        others.push_back(q);
    // Where the target is as in `second`, the other qubits that differ are flipped to be as in `first`.
    const auto flip = [&] {
      for (const int q : others) {
        ControlledTurn cx;
        cx.controls = {{target, bit(second, target)}};
        cx.target = q;
        cx.gate.gate = Gate::x;
        turns_.push_back(cx);
      }
    };
    flip();
    ControlledTurn made;
    for (int q = 0; q < qubits_; ++q)
      if (q != target)
        made.controls.emplace_back(q, bit(first, q));
    made.target = target;
    Eigen::Matrix2cd by_bit = turn;
    if (bit(first, target)) // its states stand the other way round
      by_bit = turn.reverse();
    name_it(by_bit, made);
    turns_.push_back(made);
    flip();
  }

  void phase(Eigen::Index state, Complex value) {
    ControlledTurn made;
    for (int q = 0; q + 1 < qubits_; ++q)
      made.controls.emplace_back(q, bit(state, q));
    made.target = qubits_ - 1;
    Eigen::Matrix2cd u = Eigen::Matrix2cd::Identity();
    const int last = bit(state, qubits_ - 1);
    u(last, last) = value;
    name_it(u, made);
    turns_.push_back(made);
  }

  MatrixXcd left_;
  int qubits_ = 0;
  std::vector<ControlledTurn> turns_;
};

} // namespace

MatrixXcd principal_power(const MatrixXcd &unitary, double exponent) {
  const Eigen::ComplexSchur<MatrixXcd> schur(unitary); // of a normal matrix: diagonal
  Eigen::VectorXcd powers(unitary.rows());
  for (Eigen::Index k = 0; k < powers.size(); ++k) {
    double angle = std::arg(schur.matrixT()(k, k));
    if (angle < -std::numbers::pi + 1e-9) // -1, but for rounding
      angle = std::numbers::pi;
    powers(k) = std::polar(1.0, angle * exponent);
  }
  return schur.matrixU() * powers.asDiagonal() * schur.matrixU().adjoint();
}

std::vector<ControlledTurn> decompose(const MatrixXcd &unitary) {
  if (unitary.rows() == 2) {
    ControlledTurn turn;
    name_it(unitary, turn);
    return {turn};
  }
  return Decomposition(unitary).run();
}

} // namespace duet::qasm
