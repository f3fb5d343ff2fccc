// Where the run stands, in two right-aligned lines whose digits do not tremble.
#pragma once
#include <QWidget>

namespace duet::ui {

class StatusReadout : public QWidget {
  Q_OBJECT
public:
  explicit StatusReadout(QWidget *parent = nullptr);
  void setLines(const QString &line, const QString &detail);
  QSize sizeHint() const override { return {178, 40}; }

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  QString line_, detail_;
};

} // namespace duet::ui
