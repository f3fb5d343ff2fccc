// A circuit in a widget of its own: fitted to the space, scrolled and zoomed where that is too small,
// gates to hover and select with the mouse or the arrow keys.
#pragma once
#include "ui/access/spoken.h"
#include "ui/circuit/circuit_painter.h"
#include "ui/plots/exportable.h"
#include "ui/theme/key_focus.h"
#include <QAbstractScrollArea>

namespace duet::ui {

class CircuitWidget : public QAbstractScrollArea, public Exportable, public Spoken {
  Q_OBJECT
public:
  explicit CircuitWidget(QWidget *parent = nullptr);

  void setCircuit(const Circuit &circuit);
  void setWeights(const std::vector<float> &values, const std::vector<float> &gradients);
  void setInspection(const std::vector<double> &expectation_z, const std::vector<float> &angles);
  void setCursor(std::optional<int> after);          ///< as of the painter
  void setMuted(const std::vector<int> &operations); ///< as of the painter
  void setSelected(int operation);                   ///< -1: none; scrolls it into view, sends no signal
  void setZoom(double zoom);                         ///< 1 = fitted; 1 to 8, about the middle of what is seen

  const CircuitPainter &painter() const { return painter_; }
  double zoom() const { return zoom_; }
  QPoint gatePosition(int operation) const; ///< middle of a gate in the viewport, for tests and popups

  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override;
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QList<ExportText> exportTexts() const override;
  void addToMenu(QMenu &menu) override;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

  QString spokenText() const override { return painter_.summary(); }
  int spokenParts() const override { return static_cast<int>(painter_.circuit().operations.size()); }
  SpokenPart spokenPart(int index) const override; ///< a gate

Q_SIGNALS:
  void gateSelected(int operation); ///< by the user; -1: deselected

protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  bool event(QEvent *event) override;
  bool viewportEvent(QEvent *event) override;

  /// Below this size, in units, the drawing is scrolled instead.
  virtual QSizeF leastSize() const { return painter_.minimumSize(); }
  virtual void paintOver(QPainter &) {} ///< in the drawing's coordinates, over it
  void hover(int operation);
  void select(int operation); ///< as the person does
  void updateScrollBars();
  QRectF contentRect() const { return QRectF(QPointF(), contentSize()); }
  QPointF toContent(const QPointF &viewport_point) const;
  void describe();

  CircuitPainter painter_;

private:
  QSizeF contentSize() const; ///< before zooming
  double scale() const;       ///< px of one unit of the drawing
  void zoomAbout(double zoom, const QPointF &viewport_point);
  KeyFocus key_focus_;
  int hovered_ = -1;
  double zoom_ = 1;
};

} // namespace duet::ui
