// Labels in rows, to switch on and off: the classes kept.
#pragma once
#include "ui/theme/text_size.h"
#include "ui/theme/unit_widget.h"
#include <array>
#include <vector>

namespace duet::ui {

/// The list with a label switched on or off: a new one goes to its place where the list ascends, otherwise to
/// the end, for the order is that of the outputs.
std::vector<int> toggled(std::vector<int> classes, int label);

/// Arrow keys move, Enter switches, a digit switches the label it names.
class ClassGrid : public UnitWidget {
  Q_OBJECT
public:
  explicit ClassGrid(int columns, QWidget *parent = nullptr);
  /// What is offered, ascending; images: how many of each there are, by label.
  void setLabels(const std::vector<int> &labels, const std::array<std::uint32_t, 256> &images);
  void setClasses(const std::vector<int> &classes); ///< emits nothing
  const std::vector<int> &labels() const { return labels_; }
  double wantedCell() const;                 ///< units in which the longest label stands well
  QRectF cell(std::size_t place) const;      ///< in units
  QString describe(std::size_t place) const; ///< the sentence of its tooltip
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return px({60, 22}); }

Q_SIGNALS:
  void edited(const std::vector<int> &classes); ///< never empty
  void refused(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  void toggle(int label);
  std::size_t rows() const;
  int columns_;
  std::vector<int> labels_, classes_;
  std::array<std::uint32_t, 256> images_{};
  std::size_t current_ = 0; ///< place, for the keyboard
};

} // namespace duet::ui
