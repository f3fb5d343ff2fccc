#include "engine/simulator/compile.h"
#include "engine/circuit/definitions.h"
#include <algorithm>
#include <span>
#include <string_view>

namespace duet {
namespace {

bool has_angle(const Factor &f) { return f.axis == 'x' || f.axis == 'y' || f.axis == 'z'; }
bool is_feature(const Factor &f) { return has_angle(f) && f.angle.source == Angle::Source::feature; }
bool is_diagonal(const Factor &f) { return f.axis == 'z'; }
bool is_flip(const Factor &f) { return f.axis == 'n'; }

CircuitKind kind_of(const std::vector<Factor> &run) {
  const auto all = [&](const char *axes) {
    return std::all_of(run.begin(), run.end(), [&](const Factor &f) {
      return std::string_view(axes).find(f.axis) != std::string_view::npos;
    });
  };
  return all("z")     ? CircuitKind::phase
         : all("yhn") ? CircuitKind::real
         : all("x")   ? CircuitKind::imaginary
                      : CircuitKind::general;
}

class Compiler {
public:
  Compiler(const Circuit &circuit, bool product_start, int lane_bits)
      : wires_(circuit.qubits), pending_(circuit.qubits), fresh_(circuit.qubits, product_start) {
    plan_.qubits = circuit.qubits;
    plan_.chains.resize(circuit.qubits);
    for (int q = 0; q < circuit.qubits; ++q)
      wires_[q] = first_wire(circuit.qubits - 1 - q, lane_bits, circuit.qubits - lane_bits);
    for (const Operation &op : circuit.operations)
      add(op);
    for (int q = 0; q < circuit.qubits; ++q)
      flush(q);
    for (const Wire &wire : wires_)
      plan_.outputs.push_back(wire.bit);
    plan_.steps = schedule(std::move(plan_.steps));
  }
  Plan take() { return std::move(plan_); }

private:
  struct Wire {
    Parity bit;
    std::uint32_t mask = 0;
  };

  /// The wire of an index's bit before any gate. A vector's bits v + 6 and v + 12 are folded onto its bit
  /// v < 6 (circuit_stored_index): changing one changes both, and reading bit v takes all three.
  static Wire first_wire(int bit, int lane_bits, int vector_bits) {
    const std::uint32_t one = 1;
    if (bit < lane_bits)
      return {{one << bit, false}, one << bit};
    const int v = bit - lane_bits;
    std::uint32_t row = one << v;
    for (int folded = v + 6; v < 6 && folded < vector_bits; folded += 6)
      row |= one << folded;
    return {{row << lane_bits, false}, circuit_stored_index(one << v) << lane_bits};
  }

  void add(const Operation &op) {
    const GateFacts &record = facts(op.gate);
    if (record.core != GateCore::none)
      return add_core(op, record);
    const GateDefinition &meaning = meaning_of(op.gate);
    if (meaning.operations.empty() && record.controls > 0)
      return add_controlled(op, record);
    for (const Operation &inner : meaning.operations)
      add(substituted(inner, op));
  }

  static std::span<const std::int16_t> qubits_of(const Operation &op, const GateFacts &record) {
    return std::span(op.qubits).first(std::size_t(record.qubits));
  }

  /// The factor of a gate on one qubit that the simulator knows.
  static Factor factor_of(const Operation &op, const GateFacts &record) {
    if (record.core == GateCore::turn)
      return {char(std::tolower(record.pauli[0])), op.angles[0]};
    return {record.core == GateCore::hadamard ? 'h' : 'n', {}};
  }

  void add_core(const Operation &op, const GateFacts &record) {
    const auto qubits = qubits_of(op, record);
    if (record.core == GateCore::barrier)
      return;
    if (qubits.size() == 1)
      return pending_[qubits[0]].push_back(factor_of(op, record));
    for (const int q : qubits)
      flush(q);
    if (record.core == GateCore::exchange)
      std::swap(wires_[qubits[0]], wires_[qubits[1]]);
    else
      pauli_turn(qubits, record.pauli, op.angles[0]);
  }

  /// exp(-i angle P / 2). P flips the qubits of its letters X and Y, and has the sign that the bits of its
  /// letters Z and Y say, as Y = i X Z: with two letters Y the other way round.
  void pauli_turn(std::span<const std::int16_t> qubits, std::string_view letters, const Angle &angle) {
    std::uint32_t mask = 0;
    std::vector<Parity> signs;
    Parity target;
    for (std::size_t k = 0; k < qubits.size(); ++k) {
      const Wire &wire = wires_[qubits[k]];
      if (letters[k] != 'Z' && mask == 0)
        target = wire.bit;
      if (letters[k] != 'Z')
        mask ^= wire.mask;
      if (letters[k] != 'X')
        signs.push_back(wire.bit);
    }
    if (mask == 0)
      return phase(signs, scaled(angle, -0.5));
    Block block{CircuitKind::imaginary, mask, target, {}, {1}, {{'x', angle}}};
    if (!signs.empty()) {
      Parity sign = sum_of(signs);
      sign.flip ^= std::count(letters.begin(), letters.end(), 'Y') == 2;
      block.controls = {sign};
      block.action = {1, -1};
    }
    plan_.steps.emplace_back(block);
  }

  /// The target's factors, one by one, where every control is 1.
  void add_controlled(const Operation &op, const GateFacts &record) {
    const auto qubits = qubits_of(op, record);
    for (const int q : qubits)
      flush(q);
    const auto controls = qubits.first(std::size_t(record.controls));
    const int target = qubits.back();
    Operation inner;
    inner.gate = record.target;
    inner.qubits = {std::int16_t(target)};
    inner.angles = op.angles;
    add_controlled(controls, inner);
  }

  void add_controlled(std::span<const std::int16_t> controls, const Operation &inner) {
    const GateFacts &record = facts(inner.gate);
    const int target = inner.qubits[0];
    if (record.core == GateCore::none) {
      const GateDefinition &meaning = meaning_of(inner.gate);
      for (const Angle &angle : meaning.phases)
        controlled_phase(controls, nullptr, substituted(angle, inner.angles));
      for (const Operation &part : meaning.operations)
        add_controlled(controls, substituted(part, inner));
      return;
    }
    const Factor factor = factor_of(inner, record);
    if (is_diagonal(factor))
      return controlled_phase(controls, &wires_[target].bit, scaled(factor.angle, -0.5));
    if (is_flip(factor) && controls.size() == 1)
      return cx(controls[0], target);
    Block block{kind_of({factor}), wires_[target].mask, wires_[target].bit, {}, {}, {factor}};
    for (const int q : controls)
      block.controls.push_back(wires_[q].bit);
    block.action[(std::size_t{1} << controls.size()) - 1] = 1;
    plan_.steps.emplace_back(block);
  }

  /// exp(i angle (-1)^bit) where all controls are 1, without a bit exp(i angle): the product of their bits
  /// is the mean over all their subsets of (-1)^(size) (-1)^(sum of the bits).
  void controlled_phase(std::span<const std::int16_t> controls, const Parity *bit, const Angle &angle) {
    const std::size_t subsets = std::size_t{1} << controls.size();
    for (std::size_t subset = bit ? 0 : 1; subset < subsets; ++subset) {
      std::vector<Parity> bits;
      for (std::size_t c = 0; c < controls.size(); ++c)
        if (subset >> c & 1)
          bits.push_back(wires_[controls[c]].bit);
      const double sign = bits.size() % 2 ? -1 : 1;
      if (bit)
        bits.push_back(*bit);
      phase(bits, scaled(angle, sign / double(subsets)));
    }
  }

  void cx(int control, int target) {
    wires_[target].bit.row ^= wires_[control].bit.row;
    wires_[target].bit.flip ^= wires_[control].bit.flip;
    wires_[control].mask ^= wires_[target].mask;
  }

  static Parity sum_of(const std::vector<Parity> &bits) {
    Parity sum;
    for (const Parity &bit : bits) {
      sum.row ^= bit.row;
      sum.flip ^= bit.flip;
    }
    return sum;
  }

  /// exp(i angle (-1)^(sum of the bits)).
  void phase(const std::vector<Parity> &bits, const Angle &angle) {
    const Parity sum = sum_of(bits);
    plan_.steps.emplace_back(Diagonal{{sum.row, scaled(angle, sum.flip ? -1 : 1)}});
  }

  /// Carries out the one-qubit gates gathered on a qubit.
  void flush(int q) {
    auto run = std::move(pending_[q]);
    pending_[q].clear();
    if (fresh_[q]) {
      fresh_[q] = false;
      auto last = std::find_if_not(run.rbegin(), run.rend(), is_diagonal);
      add_chain(q, {run.begin(), last.base()});
      run.erase(run.begin(), last.base());
    }
    for (auto from = run.begin(); from != run.end();) {
      const auto to = is_feature(*from) ? from + 1 : std::find_if(from, run.end(), is_feature);
      emit(q, {from, to});
      from = to;
    }
  }

  void add_chain(int q, const std::vector<Factor> &run) {
    for (auto from = run.begin(); from != run.end();) {
      const auto to = is_feature(*from) ? from + 1 : std::find_if(from, run.end(), is_feature);
      const std::vector<Factor> part(from, to);
      plan_.chains[q].push_back({kind_of(part), 1, {1, false}, {}, {1}, part});
      from = to;
    }
  }

  /// A run without features, or one feature: phases, what lies between the first and the last gate that
  /// is not diagonal, phases.
  void emit(int q, const std::vector<Factor> &run) {
    const auto first = std::find_if_not(run.begin(), run.end(), is_diagonal);
    const auto last =
        first == run.end() ? first : std::find_if_not(run.rbegin(), run.rend(), is_diagonal).base();
    for (auto f = run.begin(); f != first; ++f)
      phase({wires_[q].bit}, scaled(f->angle, -0.5));
    const std::vector<Factor> middle(first, last);
    if (middle.size() == 1 && is_flip(middle[0]))
      wires_[q].bit.flip ^= true;
    else if (!middle.empty())
      plan_.steps.emplace_back(Block{kind_of(middle), wires_[q].mask, wires_[q].bit, {}, {1}, middle});
    for (auto f = last; f != run.end(); ++f)
      phase({wires_[q].bit}, scaled(f->angle, -0.5));
  }

  Plan plan_;
  std::vector<Wire> wires_;
  std::vector<std::vector<Factor>> pending_;
  std::vector<bool> fresh_;
};

} // namespace

int Block::feature() const { return run.size() == 1 && is_feature(run[0]) ? run[0].angle.index : -1; }

bool Block::has_weights() const {
  return std::any_of(run.begin(), run.end(),
                     [](const Factor &f) { return has_angle(f) && f.angle.source == Angle::Source::weight; });
}

Plan compile(const Circuit &circuit, bool product_start, int lane_bits) {
  return Compiler(circuit, product_start, lane_bits).take();
}

} // namespace duet
