// What a painted view tells a screen reader: its role, what it shows in words, its parts, and its number if
// it is a control. Views implement Spoken; one factory makes Qt's accessible objects of them.
#pragma once
#include <QAccessible>
#include <QRect>
#include <QString>
#include <optional>

namespace duet::ui {

/// One cell, thumbnail, curve or row.
struct SpokenPart {
  QString text; ///< a whole sentence: "truth 3, answer 8: 12 images"
  QRect where;  ///< in the view's own units (unit_widget.h); may be scrolled out of sight
  bool selected = false;
};

struct SpokenNumber {
  double value = 0, min = 0, max = 1, step = 0.01;
};

/// A QWidget that paints itself. GUI thread only.
class Spoken {
public:
  virtual ~Spoken() = default;
  virtual QAccessible::Role spokenRole() const { return QAccessible::Graphic; }
  /// What it shows now; its name stands in accessibleName().
  virtual QString spokenText() const = 0;
  virtual int spokenParts() const { return 0; }
  virtual SpokenPart spokenPart(int) const { return {}; } ///< 0 to spokenParts() - 1
  virtual QAccessible::Role spokenPartRole() const { return QAccessible::ListItem; }
  /// A control's number, in its own units; none for a picture.
  virtual std::optional<SpokenNumber> spokenNumber() const { return std::nullopt; }
  virtual void setSpokenNumber(double) {} ///< as if the person had set it
};

/// Once, before the first window: from then on views that are Spoken are described by it.
void speak_for_views();

/// The view's number or words have changed; costs nothing while no screen reader listens.
void spoken_changed(QWidget *view);

} // namespace duet::ui
