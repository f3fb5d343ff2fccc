// Which labels are kept, in the order of the network's outputs.
#pragma once
#include "engine/data/dataset.h"
#include "ui/theme/text_size.h"
#include <QWidget>
#include <optional>
#include <vector>

class QFrame;
class QLabel;
class QPushButton;

namespace duet::ui {

class ClassGrid;
class TypedField;

/// A few short labels stand in the row, to switch on and off there. Otherwise the row shows the list, and a
/// popup offers all labels that the files hold; there the list can also be typed, in any order.
class ClassPicker : public QWidget {
  Q_OBJECT
public:
  explicit ClassPicker(QWidget *parent = nullptr);
  void setClasses(const std::vector<int> &classes); ///< emits nothing
  /// What the training files hold; nothing: not known, labels 0 to 9 are offered.
  void setCounts(const std::optional<LabelCounts> &counts);
  const std::vector<int> &classes() const { return classes_; }
  void refuse(const QString &sentence); ///< the last wish was not allowed: back to what is
  void openPopup();
  QSize sizeHint() const override { return px({140, 22}); }
  QSize minimumSizeHint() const override { return px({120, 22}); }

Q_SIGNALS:
  void edited(const std::vector<int> &classes); ///< never empty
  void typed(const QString &list);              ///< as it was written
  void refused(const QString &sentence);

protected:
  void resizeEvent(QResizeEvent *event) override;

private:
  void makePopup();
  void say(const QString &sentence);
  void refresh();

  std::vector<int> classes_;
  LabelCounts counts_;
  ClassGrid *strip_, *grid_ = nullptr;
  QPushButton *list_, *more_;
  QFrame *popup_ = nullptr;
  TypedField *order_ = nullptr;
  QLabel *note_ = nullptr;
};

} // namespace duet::ui
