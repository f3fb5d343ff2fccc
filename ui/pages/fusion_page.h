// Accuracy as an exact function of the ratio over the whole test set.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/exportable.h"
#include "ui/spikes/neuron.h"
#include <QList>
#include <QWidget>
#include <memory>
#include <optional>

namespace duet::ui {

class FusionPage : public QWidget {
  Q_OBJECT
public:
  explicit FusionPage(QWidget *parent = nullptr);
  ~FusionPage() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio);
  void bringUpToDate();              ///< also while hidden, for an export
  QList<Exportable *> plots() const; ///< what File > Export offers

Q_SIGNALS:
  void ratioWanted(double ratio); ///< click or drag on the curve
  void hoverText(const QString &sentence);

protected:
  void showEvent(QShowEvent *event) override;

private:
  void count();
  void showRatio();
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
