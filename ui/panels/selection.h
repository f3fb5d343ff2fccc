// What the person looks at. One for the whole window; every view follows it.
#pragma once
#include "ui/data/gallery_filter.h"
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
  std::optional<int> gate() const { return gate_; }        ///< index into Circuit::operations
  std::optional<int> output() const { return output_; }    ///< of a class
  std::optional<AnswerCell> cell() const { return cell_; } ///< of a confusion matrix: its images are listed
  const std::optional<ImageList> &list() const { return list_; } ///< listed in the place of a cell's
  /// A ratio to look through, other than the ratio in the loss: views only, training goes on as it was.
  std::optional<double> lens() const { return lens_; }

  void setImage(std::uint32_t test_index);
  void setStep(std::optional<int> step);
  void setNeuron(std::optional<NeuronId> neuron);
  void setGate(std::optional<int> operation);
  void setOutput(std::optional<int> output);
  void setCell(const std::optional<AnswerCell> &cell);
  void setList(const std::optional<ImageList> &list);
  void setLens(std::optional<double> ratio);
  void clear(); ///< everything but the image

Q_SIGNALS:
  void imageChanged();
  void stepChanged();
  void neuronChanged();
  void gateChanged();
  void outputChanged();
  void cellChanged();
  void listChanged();
  void lensChanged();

private:
  std::uint32_t image_ = 0;
  std::optional<int> step_, gate_, output_;
  std::optional<NeuronId> neuron_;
  std::optional<AnswerCell> cell_;
  std::optional<ImageList> list_;
  std::optional<double> lens_;
};

} // namespace duet::ui
