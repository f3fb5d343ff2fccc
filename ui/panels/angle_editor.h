// The angles of the selected gate, to be changed: a field that reads formulas, a dial, and which weight it
// follows.
#pragma once
#include "ui/editor/held_gates.h"
#include <QWidget>
#include <array>
#include <optional>
#include <string>

class QLabel;
class QMenu;
class QToolButton;

namespace duet::ui {

class AngleDial;
class TypedField;

/// Hidden while no gate with an angle is selected. Edits are wishes, as the circuit's editor has them.
class AngleEditor : public QWidget {
  Q_OBJECT
public:
  explicit AngleEditor(QWidget *parent = nullptr);

  void setCircuit(const Circuit &circuit); ///< as it is edited
  void setGate(std::optional<int> operation);

Q_SIGNALS:
  void gestureBegins();
  /// in_gesture: one of those that undo together.
  void wanted(const duet::ui::NamedEdit &edit, bool in_gesture);

private:
  struct Row {
    QLabel *name;
    TypedField *field;
  };
  void assemble();
  void fill();
  void take(int parameter, const QString &text);
  void check(int parameter, const QString &text);
  /// Underlines what cannot be read and says why; an empty sentence takes both away.
  void underline(int parameter, const std::string &problem, std::size_t from);
  void turnOffset(double radians);
  void fillTies();
  const Angle &angle(int parameter) const;
  int parameters() const;
  QString gateWords() const;

  Circuit circuit_;
  std::optional<int> gate_;
  std::array<Row, most_gate_angles> rows_;
  int current_ = 0; ///< the parameter that dial and buttons turn
  AngleDial *dial_;
  QToolButton *own_, *tie_;
  QMenu *ties_;
  QLabel *note_, *problem_;
};

} // namespace duet::ui
