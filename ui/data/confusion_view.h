// A confusion matrix: truth downwards, answer to the right; right answers in the voice's colour, wrong ones
// in vermilion.
#pragma once
#include "ui/access/spoken.h"
#include "ui/data/confusion.h"
#include "ui/plots/exportable.h"
#include "ui/theme/unit_widget.h"
#include <optional>
#include <vector>

namespace duet::ui {

/// Arrow keys walk the cells, Enter does what a click does.
class ConfusionView : public UnitWidget, public Exportable, public Spoken {
  Q_OBJECT
public:
  explicit ConfusionView(QWidget *parent = nullptr);
  void setSaid(const MatrixSaid &said);
  const MatrixSaid &said() const { return said_; }
  /// The cell whose images are listed; one of another voice marks nothing here.
  void setMarked(const std::optional<AnswerCell> &cell);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override;
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QString toCsv() const override; ///< truth,answer,images
  int repaints() const { return repaints_; }
  QRectF cellRect(int truth, int answer) const; ///< in widget coordinates; truth and answer are outputs
  /// What is written on the axes, in their order.
  QStringList rowNames() const;
  QStringList columnNames() const;

  QAccessible::Role spokenRole() const override { return QAccessible::Table; }
  QString spokenText() const override;
  int spokenParts() const override; ///< the cells, row by row
  SpokenPart spokenPart(int index) const override;
  QAccessible::Role spokenPartRole() const override { return QAccessible::Cell; }

Q_SIGNALS:
  void cellSelected(const duet::ui::AnswerCell &cell);
  void hoverText(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void leaveEvent(QEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

private:
  struct Grid;
  Grid grid(const QRectF &widget) const;
  void paintAxes(QPainter &painter, const Grid &places, const Palette &colours) const;
  void paintCells(QPainter &painter, const Grid &places, const Palette &colours) const;
  std::optional<AnswerCell> cellAt(const QPointF &position) const;
  AnswerCell cellOf(int index) const; ///< row by row
  QString describe(const AnswerCell &cell) const;
  MatrixSaid said_;
  std::optional<AnswerCell> marked_;
  /// Outputs beyond the classes have no truth of their own; they have a column once one was the answer.
  std::vector<int> columns_;
  int repaints_ = 0, current_ = 0; ///< the cell the keys are on
};

} // namespace duet::ui
