#include "ui/editor/future_state.h"
#include "engine/simulator/program.h"
#include <QElapsedTimer>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr double at_once = 4, least_pause = 10; // milliseconds
constexpr double pause_share = 0.1;             // of the last cost

std::vector<double> padded(const std::vector<float> &values, int count) {
  std::vector<double> result(values.begin(), values.end());
  result.resize(std::size_t(count), 0.0);
  return result;
}

} // namespace

std::vector<double> expectation_z(const Circuit &circuit, const std::vector<float> &weights,
                                  const std::vector<float> &angles) {
  Program<double> program(circuit);
  program.set_weights(padded(weights, circuit.weights));
  const std::vector<double> inputs = padded(angles, circuit.features);
  std::vector<double> expectation(std::size_t(circuit.qubits), 0.0);
  Program<double>::Workspace workspace;
  program.forward(1, inputs.data(), expectation.data(), workspace);
  return expectation;
}

FutureState::FutureState(QObject *parent) : QObject(parent) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &FutureState::answer);
}

void FutureState::ask(const Circuit &circuit, const std::vector<float> &weights,
                      const std::vector<float> &angles) {
  circuit_ = circuit;
  weights_ = weights;
  angles_ = angles;
  if (cost_ <= at_once)
    answer();
  else if (!timer_.isActive())
    timer_.start(int(least_pause + pause_share * cost_));
}

void FutureState::forget() { timer_.stop(); }

void FutureState::answer() {
  QElapsedTimer clock;
  clock.start();
  const std::vector<double> z = expectation_z(circuit_, weights_, angles_);
  cost_ = double(clock.nsecsElapsed()) / 1e6;
  Q_EMIT known(z);
}

} // namespace duet::ui
