#include "ui/editor/palette_gates.h"
#include "engine/circuit/gates.h"
#include <QObject>
#include <Qt>
#include <algorithm>

namespace duet::ui {
namespace {

QString text_of(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

PaletteFamily family(const QString &title, const auto &belongs, bool encodes = false) {
  PaletteFamily made{title, {}};
  for (const GateFacts &record : all_gates())
    if (belongs(record))
      made.gates.push_back({record.gate, encodes});
  return made;
}

std::vector<PaletteFamily> made_families() {
  const auto of = [](GateFamily wanted) {
    return [wanted](const GateFacts &record) { return family_of(record) == wanted; };
  };
  return {family(QObject::tr("Half turns and parts"), of(GateFamily::fixed)),
          family(QObject::tr("Rotations"), of(GateFamily::rotation)),
          family(
              QObject::tr("Encoding"),
              [](const GateFacts &record) {
                return family_of(record) == GateFamily::rotation && record.core == GateCore::turn;
              },
              true),
          family(QObject::tr("Controlled"), of(GateFamily::controlled)),
          family(QObject::tr("Several qubits"), of(GateFamily::joint))};
}

} // namespace

QString PaletteGate::name() const {
  const GateFacts &record = facts(gate);
  const bool own = record.controls == 0 && !record.symbol.empty();
  const QString name = own ? text_of(record.symbol) : text_of(record.qasm3).toUpper();
  return encodes ? QObject::tr("%1 x").arg(name) : name;
}

QString PaletteGate::help() const {
  const QString help = text_of(facts(gate).help);
  return encodes ? QObject::tr("Turns by the feature of its wire, an angle made from the image. %1").arg(help)
                 : help;
}

const std::vector<PaletteFamily> &palette_families() {
  static const std::vector<PaletteFamily> families = made_families();
  return families;
}

std::optional<PaletteGate> gate_of_key(int key) {
  if (key < Qt::Key_A || key > Qt::Key_Z)
    return std::nullopt;
  if (key == Qt::Key_R)
    return PaletteGate{Gate::rx};
  const char letter = char('a' + (key - Qt::Key_A));
  const auto gate = find_gate(std::string_view(&letter, 1));
  return gate && family_of(facts(*gate)) == GateFamily::fixed ? std::optional(PaletteGate{*gate})
                                                              : std::nullopt;
}

CircuitEdit placed(const Circuit &circuit, const PaletteGate &gate, int wire, int column) {
  return gate.encodes ? place_encoding(circuit, gate.gate, wire, column)
                      : place_new(circuit, gate.gate, wire, column);
}

} // namespace duet::ui
