// The membrane potential of one neuron over time, with its threshold.
#pragma once
#include "engine/session/session.h"
#include "ui/access/spoken.h"
#include "ui/plots/exportable.h"
#include "ui/spikes/neuron.h"
#include "ui/theme/unit_widget.h"
#include <memory>
#include <optional>

class QToolButton;

namespace duet::ui {

struct MembraneScale;

/// Recorded after input and before reset, so that a crossing can be seen. Without a selected neuron it shows
/// the one that spiked most in the first layer when it was first asked. Neuron and scale stay while training
/// goes on and while images change: what leaves the scale is told, and fitScale(), the button or a double
/// click fit it again.
class MembraneView : public UnitWidget, public Exportable, public Spoken {
  Q_OBJECT
public:
  explicit MembraneView(QWidget *parent = nullptr);
  ~MembraneView() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setStep(std::optional<int> step);
  void setNeuron(std::optional<NeuronId> neuron);
  std::optional<NeuronId> shownNeuron() const;
  MembraneScale scale() const; ///< of the values seen
  void fitScale();

  void setTimeRange(double first_step, double last_step); ///< the steps seen

  double leftNeeded() const; ///< px beside the plot, for the numbers
  void setLeft(double px);   ///< at least leftNeeded(), the same as the plot above

  QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
  QString spokenText() const override; ///< neuron, spikes, and the value at the time cursor or the range

  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override;
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QString toCsv() const override; ///< step,time_ms,membrane,spikes
  void addToMenu(QMenu &menu) override;

Q_SIGNALS:
  void stepSelected(std::optional<int> step);
  void leftNeededChanged();
  void hoverText(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override; ///< left and right move the time cursor
  void leaveEvent(QEvent *event) override;

private:
  void placeButton();
  void selectStep(std::optional<int> step);
  QString describe(int step) const;
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
