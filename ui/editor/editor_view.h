// The circuit, to be edited: gates are placed, moved, copied and deleted with the mouse (press, move,
// release) or keys. What is seen while a gate is in the hand is the circuit as it would be. It changes
// nothing by itself: every edit is a wish, and the circuit is another one when setEdited() says so.
#pragma once
#include "ui/circuit/circuit_widget.h"
#include "ui/editor/held_gates.h"
#include <QPoint>

namespace duet::ui {

class EditorView : public CircuitWidget {
  Q_OBJECT
public:
  explicit EditorView(QWidget *parent = nullptr);

  /// The circuit as it is now. Gates stay marked where only their angles are others.
  void setEdited(const Circuit &circuit);
  const Circuit &edited() const { return base_; }

  void take(const PaletteGate &gate);                ///< into the hand
  void carry(const QPoint &viewport_pos, bool copy); ///< what is in the hand to there
  void letGo();                                      ///< done where it is
  void cancel();
  bool holds() const { return held_.has_value(); }
  /// <Z_i> of the circuit as it would be, beside what it is.
  void setFuture(const std::vector<double> &expectation_z);

  void append(const PaletteGate &gate);   ///< behind what is marked
  void mark(std::vector<int> operations); ///< the last one is the selected gate
  const std::vector<int> &marked() const { return marked_; }

  SpokenPart spokenPart(int index) const override;

Q_SIGNALS:
  void wanted(const duet::ui::NamedEdit &edit);
  void refused(const QString &sentence);         ///< why the hand cannot let go here; empty: it can
  void futureShown(const duet::Circuit &future); ///< while a gate is in the hand

protected:
  QSizeF leastSize() const override;
  void paintEvent(QPaintEvent *event) override;
  void paintOver(QPainter &painter) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void keyReleaseEvent(QKeyEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;
  bool event(QEvent *event) override;

private:
  struct Press {
    QPoint position;
    QPointF point; ///< in the drawing
    std::optional<int> gate;
    bool toggles = false;
  };
  void hold(const HeldGates &held);
  void takeMarked();
  void showFuture();
  void want(const NamedEdit &edit);
  void toggle(int operation);
  void paintHand(QPainter &painter) const;
  // editor_keys.cpp
  bool editKey(QKeyEvent *event);
  bool walkKey(QKeyEvent *event);
  void walkTo(int operation, bool extend);
  std::optional<int> onNextWire(int direction) const;
  void copyMarked() const;
  void pasteCopied();
  void moveMarked(int direction, int wires);
  static bool isOwnKey(const QKeyEvent &event);

  Circuit base_;
  std::vector<int> marked_; ///< in order of choosing
  std::optional<HeldGates> held_;
  CircuitPainter before_; ///< while a gate is in the hand: the circuit as it is, by which places are measured
  std::optional<GatePlace> place_;
  NamedEdit future_;
  bool copies_ = false;
  std::optional<PaletteGate> key_gate_; ///< of the key that is held down
  std::optional<Press> press_;
  std::optional<QRectF> band_;        ///< in the drawing
  QPoint pointer_;                    ///< in the viewport
  const NamedEdit *wanted_ = nullptr; ///< while it is being decided
};

} // namespace duet::ui
