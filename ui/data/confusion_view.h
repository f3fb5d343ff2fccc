// A confusion matrix: truth downwards, answer to the right; right answers in the voice's colour, wrong ones
// in vermilion.
#pragma once
#include "ui/data/confusion.h"
#include "ui/plots/exportable.h"
#include "ui/theme/palette.h"
#include <QWidget>
#include <optional>

namespace duet::ui {

class ConfusionView : public QWidget, public Exportable {
  Q_OBJECT
public:
  ConfusionView(const QString &title, const QString &export_name, Voice voice, QWidget *parent = nullptr);
  /// Nothing: `why` is shown instead.
  void setConfusion(const std::optional<Confusion> &confusion, const QString &why);
  void setTitle(const QString &title);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QSize exportSize() const override;
  void paintTo(QPainter &painter, const QRectF &target) override;
  QString toCsv() const override; ///< truth,answer,images
  int repaints() const { return repaints_; }
  QRectF cellRect(int truth, int answer) const; ///< in widget coordinates

Q_SIGNALS:
  void cellSelected(int truth, int answer);
  void hoverText(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void leaveEvent(QEvent *event) override;

private:
  std::optional<std::pair<int, int>> cellAt(const QPointF &position) const;
  QString title_, export_name_, why_;
  Voice voice_;
  std::optional<Confusion> confusion_;
  int repaints_ = 0;
};

} // namespace duet::ui
