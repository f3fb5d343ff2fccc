// A small field for one number with its unit. Enter or leaving it commits, Esc takes the old text back.
#pragma once
#include <QLineEdit>

namespace duet::ui {

class NumberField : public QLineEdit {
  Q_OBJECT
public:
  explicit NumberField(QWidget *parent = nullptr);

  void setNumber(const QString &number, const QString &unit = {}); ///< emits nothing; not while typing
  void refuse(); ///< the committed text was not allowed: marked until it is changed

Q_SIGNALS:
  void committed(const QString &number); ///< without the unit
  void stepped(int direction);           ///< Up and Down keys: +1, -1

protected:
  bool event(QEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;

private:
  void commit();
  void showNumber();
  void setInvalid(bool invalid);

  QString number_, unit_;
};

} // namespace duet::ui
