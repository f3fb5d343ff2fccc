// What is known of the selected gate: its angles, and how its first weight moved while it was watched.
#pragma once
#include "engine/session/session.h"
#include "ui/circuit/circuit_painter.h"
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

namespace duet::ui {

/// Hidden while no gate is selected. The curve holds what the window saw since the run began, thinned.
class GateInspector : public QWidget {
  Q_OBJECT
public:
  explicit GateInspector(QWidget *parent = nullptr);
  void setView(const std::shared_ptr<const SessionView> &view);
  void setGate(std::optional<int> operation);
  QSize sizeHint() const override { return {230, 176}; }
  const CircuitPainter &painter() const { return painter_; } ///< the running circuit

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  struct Sample {
    double epoch = 0;
    std::vector<float> values;
  };
  void remember(const SessionView &view);
  void paintHistory(QPainter &painter, const QRectF &box, int weight) const;

  CircuitPainter painter_;
  QuantumSettings settings_;
  std::optional<int> gate_;
  std::vector<Sample> history_;
  std::size_t stride_ = 1, skipped_ = 0; ///< every stride_-th view is kept
  std::uint64_t run_ = 0;
  std::shared_ptr<const CircuitWeights> weights_;
  std::shared_ptr<const Inspection> inspection_;
};

} // namespace duet::ui
