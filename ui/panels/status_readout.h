// Where the run stands, in two right-aligned lines whose digits do not tremble.
#pragma once
#include "ui/theme/unit_widget.h"

namespace duet::ui {

class StatusReadout : public UnitWidget {
  Q_OBJECT
public:
  explicit StatusReadout(QWidget *parent = nullptr);
  void setLines(const QString &line, const QString &detail);
  QSize sizeHint() const override; ///< grows with its text, and does not shrink again

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  QString line_, detail_;
  double widest_ = 150; ///< units
};

} // namespace duet::ui
