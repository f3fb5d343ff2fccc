// Products of Pauli operators on up to 32 qubits, signs left out.
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

namespace duet {

/// Bit q of the low half: the string has an X on qubit q; bit 32 + q: a Z; both: a Y. The product of two
/// strings is their exclusive or.
using PauliString = std::uint64_t;

constexpr PauliString pauli_x(int qubit) { return PauliString{1} << qubit; }
constexpr PauliString pauli_z(int qubit) { return PauliString{1} << (32 + qubit); }
constexpr std::uint32_t qubits_of(PauliString string) { return std::uint32_t(string | string >> 32); }
/// Two strings commute or anticommute.
constexpr bool commute(PauliString a, PauliString b) {
  return (std::popcount(a & std::rotl(b, 32)) & 1) == 0;
}

/// A set of strings that holds the product of any two of its own.
class PauliGroup {
public:
  /// Returns whether it is new.
  bool add(PauliString string) {
    string = rest(string);
    if (string == 0)
      return false;
    auto place = basis_.begin();
    while (place != basis_.end() && *place > string)
      ++place;
    basis_.insert(place, string);
    return true;
  }
  bool contains(PauliString string) const { return rest(string) == 0; }
  /// Does every string of it commute with this one?
  bool commutes(PauliString string) const {
    for (const PauliString own : basis_)
      if (!commute(own, string))
        return false;
    return true;
  }
  /// Drops the strings that do not commute with this one.
  void keep_commuting(PauliString string) {
    std::vector<PauliString> before;
    before.swap(basis_);
    PauliString odd = 0; // one that does not commute; the product of two such does
    for (const PauliString own : before) {
      if (commute(own, string))
        add(own);
      else if (odd == 0)
        odd = own;
      else
        add(own ^ odd);
    }
  }
  /// Strings whose products are the whole group.
  const std::vector<PauliString> &generators() const { return basis_; }

private:
  PauliString rest(PauliString string) const {
    for (const PauliString own : basis_)
      string = std::min(string, string ^ own);
    return string;
  }
  std::vector<PauliString> basis_; ///< leading bits differ, largest first
};

/// Where later (or earlier) quarter turns about Pauli strings take a string.
class CliffordFrame {
public:
  explicit CliffordFrame(int qubits) {
    for (int q = 0; q < qubits; ++q) {
      x_.push_back(pauli_x(q));
      z_.push_back(pauli_z(q));
    }
  }
  PauliString image(PauliString string) const {
    PauliString whole = 0;
    for (std::uint32_t left = qubits_of(string); left; left &= left - 1) {
      const int q = std::countr_zero(left);
      whole ^=
          (string & pauli_x(q) ? x_[std::size_t(q)] : 0) ^ (string & pauli_z(q) ? z_[std::size_t(q)] : 0);
    }
    return whole;
  }
  /// A quarter turn about the string is met next: strings that do not commute with it become their product
  /// with it.
  void quarter_turn(PauliString about) {
    const PauliString turned = image(about);
    for (std::uint32_t left = qubits_of(about); left; left &= left - 1) {
      const int q = std::countr_zero(left);
      if (about & pauli_z(q))
        x_[std::size_t(q)] ^= turned;
      if (about & pauli_x(q))
        z_[std::size_t(q)] ^= turned;
    }
  }

private:
  std::vector<PauliString> x_, z_; ///< images of X and Z on qubit q
};

} // namespace duet
