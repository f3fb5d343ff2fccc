// Raster above membrane on one time axis: what every page shows of one image in time.
#pragma once
#include "engine/session/session.h"
#include "ui/spikes/neuron.h"
#include <QWidget>
#include <memory>
#include <optional>

namespace duet::ui {

class MembraneView;
class RasterView;

class TimePlots : public QWidget {
  Q_OBJECT
public:
  /// name: of the object, and "NAME.raster", "NAME.membrane" of its parts.
  explicit TimePlots(const QString &name, QWidget *parent = nullptr);

  void setView(const std::shared_ptr<const SessionView> &view);
  void setStep(std::optional<int> step);
  void setNeuron(std::optional<NeuronId> neuron);
  void resetZoom();
  RasterView &raster() { return *raster_; }
  MembraneView &membrane() { return *membrane_; }

Q_SIGNALS:
  void stepSelected(std::optional<int> step);
  void neuronSelected(const std::optional<duet::ui::NeuronId> &neuron);
  void zoomChanged(); ///< of the raster
  void hoverText(const QString &sentence);

protected:
  void showEvent(QShowEvent *event) override;

private:
  void alignPlots(); ///< both begin at the same x

  RasterView *raster_;
  MembraneView *membrane_;
};

} // namespace duet::ui
