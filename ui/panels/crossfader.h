// The fusion crossfader: one handle between all spiking and all quantum, always in sight.
#pragma once
#include "engine/model/settings.h"
#include "ui/access/spoken.h"
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"
#include "ui/words/voices.h"
#include <optional>

class QPushButton;

namespace duet::ui {

class FieldNote;
class NumberField;

/// Drag, arrow keys and the number field change the ratio of the loss. With the eye pressed, with Ctrl held
/// or with the right button they move a lens only. Double click takes the default. A tick shows the loss's
/// ratio while the lens stands elsewhere.
class Crossfader : public UnitWidget, public Spoken {
  Q_OBJECT
public:
  explicit Crossfader(QWidget *parent = nullptr);

  void setRatio(double ratio);              ///< in the loss; emits nothing
  void setLens(std::optional<double> lens); ///< looked through instead; emits nothing
  void setDefault(double ratio) { default_ = ratio; }
  /// Who is mixed. why_not: empty, or why there is nothing to mix.
  void setVoices(const Voices &voices, const QString &why_not = {});
  QString label(Speaker branch) const; ///< at its end: "Quantum 60 %"
  double ratio() const { return ratio_; }
  QRectF handle() const;               ///< in px of the widget
  QPushButton &eye() { return *eye_; } ///< checked: gestures move the lens; unchecked: no lens
  /// Answer to ratioWanted from the number field.
  void refuse(const QString &sentence);

  QAccessible::Role spokenRole() const override { return QAccessible::Slider; }
  QString spokenText() const override; ///< "0.60: spiking 40 %, quantum 60 %", and of a lens the loss's ratio
  std::optional<SpokenNumber> spokenNumber() const override; ///< the ratio shown; none where nothing is mixed
  void setSpokenNumber(double ratio) override;

  QSize sizeHint() const override { return px({560, 40}); }
  QSize minimumSizeHint() const override;

Q_SIGNALS:
  void gestureBegins();
  void ratioWanted(double ratio); ///< within a gesture
  void lensWanted(std::optional<double> lens);

protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

private:
  bool roomy() const;
  double sideWidth(Speaker branch) const;
  QString shownLabel(Speaker branch) const;
  QRectF track() const;
  double labelWidth(Speaker branch) const;
  QRectF handleUnits() const;
  double ratioAt(double x) const;
  double shown() const { return lens_.value_or(ratio_); }
  void want(double ratio, bool lens_only);
  bool looks(Qt::KeyboardModifiers modifiers, Qt::MouseButtons buttons = {}) const;
  void makeNumber();
  void makeEye();
  void showNumber();

  double ratio_ = ModelSettings{}.fusion_ratio, default_ = ratio_;
  std::optional<double> lens_;
  Voices voices_; ///< two of them, also where only one answers
  bool dragging_ = false, applies_ = true;
  QPushButton *eye_ = nullptr;
  NumberField *number_ = nullptr;
  FieldNote *note_ = nullptr;
};

} // namespace duet::ui
