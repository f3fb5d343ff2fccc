// A slim slider in a voice's colour, linear or logarithmic.
#pragma once
#include "ui/access/spoken.h"
#include "ui/panels/slider_scale.h"
#include "ui/theme/palette.h"
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"

namespace duet::ui {

/// Positions run over [0,1]; the scale maps them to values. Mouse, arrow keys, PageUp, PageDown, Home, End;
/// the wheel only while it has the focus, so that a dock can be scrolled.
class ValueSlider : public UnitWidget, public Spoken {
  Q_OBJECT
public:
  ValueSlider(const SliderScale &scale, Voice voice, QWidget *parent = nullptr);

  void setPosition(double position); ///< emits nothing
  double position() const { return position_; }

  QAccessible::Role spokenRole() const override { return QAccessible::Slider; }
  QString spokenText() const override; ///< the value
  std::optional<SpokenNumber> spokenNumber() const override;
  void setSpokenNumber(double value) override;

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

private:
  void moveTo(double position);
  double positionAt(double x) const;

  SliderScale scale_;
  Voice voice_;
  double position_ = 0, key_step_;
  bool dragging_ = false;
};

} // namespace duet::ui
