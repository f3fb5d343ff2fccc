// What is known of the selected gate: its angles, and how its first weight moved since the run began.
#pragma once
#include "engine/session/session.h"
#include "ui/access/spoken.h"
#include "ui/circuit/circuit_painter.h"
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"
#include <QPointF>
#include <memory>
#include <optional>
#include <vector>

namespace duet::ui {

/// Hidden while no gate is selected. The curve is the run's own.
class GateInspector : public UnitWidget, public Spoken {
  Q_OBJECT
public:
  explicit GateInspector(QWidget *parent = nullptr);
  void setView(const std::shared_ptr<const SessionView> &view);
  void setCircuit(const Circuit &circuit); ///< as it is edited; gate and weights go by their numbers in it
  void setGate(std::optional<int> operation);
  void setStep(std::optional<int> step); ///< the angles of the image after this step; none: after all
  QString spokenText() const override;   ///< the gate's tooltip in plain words
  QSize sizeHint() const override;       ///< as much as the selected gate needs
  const CircuitPainter &painter() const { return painter_; }
  std::vector<QPointF> historyOf(int weight) const; ///< value over epochs

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  void showImage(); ///< angles and <Z> of the image at the step
  void paintHistory(QPainter &painter, const QRectF &box, int weight) const;

  CircuitPainter painter_;
  std::optional<int> gate_, step_;
  std::shared_ptr<const std::vector<CircuitMoment>> history_;
  std::shared_ptr<const CircuitWeights> weights_;
  std::shared_ptr<const Inspection> inspection_;
};

} // namespace duet::ui
