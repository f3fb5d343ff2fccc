// Two small drawings under the spiking settings: what the neuron does with a constant input, and the
// surrogate of its spike's derivative.
#pragma once
#include "engine/spiking/settings.h"
#include <QWidget>

namespace duet::ui {

class NeuronPlots : public QWidget {
  Q_OBJECT
public:
  explicit NeuronPlots(QWidget *parent = nullptr);
  void setSettings(const SpikingSettings &settings);
  QSize sizeHint() const override { return {234, 94}; }
  QSize minimumSizeHint() const override { return {180, 94}; }

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  SpikingSettings settings_;
};

} // namespace duet::ui
