// A row of widgets that goes on in a second line where there is no room for all of them in one.
#pragma once
#include <QLayout>
#include <QList>

namespace duet::ui {

/// Widgets that may expand share what a line has left; a line needs their minimum widths.
class WrappingRow : public QLayout {
public:
  explicit WrappingRow(QWidget *parent);
  ~WrappingRow() override;

  /// At the right end of the first line, whatever wraps. One of the widgets, the last added.
  void setTail(QWidget *tail) { tail_ = tail; }
  int lineWidth() const; ///< that all of them need in one line, with the margins

  void addItem(QLayoutItem *item) override { items_.append(item); }
  int count() const override { return static_cast<int>(items_.size()); }
  QLayoutItem *itemAt(int index) const override { return items_.value(index); }
  QLayoutItem *takeAt(int index) override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSize() const override;
  void setGeometry(const QRect &rect) override;
  Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }

private:
  using Line = QList<QLayoutItem *>;
  QList<Line> lines(int width) const; ///< width: between the margins
  int needed(const Line &line) const;
  QList<QLayoutItem *> items_;
  QWidget *tail_ = nullptr;
};

} // namespace duet::ui
