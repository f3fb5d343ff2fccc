// A painted widget that is as large as the text: its units are pixels at 100 %.
#pragma once
#include "ui/theme/key_focus.h"
#include <QPainter>
#include <QRectF>
#include <QWidget>

namespace duet::ui {

/// Painting begins with UnitPainter; handlers of mouse, wheel and tooltip events get positions in units.
class UnitWidget : public QWidget {
public:
  explicit UnitWidget(QWidget *parent = nullptr);

  /// Logical pixels of one unit.
  double unit() const;
  QRectF unitRect() const; ///< all of the widget
  double unitWidth() const { return unitRect().width(); }
  double unitHeight() const { return unitRect().height(); }

  /// It has the focus, and the person uses keys: where they go is drawn.
  bool showsKeys() const { return hasFocus() && key_focus_.shown(); }

protected:
  /// At this size of the widget; the text's scale where a picture does not grow by itself.
  virtual double unitAt(const QSize &size) const;
  /// What a subclass overrides instead of event().
  virtual bool unitEvent(QEvent *event) { return QWidget::event(event); }
  bool event(QEvent *event) final;

private:
  KeyFocus key_focus_;
};

/// A painter on the widget, in its units.
class UnitPainter : public QPainter {
public:
  explicit UnitPainter(UnitWidget *widget) : QPainter(widget) { scale(widget->unit(), widget->unit()); }
};

} // namespace duet::ui
