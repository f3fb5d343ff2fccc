// The palette: every gate by family, to be dragged into the circuit, or put behind the selected gate with a
// click or Enter.
#pragma once
#include "ui/access/spoken.h"
#include "ui/editor/palette_gates.h"
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"
#include <QPointF>
#include <optional>

namespace duet::ui {

class GatePalette : public UnitWidget, public Spoken {
  Q_OBJECT
public:
  explicit GatePalette(QWidget *parent = nullptr);

  const std::vector<PaletteGate> &gates() const { return gates_; } ///< in the order they are painted
  QRectF cell(int index) const;                                    ///< units
  std::optional<int> cellAt(const QPointF &point) const;

  QSize sizeHint() const override { return px({palette_width, height_}); }
  QSize minimumSizeHint() const override { return sizeHint(); }

  QAccessible::Role spokenRole() const override { return QAccessible::List; }
  QString spokenText() const override; ///< the gate the keys are on
  int spokenParts() const override { return static_cast<int>(gates_.size()); }
  SpokenPart spokenPart(int index) const override;
  QAccessible::Role spokenPartRole() const override { return QAccessible::Button; }

  static constexpr int palette_width = 196;

Q_SIGNALS:
  void chosen(const duet::ui::PaletteGate &gate); ///< clicked, or Enter
  void taken(const duet::ui::PaletteGate &gate);  ///< a drag has begun; it is carried until it is let go
  void carried(const QPoint &global);
  void letGo();
  void walked(const QRectF &cell); ///< units; to be scrolled to

protected:
  bool unitEvent(QEvent *event) override;
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

private:
  void lay();
  void walk(int index);
  std::vector<PaletteGate> gates_;
  std::vector<QRectF> cells_;    ///< of each gate
  std::vector<QPointF> titles_;  ///< of each family: left, middle
  int height_ = 0, current_ = 0; ///< the gate the keys are on
  std::optional<int> hovered_, pressed_;
  QPointF press_;
  bool dragging_ = false;
};

} // namespace duet::ui
