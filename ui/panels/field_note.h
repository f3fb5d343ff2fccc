// A sentence under a field that has no room of its own for it.
#pragma once
#include <QLabel>

namespace duet::ui {

/// Floats over the window below its field, flush with the field's right edge.
class FieldNote : public QLabel {
  Q_OBJECT
public:
  explicit FieldNote(QWidget *field);
  void say(const QString &sentence); ///< an empty one hides it

private:
  QWidget *field_;
};

} // namespace duet::ui
