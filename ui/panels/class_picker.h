// Ten digits to switch on and off: the classes kept.
#pragma once
#include <QWidget>
#include <vector>

namespace duet::ui {

class ClassPicker : public QWidget {
  Q_OBJECT
public:
  explicit ClassPicker(QWidget *parent = nullptr);
  void setClasses(const std::vector<int> &classes); ///< emits nothing
  const std::vector<int> &classes() const { return classes_; }
  QSize sizeHint() const override { return {140, 22}; }
  QSize minimumSizeHint() const override { return {120, 22}; }

Q_SIGNALS:
  void edited(const std::vector<int> &classes); ///< ascending, never empty

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  bool event(QEvent *event) override;

private:
  void toggle(int digit);
  std::vector<int> classes_;
  int current_ = 0; ///< for the keyboard
};

} // namespace duet::ui
