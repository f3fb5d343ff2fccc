// Accuracy and loss over the epochs, and the selected image's spikes beside them.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/exportable.h"
#include "ui/spikes/neuron.h"
#include <QList>
#include <QWidget>
#include <memory>
#include <optional>

namespace duet::ui {

class TrainingPage : public QWidget {
  Q_OBJECT
public:
  explicit TrainingPage(QWidget *parent = nullptr);
  ~TrainingPage() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setStep(std::optional<int> step);
  void setNeuron(std::optional<NeuronId> neuron);
  void resetZoom();                  ///< of raster and membrane
  void bringUpToDate();              ///< also while hidden, for an export
  QList<Exportable *> plots() const; ///< what File > Export offers

Q_SIGNALS:
  void stepSelected(std::optional<int> step);
  void neuronSelected(const std::optional<duet::ui::NeuronId> &neuron);
  void hoverText(const QString &sentence);

protected:
  void showEvent(QShowEvent *event) override;

private:
  void makeCurves();
  void apply();
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
