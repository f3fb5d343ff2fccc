#include "engine/simulator/compile.h"
#include "engine/base/error.h"
#include <algorithm>
#include <numbers>
#include <string_view>

namespace duet {
namespace {

constexpr double pi = std::numbers::pi;

Angle scaled(const Angle &angle, double by) {
  Angle result = angle;
  result.scale *= by;
  result.offset *= by;
  return result;
}

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
    plan_.steps = schedule(plan_.steps);
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

  /// The factors of a gate on one qubit, first applied first. Empty for the identity.
  static std::vector<Factor> factors(const Operation &op) {
    const auto turn = [](char axis, double angle) { return Factor{axis, Angle::constant(angle)}; };
    switch (op.gate) {
    case Gate::h:
      return {turn('h', 0)};
    case Gate::x:
      return {turn('n', 0)};
    case Gate::y:
      return {turn('z', pi), turn('n', 0)};
    case Gate::z:
      return {turn('z', pi)};
    case Gate::s:
      return {turn('z', pi / 2)};
    case Gate::sdg:
      return {turn('z', -pi / 2)};
    case Gate::t:
      return {turn('z', pi / 4)};
    case Gate::tdg:
      return {turn('z', -pi / 4)};
    case Gate::sx:
      return {turn('x', pi / 2)};
    case Gate::sxdg:
      return {turn('x', -pi / 2)};
    case Gate::rx:
      return {{'x', op.angles[0]}};
    case Gate::ry:
      return {{'y', op.angles[0]}};
    case Gate::rz:
    case Gate::p:
      return {{'z', op.angles[0]}};
    case Gate::u3:
      return {{'z', op.angles[2]}, {'y', op.angles[0]}, {'z', op.angles[1]}};
    default:
      return {};
    }
  }

  void add(const Operation &op) {
    if (op.gate == Gate::barrier || op.gate == Gate::id)
      return;
    const int a = op.qubits[0], b = op.qubits[1], c = op.qubits[2];
    if (b < 0) {
      for (Factor &factor : factors(op))
        pending_[a].push_back(factor);
      return;
    }
    for (const int q : op.qubits)
      if (q >= 0)
        flush(q);
    const Angle &angle = op.angles[0];
    const std::uint32_t row_a = wires_[a].bit.row, row_b = wires_[b].bit.row;
    switch (op.gate) {
    case Gate::cx:
      return cx(a, b);
    case Gate::cy:
      phase({wires_[b].bit}, scaled(Angle::constant(-pi / 2), -0.5));
      cx(a, b);
      return phase({wires_[b].bit}, scaled(Angle::constant(pi / 2), -0.5));
    case Gate::cz:
      return controlled_phase(a, b, Angle::constant(pi));
    case Gate::cp:
      return controlled_phase(a, b, angle);
    case Gate::crz:
      phase({wires_[b].bit}, scaled(angle, -0.25));
      return phase({wires_[a].bit, wires_[b].bit}, scaled(angle, 0.25));
    case Gate::rzz:
      return phase({wires_[a].bit, wires_[b].bit}, scaled(angle, -0.5));
    case Gate::ch:
      return controlled({a}, b, {'h', {}});
    case Gate::crx:
      return controlled({a}, b, {'x', angle});
    case Gate::cry:
      return controlled({a}, b, {'y', angle});
    case Gate::ccx:
      return controlled({a, b}, c, {'n', {}});
    case Gate::swap:
      return std::swap(wires_[a], wires_[b]);
    case Gate::cswap: // the difference of the two is what a swap flips
      cx(c, b);
      controlled({a, b}, c, {'n', {}});
      return cx(c, b);
    case Gate::rxx:
    case Gate::ryy: {
      Block block{CircuitKind::imaginary, wires_[a].mask ^ wires_[b].mask, wires_[a].bit, {}, {1, 1, 1, 1},
                  {{'x', angle}}};
      if (op.gate == Gate::ryy) { // Y Y = -X X where the two bits are equal, +X X where they differ
        block.controls = {{row_a ^ row_b, wires_[a].bit.flip != wires_[b].bit.flip}};
        block.action = {-1, 1, 0, 0};
      }
      plan_.steps.emplace_back(block);
      return;
    }
    default:
      throw Error(ExitCode::usage, "The circuit holds a gate that the simulator does not know.");
    }
  }

  void cx(int control, int target) {
    wires_[target].bit.row ^= wires_[control].bit.row;
    wires_[target].bit.flip ^= wires_[control].bit.flip;
    wires_[control].mask ^= wires_[target].mask;
  }

  /// exp(i angle (-1)^(sum of the bits)).
  void phase(const std::vector<Parity> &bits, Angle angle) {
    std::uint32_t row = 0;
    bool flip = false;
    for (const Parity &bit : bits) {
      row ^= bit.row;
      flip ^= bit.flip;
    }
    plan_.steps.emplace_back(Diagonal{{row, scaled(angle, flip ? -1 : 1)}});
  }

  /// exp(i angle a b) for bits a, b: a b = (1 - (-1)^a - (-1)^b + (-1)^(a+b)) / 4.
  void controlled_phase(int a, int b, const Angle &angle) {
    phase({wires_[a].bit}, scaled(angle, -0.25));
    phase({wires_[b].bit}, scaled(angle, -0.25));
    phase({wires_[a].bit, wires_[b].bit}, scaled(angle, 0.25));
  }

  /// The factor on the target where all controls are 1.
  void controlled(const std::vector<int> &controls, int target, Factor factor) {
    Block block{kind_of({factor}), wires_[target].mask, wires_[target].bit, {}, {0, 0, 0, 0}, {factor}};
    for (const int q : controls)
      block.controls.push_back(wires_[q].bit);
    block.action[(1u << controls.size()) - 1] = 1;
    plan_.steps.emplace_back(block);
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
      plan_.chains[q].push_back({kind_of(part), 1, {1, false}, {}, {1, 1, 1, 1}, part});
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
      plan_.steps.emplace_back(
          Block{kind_of(middle), wires_[q].mask, wires_[q].bit, {}, {1, 1, 1, 1}, middle});
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
