// What the person looks at. One for the whole window; every view follows it.
#pragma once
#include "ui/spikes/neuron.h"
#include <QObject>
#include <cstdint>
#include <optional>

namespace duet::ui {

class Selection : public QObject {
  Q_OBJECT
public:
  explicit Selection(QObject *parent = nullptr);

  std::uint32_t image() const { return image_; }    ///< position in the test set
  std::optional<int> step() const { return step_; } ///< time step from 0; none: the mean over time
  std::optional<NeuronId> neuron() const { return neuron_; }
  std::optional<int> gate() const { return gate_; }   ///< index into Circuit::operations
  std::optional<int> digit() const { return digit_; } ///< class 0..9
  /// A ratio to look through, other than the ratio in the loss: views only, training goes on as it was.
  std::optional<double> lens() const { return lens_; }

  void setImage(std::uint32_t test_index);
  void setStep(std::optional<int> step);
  void setNeuron(std::optional<NeuronId> neuron);
  void setGate(std::optional<int> operation);
  void setDigit(std::optional<int> digit);
  void setLens(std::optional<double> ratio);
  void clear(); ///< everything but the image

Q_SIGNALS:
  void imageChanged();
  void stepChanged();
  void neuronChanged();
  void gateChanged();
  void digitChanged();
  void lensChanged();

private:
  std::uint32_t image_ = 0;
  std::optional<int> step_, gate_, digit_;
  std::optional<NeuronId> neuron_;
  std::optional<double> lens_;
};

} // namespace duet::ui
