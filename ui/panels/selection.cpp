#include "ui/panels/selection.h"

namespace duet::ui {
namespace {

/// Stores a new value; true if it is another one.
template <class T> bool replace(T &stored, const T &value) {
  if (stored == value)
    return false;
  stored = value;
  return true;
}

} // namespace

Selection::Selection(QObject *parent) : QObject(parent) {}

void Selection::setImage(std::uint32_t test_index) {
  if (replace(image_, test_index))
    Q_EMIT imageChanged();
}

void Selection::setStep(std::optional<int> step) {
  if (replace(step_, step))
    Q_EMIT stepChanged();
}

void Selection::setNeuron(std::optional<NeuronId> neuron) {
  if (replace(neuron_, neuron))
    Q_EMIT neuronChanged();
}

void Selection::setGate(std::optional<int> operation) {
  if (replace(gate_, operation))
    Q_EMIT gateChanged();
}

void Selection::setOutput(std::optional<int> output) {
  if (replace(output_, output))
    Q_EMIT outputChanged();
}

/// One list at a time.
void Selection::setCell(const std::optional<AnswerCell> &cell) {
  if (cell)
    setList(std::nullopt);
  if (replace(cell_, cell))
    Q_EMIT cellChanged();
}

void Selection::setList(const std::optional<ImageList> &list) {
  if (list)
    setCell(std::nullopt);
  if (replace(list_, list))
    Q_EMIT listChanged();
}

void Selection::setLens(std::optional<double> ratio) {
  if (replace(lens_, ratio))
    Q_EMIT lensChanged();
}

void Selection::clear() {
  setStep(std::nullopt);
  setNeuron(std::nullopt);
  setGate(std::nullopt);
  setOutput(std::nullopt);
  setCell(std::nullopt);
  setList(std::nullopt);
  setLens(std::nullopt);
}

} // namespace duet::ui
