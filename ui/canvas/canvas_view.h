// The centre picture: image -> spiking lane and quantum lane -> mixer -> ten answers.
#pragma once
#include "engine/session/session.h"
#include "ui/access/spoken.h"
#include "ui/plots/exportable.h"
#include "ui/spikes/neuron.h"
#include "ui/theme/unit_widget.h"
#include <memory>
#include <optional>

namespace duet::ui {

struct CanvasHit;

/// Takes the newest view as often as it comes; repaints only what changed. Holds no session. With the keys:
/// arrows walk from part to part, PageUp and PageDown from group to group, Enter does what a click does.
class CanvasView : public UnitWidget, public Exportable, public Spoken {
  Q_OBJECT
public:
  explicit CanvasView(QWidget *parent = nullptr);
  ~CanvasView() override;

  void setView(std::shared_ptr<const SessionView> view); ///< null: nothing loaded yet
  void setRatio(double ratio);                           ///< the ratio shown (the lens), 0..1
  void setStep(std::optional<int> step); ///< shows the model as it was after this step; none: after all
  void setNeuron(std::optional<NeuronId> neuron); ///< the selected neuron, framed
  void setClass(std::optional<int> output);       ///< of the selected class, framed

  void setGate(std::optional<int> operation); ///< index into Circuit::operations, framed

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override;
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QString toCsv() const override; ///< the ten answers and both branches' logits of the shown image

  int repaints() const; ///< how often the picture was painted; for tests

  QAccessible::Role spokenRole() const override { return QAccessible::Canvas; }
  QString spokenText() const override; ///< truth and what is answered
  int spokenParts() const override;
  SpokenPart spokenPart(int index) const override;

Q_SIGNALS:
  void nextImageWanted();     ///< a click on the image
  void previousImageWanted(); ///< a click on the image with Shift held
  void neuronSelected(const std::optional<duet::ui::NeuronId> &neuron);
  void classSelected(std::optional<int> output);
  void ratioWanted(double ratio);          ///< the wheel over the mixer
  void gateSelected(int operation);        ///< index into Circuit::operations
  void hoverText(const QString &sentence); ///< what the pointer is on, for a status line; empty: nothing

protected:
  double unitAt(const QSize &size) const override;
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void leaveEvent(QEvent *event) override;
  void showEvent(QShowEvent *event) override;
  void hideEvent(QHideEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  void prepare(QSizeF size);
  void takeCircuit();
  void activate(const CanvasHit &hit, bool backwards);
  void hover(const CanvasHit &hit);
  void repaintPicture();
  void repaintNow();
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
