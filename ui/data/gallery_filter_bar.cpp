#include "ui/data/gallery_filter_bar.h"
#include "engine/data/settings.h"
#include "ui/data/class_name.h"
#include "ui/plots/number_text.h"
#include "ui/theme/theme.h"
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>

namespace duet::ui {

GalleryFilterBar::GalleryFilterBar(QWidget *parent)
    : QWidget(parent), kind_(new QComboBox), class_(new QComboBox), count_(new QLabel) {
  kind_->setObjectName(QStringLiteral("gallery.filter"));
  kind_->setAccessibleName(QStringLiteral("Which test images are shown"));
  kind_->setToolTip(
      QStringLiteral("Which test images are shown: all, those answered wrongly together, or those on "
                     "which the two branches disagree."));
  for (const auto kind :
       {GalleryFilter::Kind::all, GalleryFilter::Kind::wrong, GalleryFilter::Kind::disagree})
    kind_->addItem(filterLabel(kind), static_cast<int>(kind));
  class_->setObjectName(QStringLiteral("gallery.class"));
  class_->setAccessibleName(QStringLiteral("Class of the images shown"));
  class_->setToolTip(QStringLiteral("Only images of this class."));
  class_->addItem(QStringLiteral("all classes"), -1);
  count_->setFont(ui::font(11));
  count_->setToolTip(QStringLiteral("Images shown, of all test images."));
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(kind_, 1);
  row->addWidget(class_, 1);
  row->addWidget(count_);
  setClasses(DataSettings{}.classes);
  const auto announce = [this] { Q_EMIT filterChanged(filter()); };
  connect(kind_, &QComboBox::currentIndexChanged, this, announce);
  connect(class_, &QComboBox::currentIndexChanged, this, announce);
}

void GalleryFilterBar::setClasses(const std::vector<int> &classes) {
  if (classes == classes_)
    return;
  const GalleryFilter before = filter();
  const auto chosen = before.target ? label_of(classes_, *before.target) : std::nullopt;
  classes_ = classes;
  {
    const QSignalBlocker quiet(class_);
    while (class_->count() > 1)
      class_->removeItem(class_->count() - 1);
    for (std::size_t k = 0; k < classes.size(); ++k)
      class_->addItem(class_name(classes, static_cast<int>(k)), static_cast<int>(k));
    const auto kept = chosen ? std::ranges::find(classes, *chosen) : classes.end();
    class_->setCurrentIndex(kept == classes.end() ? 0 : static_cast<int>(kept - classes.begin()) + 1);
  }
  if (!(filter() == before))
    Q_EMIT filterChanged(filter());
}

GalleryFilter GalleryFilterBar::filter() const {
  GalleryFilter filter;
  filter.kind = static_cast<GalleryFilter::Kind>(kind_->currentData().toInt());
  if (const int target = class_->currentData().toInt(); target >= 0)
    filter.target = target;
  return filter;
}

void GalleryFilterBar::setFilter(const GalleryFilter &filter) {
  const QSignalBlocker quiet_kind(kind_), quiet_class(class_);
  kind_->setCurrentIndex(kind_->findData(static_cast<int>(filter.kind)));
  class_->setCurrentIndex(class_->findData(filter.target.value_or(-1)));
}

void GalleryFilterBar::setCount(int shown, int total) {
  count_->setText(shown == total ? grouped(total)
                                 : QStringLiteral("%1 of %2").arg(grouped(shown), grouped(total)));
}

} // namespace duet::ui
