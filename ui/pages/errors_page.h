// Confusion matrices: what was taken for what, per branch and fused.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/exportable.h"
#include "ui/spikes/neuron.h"
#include <QList>
#include <QWidget>
#include <memory>
#include <optional>

namespace duet::ui {

class ErrorsPage : public QWidget {
  Q_OBJECT
public:
  explicit ErrorsPage(QWidget *parent = nullptr);
  ~ErrorsPage() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio);       ///< of the fused matrix
  QList<Exportable *> plots() const; ///< what File > Export offers

Q_SIGNALS:
  /// A cell was clicked: images of class `truth` that `answer` was given for.
  void cellSelected(int truth, int answer);
  void imageSelected(std::uint32_t test_index); ///< the first such image
  void hoverText(const QString &sentence);

protected:
  void showEvent(QShowEvent *event) override;

private:
  void count();
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
