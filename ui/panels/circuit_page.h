// The running circuit on a page of its own: larger than the lane of the canvas, to zoom and to walk through.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/exportable.h"
#include <QWidget>
#include <memory>
#include <optional>

class QLabel;

namespace duet::ui {

class CircuitWidget;
class Selection;

class CircuitPage : public QWidget {
  Q_OBJECT
public:
  explicit CircuitPage(Selection &selection, QWidget *parent = nullptr);
  void setView(const std::shared_ptr<const SessionView> &view);
  QList<Exportable *> plots() const; ///< the circuit, where there is one

private:
  void showImage(); ///< angles and <Z> of the image at the time cursor
  Selection &selection_;
  QLabel *summary_;
  CircuitWidget *circuit_;
  std::shared_ptr<const ShownCircuit> shown_;
  std::shared_ptr<const CircuitWeights> weights_;
  std::shared_ptr<const Inspection> inspection_;
};

} // namespace duet::ui
