// The spike raster of one image: a row a neuron, both branches, time to the right.
#pragma once
#include "engine/session/session.h"
#include "ui/access/spoken.h"
#include "ui/plots/exportable.h"
#include "ui/spikes/neuron.h"
#include "ui/theme/unit_widget.h"
#include <memory>
#include <optional>

namespace duet::ui {

/// Wheel zooms the rows, Ctrl + wheel the time. A click selects neuron and step, a drag moves the time
/// cursor; Shift + drag zooms into the brushed part, the middle button and the scroll bars pan, Esc and a
/// double click show all, the menu of the right button lets go of the time cursor. Arrow keys move neuron and
/// step.
class RasterView : public UnitWidget, public Exportable, public Spoken {
  Q_OBJECT
public:
  explicit RasterView(QWidget *parent = nullptr);
  ~RasterView() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setStep(std::optional<int> step);
  void setNeuron(std::optional<NeuronId> neuron);
  void setAxisVisible(bool visible); ///< the time axis below; off when another plot below has it

  void setTimeRange(double first_step, double last_step); ///< the steps seen
  void resetZoom();                                       ///< shows all neurons and steps
  QString zoomText() const;                               ///< "rows 33 to 64 of 256"; empty while all is seen

  double leftNeeded() const; ///< px beside the plot, for names and numbers
  void setLeft(double px);   ///< at least leftNeeded(), the same as the plot below

  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override;
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QString toCsv() const override; ///< branch,layer,step,neuron, a row a spike
  void addToMenu(QMenu &menu) override;

  QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
  QString spokenText() const override; ///< spikes in all, and the time cursor
  int spokenParts() const override;    ///< the neurons, in the order of their rows
  SpokenPart spokenPart(int index) const override;

  QRectF plotArea() const; ///< where the spikes are, in widget coordinates
  int imagePaints() const; ///< how often the spikes were drawn anew; for tests

Q_SIGNALS:
  void stepSelected(std::optional<int> step);
  void neuronSelected(const std::optional<duet::ui::NeuronId> &neuron);
  void timeRangeChanged(double first_step, double last_step);
  void zoomChanged(); ///< what zoomText() says
  void hoverText(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void leaveEvent(QEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  void refresh(); ///< brings the rows up to date; a network of another shape shows all
  void selectAt(const QPointF &position, bool neuron_too);
  void selectStep(int step);
  void letGo();
  void zoomTo(const QRectF &brush);
  void zoomed(bool time_too);
  void placeBars();
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
