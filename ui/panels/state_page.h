// The running circuit on a page of its own, stepped through column by column: the drawing with the cursor,
// and the state there.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/exportable.h"
#include <QWidget>
#include <memory>

namespace duet::ui {

class CircuitWidget;
class Selection;
class StatePanel;

class StatePage : public QWidget {
  Q_OBJECT
public:
  explicit StatePage(Selection &selection, QWidget *parent = nullptr);
  void setView(const std::shared_ptr<const SessionView> &view);
  void bringUpToDate();
  QList<Exportable *> plots() const; ///< the state, where there is a circuit

private:
  void showImage(); ///< angles and <Z> of the image at the time cursor
  void showCursor();

  Selection &selection_;
  CircuitWidget *circuit_;
  StatePanel *state_;
  std::shared_ptr<const SessionView> view_;
  std::shared_ptr<const ShownCircuit> shown_;
};

} // namespace duet::ui
