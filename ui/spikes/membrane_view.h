// The membrane potential of one neuron over time, with its threshold.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/exportable.h"
#include "ui/spikes/neuron.h"
#include <QWidget>
#include <memory>
#include <optional>

namespace duet::ui {

/// Recorded after input and before reset, so that a crossing can be seen. Without a selected neuron it
/// shows the one that spiked most in the first layer.
class MembraneView : public QWidget, public Exportable {
  Q_OBJECT
public:
  explicit MembraneView(QWidget *parent = nullptr);
  ~MembraneView() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setStep(std::optional<int> step);
  void setNeuron(std::optional<NeuronId> neuron);
  std::optional<NeuronId> shownNeuron() const;

  void setTimeRange(double first_step, double last_step); ///< the steps seen

  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QSize exportSize() const override;
  void paintTo(QPainter &painter, const QRectF &target) override;
  QString toCsv() const override; ///< step,time_ms,membrane,spikes

Q_SIGNALS:
  void stepSelected(std::optional<int> step);
  void hoverText(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void leaveEvent(QEvent *event) override;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
