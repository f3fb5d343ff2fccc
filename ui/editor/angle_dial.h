// A dial for an angle in radians: dragged around, turned by the wheel or the keys.
#pragma once
#include "ui/access/spoken.h"
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"

namespace duet::ui {

/// Counterclockwise from the right. A drag goes on over a whole turn; with Shift it keeps to steps.
class AngleDial : public UnitWidget, public Spoken {
  Q_OBJECT
public:
  explicit AngleDial(QWidget *parent = nullptr);

  void setAngle(double radians); ///< emits nothing
  double angle() const { return angle_; }

  QSize sizeHint() const override { return px({64, 64}); }
  QSize minimumSizeHint() const override { return sizeHint(); }
  QAccessible::Role spokenRole() const override { return QAccessible::Dial; }
  QString spokenText() const override; ///< "1.57 rad (90°)"
  std::optional<SpokenNumber> spokenNumber() const override;
  void setSpokenNumber(double radians) override;

  static constexpr int steps_a_turn = 48;

Q_SIGNALS:
  void gestureBegins(); ///< what follows is one edit: a drag, or the wheel over it
  void turned(double radians);

protected:
  bool unitEvent(QEvent *event) override;
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

private:
  void turnTo(double radians);
  void dragTo(const QPointF &point, bool in_steps);
  double angle_ = 0;
  bool dragging_ = false, wheeling_ = false;
};

} // namespace duet::ui
