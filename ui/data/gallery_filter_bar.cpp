#include "ui/data/gallery_filter_bar.h"
#include "ui/plots/number_text.h"
#include "ui/theme/theme.h"
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace duet::ui {

GalleryFilterBar::GalleryFilterBar(QWidget *parent)
    : QWidget(parent), kind_(new QComboBox), digit_(new QComboBox), count_(new QLabel) {
  kind_->setObjectName(QStringLiteral("gallery.filter"));
  kind_->setAccessibleName(QStringLiteral("Which test images are shown"));
  kind_->setToolTip(
      QStringLiteral("Which test images are shown: all, those answered wrongly together, or those on "
                     "which the two branches disagree."));
  for (const auto kind :
       {GalleryFilter::Kind::all, GalleryFilter::Kind::wrong, GalleryFilter::Kind::disagree})
    kind_->addItem(filterLabel(kind), static_cast<int>(kind));
  digit_->setObjectName(QStringLiteral("gallery.class"));
  digit_->setAccessibleName(QStringLiteral("Class of the images shown"));
  digit_->setToolTip(QStringLiteral("Only images of this class."));
  digit_->addItem(QStringLiteral("all classes"), -1);
  for (int digit = 0; digit < 10; ++digit)
    digit_->addItem(QString::number(digit), digit);
  count_->setFont(ui::font(11));
  count_->setToolTip(QStringLiteral("Images shown, of all test images."));
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(kind_, 1);
  row->addWidget(digit_, 1);
  row->addWidget(count_);
  const auto announce = [this] { Q_EMIT filterChanged(filter()); };
  connect(kind_, &QComboBox::currentIndexChanged, this, announce);
  connect(digit_, &QComboBox::currentIndexChanged, this, announce);
}

GalleryFilter GalleryFilterBar::filter() const {
  GalleryFilter filter;
  filter.kind = static_cast<GalleryFilter::Kind>(kind_->currentData().toInt());
  if (const int digit = digit_->currentData().toInt(); digit >= 0)
    filter.digit = digit;
  return filter;
}

void GalleryFilterBar::setFilter(const GalleryFilter &filter) {
  const QSignalBlocker quiet_kind(kind_), quiet_digit(digit_);
  kind_->setCurrentIndex(kind_->findData(static_cast<int>(filter.kind)));
  digit_->setCurrentIndex(digit_->findData(filter.digit.value_or(-1)));
}

void GalleryFilterBar::setCount(int shown, int total) {
  count_->setText(shown == total ? grouped(total)
                                 : QStringLiteral("%1 of %2").arg(grouped(shown), grouped(total)));
}

} // namespace duet::ui
