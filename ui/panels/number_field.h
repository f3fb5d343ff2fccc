// A small field for one number with its unit.
#pragma once
#include "ui/panels/typed_field.h"

namespace duet::ui {

/// A number needs no spaces: the space bar does nothing here, neither type nor run.
class NumberField : public TypedField {
  Q_OBJECT
public:
  explicit NumberField(QWidget *parent = nullptr);

  void setNumber(const QString &number, const QString &unit = {}); ///< emits nothing; not while typing

Q_SIGNALS:
  void stepped(int direction); ///< Up and Down keys: +1, -1

protected:
  bool event(QEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  QString meant(const QString &typed) const override; ///< without the unit
  QString meantNow() const override { return number_; }

private:
  QString number_, unit_;
};

} // namespace duet::ui
