// Programs for tests: what they must read as, and how they must be refused.
#pragma once
#include "engine/base/error.h"
#include "engine/circuit/gate_matrix.h"
#include "engine/qasm/qasm.h"
#include <QTest>
#include <charconv>
#include <stdexcept>
#include <string>

namespace duet::qasm_text {

inline const std::string head2 = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n";
inline const std::string head3 = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n";

/// A number as a program writes it: with a point in every locale, and read back to the same bits.
inline std::string number(double value) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

/// The sentence that refuses the program.
inline std::string sentence(const std::string &text, const Includes &includes = {}) {
  try {
    read_qasm(text, "bad.qasm", includes);
  } catch (const Error &error) {
    return error.code() == ExitCode::usage ? error.what() : "wrong exit code";
  }
  return "(read without complaint)";
}

/// The message must begin with the line and hold the words.
inline void complains(const std::string &text, int line, const std::string &words,
                      const Includes &includes = {}) {
  const std::string said = sentence(text, includes);
  const std::string start = "bad.qasm line " + std::to_string(line) + ": ";
  QVERIFY2(said.starts_with(start) && said.find(words) != std::string::npos,
           (said + "\n  wanted: " + start + "..." + words).c_str());
  QVERIFY2(said.find('\n') == std::string::npos, said.c_str());
}

/// Reads, and what is written reads back as the same circuit.
inline Circuit reads(const std::string &text, const Includes &includes = {}) {
  const Circuit circuit = read_qasm(text, "good.qasm", includes);
  const std::string written = write_qasm3(circuit);
  if (!(read_qasm(written, "written.qasm") == circuit))
    throw std::runtime_error("what was written reads back as another circuit:\n" + written);
  return circuit;
}

inline Operation op(Gate gate, std::initializer_list<int> qubits, std::initializer_list<Angle> angles = {}) {
  Operation operation;
  operation.gate = gate;
  std::size_t i = 0;
  for (int qubit : qubits)
    operation.qubits[i++] = std::int16_t(qubit);
  i = 0;
  for (const Angle &angle : angles)
    operation.angles[i++] = angle;
  return operation;
}

inline void same(const Circuit &circuit, const std::vector<Operation> &expected) {
  QCOMPARE(circuit.operations.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    QVERIFY2(circuit.operations[i] == expected[i], ("operation " + std::to_string(i)).c_str());
}

/// The matrix of a program's lines on so many qubits, constant angles alone.
inline Eigen::MatrixXcd matrix(const std::string &lines, int qubits, int version = 3) {
  const Circuit circuit = read_qasm((version == 2 ? head2 + "qreg q[" : head3 + "qubit[") +
                                        std::to_string(qubits) + (version == 2 ? "];\n" : "] q;\n") + lines,
                                    "lines");
  return matrix_of(circuit.operations, qubits);
}

/// The matrix on the last qubits where all `controls` before them are 1.
inline Eigen::MatrixXcd controlled(int controls, const Eigen::MatrixXcd &inner) {
  const Eigen::Index size = inner.rows() << controls;
  Eigen::MatrixXcd whole = Eigen::MatrixXcd::Identity(size, size);
  whole.bottomRightCorner(inner.rows(), inner.cols()) = inner;
  return whole;
}

/// 0 if they are the same, phase included.
inline double distance(const Eigen::MatrixXcd &a, const Eigen::MatrixXcd &b) {
  return a.rows() == b.rows() ? (a - b).cwiseAbs().maxCoeff() : 1e9;
}

/// 0 if they are the same up to one phase.
inline double distance_up_to_phase(const Eigen::MatrixXcd &a, const Eigen::MatrixXcd &b) {
  const std::complex<double> overlap = a.conjugate().cwiseProduct(b).sum();
  return std::abs(std::abs(overlap) - double(a.rows())) / double(a.rows());
}

} // namespace duet::qasm_text
