// Two small drawings under the spiking settings: what the neuron does with a constant input, and the
// surrogate of its spike's derivative.
#pragma once
#include "engine/spiking/settings.h"
#include "ui/access/spoken.h"
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"

namespace duet::ui {

class NeuronPlots : public UnitWidget, public Spoken {
  Q_OBJECT
public:
  explicit NeuronPlots(QWidget *parent = nullptr);
  void setSettings(const SpikingSettings &settings);
  QString spokenText() const override; ///< what the two plots show
  QSize sizeHint() const override { return px({234, 94}); }
  QSize minimumSizeHint() const override { return px({180, 94}); }

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  SpikingSettings settings_;
};

} // namespace duet::ui
