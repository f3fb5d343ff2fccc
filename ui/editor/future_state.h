// <Z_i> of a circuit that is not there yet, while its gate is in the hand.
#pragma once
#include "engine/circuit/circuit.h"
#include <QObject>
#include <QTimer>
#include <vector>

namespace duet::ui {

/// For the image's angles and the weights as trained; new weights are 0. Takes milliseconds.
std::vector<double> expectation_z(const Circuit &circuit, const std::vector<float> &weights,
                                  const std::vector<float> &angles);

/// Works on the window's thread: at once while a circuit takes up to 4 ms, otherwise the last one asked for,
/// 10 ms plus a tenth of the last cost later.
class FutureState : public QObject {
  Q_OBJECT
public:
  explicit FutureState(QObject *parent = nullptr);
  void ask(const Circuit &circuit, const std::vector<float> &weights, const std::vector<float> &angles);
  void forget(); ///< what was asked for and is not answered
  /// What it is taken to have cost last, in milliseconds; for tests.
  void setCost(double milliseconds) { cost_ = milliseconds; }

Q_SIGNALS:
  void known(const std::vector<double> &expectation_z);

private:
  void answer();
  Circuit circuit_;
  std::vector<float> weights_, angles_;
  QTimer timer_;
  double cost_ = 0; ///< milliseconds
};

} // namespace duet::ui
