#include "ui/panels/class_picker.h"
#include "ui/panels/class_grid.h"
#include "ui/panels/labels.h"
#include "ui/panels/typed_field.h"
#include "ui/theme/theme.h"
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int more_width = 16, popup_columns = 10;

LabelCounts ten_digits() {
  LabelCounts counts;
  std::fill_n(counts.images.begin(), 10, 0u);
  return counts;
}

} // namespace

ClassPicker::ClassPicker(QWidget *parent)
    : QWidget(parent), counts_(ten_digits()), strip_(new ClassGrid(10, this)), list_(new QPushButton(this)),
      more_(new QPushButton(QStringLiteral("\u2026"), this)) {
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  row->addWidget(strip_, 1);
  row->addWidget(list_, 1);
  row->addWidget(more_);
  strip_->setAccessibleName(tr("Classes kept"));
  list_->setObjectName(QStringLiteral("classList"));
  list_->setProperty("small", true);
  more_->setObjectName(QStringLiteral("classMore"));
  more_->setProperty("small", true);
  more_->setProperty("close", true);
  follow_text_size(more_, [this] { more_->setFixedWidth(px(more_width)); });
  more_->setAccessibleName(tr("Choose classes and their order"));
  more_->setToolTip(tr("All labels that the files hold, and the order of the network's outputs."));
  setFocusProxy(strip_);
  connect(strip_, &ClassGrid::edited, this, &ClassPicker::edited);
  connect(strip_, &ClassGrid::refused, this, &ClassPicker::refused);
  connect(list_, &QPushButton::clicked, this, &ClassPicker::openPopup);
  connect(more_, &QPushButton::clicked, this, &ClassPicker::openPopup);
  refresh();
}

void ClassPicker::setClasses(const std::vector<int> &classes) {
  classes_ = classes;
  refresh();
}

void ClassPicker::setCounts(const std::optional<LabelCounts> &counts) {
  counts_ = counts.value_or(ten_digits());
  refresh();
}

void ClassPicker::refuse(const QString &sentence) {
  setClasses(classes_);
  if (!popup_ || !popup_->isVisible())
    return;
  order_->refuse(sentence);
  say(sentence);
}

void ClassPicker::say(const QString &sentence) {
  note_->setText(sentence);
  note_->setVisible(!sentence.isEmpty());
  popup_->adjustSize();
}

void ClassPicker::makePopup() {
  popup_ = new QFrame(this, Qt::Popup);
  popup_->setObjectName(QStringLiteral("classPopup"));
  popup_->setFrameShape(QFrame::StyledPanel);
  auto *column = new QVBoxLayout(popup_);
  column->setContentsMargins(10, 8, 10, 8);
  column->setSpacing(6);
  auto *title = new QLabel(tr("Classes, in the order of the network's outputs"), popup_);
  order_ = new TypedField(popup_);
  order_->setObjectName(QStringLiteral("classOrder"));
  order_->setAccessibleName(tr("Classes in the order of the network's outputs"));
  grid_ = new ClassGrid(popup_columns, popup_);
  grid_->setObjectName(QStringLiteral("classGrid"));
  grid_->setAccessibleName(tr("Labels that the files hold"));
  note_ = new QLabel(popup_);
  note_->setObjectName(QStringLiteral("classNote"));
  note_->setProperty("refusal", true);
  note_->setWordWrap(true);
  note_->hide();
  for (QWidget *part : std::initializer_list<QWidget *>{title, order_, grid_, note_})
    column->addWidget(part);
  connect(grid_, &ClassGrid::edited, this, &ClassPicker::edited);
  connect(grid_, &ClassGrid::refused, this, &ClassPicker::say);
  connect(order_, &TypedField::refusalEnded, this, [this] { say({}); });
  connect(order_, &TypedField::committed, this, &ClassPicker::typed);
}

void ClassPicker::openPopup() {
  if (!popup_)
    makePopup();
  refresh();
  popup_->adjustSize();
  popup_->move(mapToGlobal(QPoint(0, height() + 2)));
  popup_->show();
  grid_->setFocus(Qt::PopupFocusReason);
}

void ClassPicker::refresh() {
  std::vector<int> offered =
      counts_.total() > 0 ? counts_.labels() : std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  for (const int label : classes_)
    if (!std::ranges::binary_search(offered, label))
      offered.insert(std::ranges::upper_bound(offered, label), label);
  strip_->setLabels(offered, counts_.images);
  strip_->setClasses(classes_);
  const bool in_row =
      offered.size() <= 10 && px(strip_->wantedCell() * static_cast<double>(offered.size())) <=
                                  std::max(width(), px(120)) - px(more_width + 2);
  strip_->setVisible(in_row);
  more_->setVisible(in_row);
  list_->setVisible(!in_row);
  list_->setText(list_->fontMetrics().elidedText(list_text(classes_), Qt::ElideRight,
                                                 std::max(width(), px(120)) - px(28)));
  list_->setToolTip(list_text(classes_));
  list_->setAccessibleName(tr("Classes kept: %1").arg(list_text(classes_)));
  setFocusProxy(in_row ? static_cast<QWidget *>(strip_) : list_);
  if (!popup_)
    return;
  grid_->setLabels(offered, counts_.images);
  grid_->setClasses(classes_);
  order_->setShown(list_text(classes_));
  say({});
}

void ClassPicker::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  refresh();
}

} // namespace duet::ui
