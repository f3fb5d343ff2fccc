#include "ui/access/spoken.h"
#include "ui/theme/unit_widget.h"
#include <QAccessibleWidget>
#include <QPointer>
#include <QWidget>
#include <QWindow>
#include <map>

namespace duet::ui {
namespace {

QRect in_pixels(const QWidget &view, const QRect &part) {
  const auto *scaled = dynamic_cast<const UnitWidget *>(&view);
  const double unit = scaled ? scaled->unit() : 1;
  return QRectF(QPointF(part.topLeft()) * unit, QSizeF(part.size()) * unit).toAlignedRect();
}

/// A part of a view: not a widget, but an object for the screen reader. Alive as long as the view.
class PartInterface : public QAccessibleInterface {
public:
  PartInterface(QWidget *view, int index) : view_(view), index_(index) {}

  bool isValid() const override { return view_ && spoken() && index_ < spoken()->spokenParts(); }
  QObject *object() const override { return nullptr; }
  QWindow *window() const override { return view_ ? view_->window()->windowHandle() : nullptr; }
  QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(view_); }
  QAccessibleInterface *child(int) const override { return nullptr; }
  QAccessibleInterface *childAt(int, int) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface *) const override { return -1; }
  QAccessible::Role role() const override {
    return isValid() ? spoken()->spokenPartRole() : QAccessible::NoRole;
  }
  QString text(QAccessible::Text kind) const override {
    return isValid() && kind == QAccessible::Name ? spoken()->spokenPart(index_).text : QString();
  }
  void setText(QAccessible::Text, const QString &) override {}
  QRect rect() const override {
    const QRect where = isValid() ? in_pixels(*view_, spoken()->spokenPart(index_).where) : QRect();
    return where.isValid() ? QRect(view_->mapToGlobal(where.topLeft()), where.size()) : QRect();
  }
  QAccessible::State state() const override {
    QAccessible::State state;
    state.readOnly = state.selectable = true;
    state.invalid = !isValid();
    state.selected = isValid() && spoken()->spokenPart(index_).selected;
    return state;
  }

private:
  Spoken *spoken() const { return dynamic_cast<Spoken *>(view_.data()); }
  QPointer<QWidget> view_;
  int index_;
};

/// The view: its child widgets first, then its parts.
class ViewInterface : public QAccessibleWidget, public QAccessibleValueInterface {
public:
  ViewInterface(QWidget *view, Spoken &spoken) : QAccessibleWidget(view, spoken.spokenRole()) {}
  ~ViewInterface() override {
    for (const auto &[index, id] : parts_)
      QAccessible::deleteAccessibleInterface(id);
  }

  QString text(QAccessible::Text kind) const override {
    const Spoken *view = spoken();
    if (!view || (kind != QAccessible::Value && kind != QAccessible::Description))
      return QAccessibleWidget::text(kind);
    if (kind == QAccessible::Value)
      return view->spokenText();
    const QString own = QAccessibleWidget::text(kind);
    return own.isEmpty() ? view->spokenText() : own;
  }
  QAccessible::Role role() const override {
    return spoken() ? spoken()->spokenRole() : QAccessibleWidget::role();
  }
  int childCount() const override {
    return QAccessibleWidget::childCount() + (spoken() ? spoken()->spokenParts() : 0);
  }
  QAccessibleInterface *child(int index) const override {
    const int widgets = QAccessibleWidget::childCount();
    if (index < widgets)
      return QAccessibleWidget::child(index);
    return index < childCount() ? part(index - widgets) : nullptr;
  }
  int indexOfChild(const QAccessibleInterface *child) const override {
    for (const auto &[index, id] : parts_)
      if (QAccessible::accessibleInterface(id) == child)
        return QAccessibleWidget::childCount() + index;
    return QAccessibleWidget::indexOfChild(child);
  }
  QAccessibleInterface *childAt(int x, int y) const override {
    if (QAccessibleInterface *within = QAccessibleWidget::childAt(x, y))
      return within;
    const QPoint position = widget()->mapFromGlobal(QPoint(x, y));
    for (int i = 0; spoken() && i < spoken()->spokenParts(); ++i)
      if (in_pixels(*widget(), spoken()->spokenPart(i).where).contains(position))
        return part(i);
    return nullptr;
  }
  void *interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::ValueInterface && spoken() && spoken()->spokenNumber())
      return static_cast<QAccessibleValueInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
  }

  QVariant currentValue() const override { return number().value; }
  void setCurrentValue(const QVariant &value) override {
    if (Spoken *view = spoken())
      view->setSpokenNumber(value.toDouble());
  }
  QVariant maximumValue() const override { return number().max; }
  QVariant minimumValue() const override { return number().min; }
  QVariant minimumStepSize() const override { return number().step; }

private:
  Spoken *spoken() const { return dynamic_cast<Spoken *>(widget()); }
  SpokenNumber number() const {
    return spoken() ? spoken()->spokenNumber().value_or(SpokenNumber{}) : SpokenNumber{};
  }
  QAccessibleInterface *part(int index) const {
    const auto found = parts_.find(index);
    if (found != parts_.end())
      return QAccessible::accessibleInterface(found->second);
    auto *made = new PartInterface(widget(), index);
    parts_[index] = QAccessible::registerAccessibleInterface(made);
    return made;
  }
  mutable std::map<int, QAccessible::Id> parts_; ///< those that were asked for
};

QAccessibleInterface *interface_of(const QString &, QObject *object) {
  auto *view = qobject_cast<QWidget *>(object);
  auto *spoken = dynamic_cast<Spoken *>(view);
  return spoken ? new ViewInterface(view, *spoken) : nullptr;
}

} // namespace

void speak_for_views() { QAccessible::installFactory(interface_of); }

void spoken_changed(QWidget *view) {
  if (!QAccessible::isActive())
    return;
  const auto *spoken = dynamic_cast<Spoken *>(view);
  if (const auto number = spoken ? spoken->spokenNumber() : std::nullopt) {
    QAccessibleValueChangeEvent event(view, number->value);
    QAccessible::updateAccessibility(&event);
  } else {
    QAccessibleEvent event(view, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
  }
}

} // namespace duet::ui
