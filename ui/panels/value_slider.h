// A slim slider in a voice's colour, linear or logarithmic.
#pragma once
#include "ui/theme/palette.h"
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"

namespace duet::ui {

/// Positions run over [0,1]; the owner maps them to values. Mouse, arrow keys, PageUp, PageDown, Home, End;
/// the wheel only while it has the focus, so that a dock can be scrolled.
class ValueSlider : public UnitWidget {
  Q_OBJECT
public:
  explicit ValueSlider(Voice voice = Voice::neutral, QWidget *parent = nullptr);

  void setPosition(double position); ///< emits nothing
  double position() const { return position_; }
  void setKeyStep(double step) { key_step_ = step; } ///< of the arrow keys

  QSize sizeHint() const override { return px({60, 20}); }
  QSize minimumSizeHint() const override { return px({36, 18}); }

Q_SIGNALS:
  void pressed();              ///< a drag or a turn of the wheel begins
  void moved(double position); ///< by the person

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  void moveTo(double position);
  double positionAt(double x) const;

  Voice voice_;
  double position_ = 0, key_step_ = 0.01;
  bool dragging_ = false;
};

} // namespace duet::ui
