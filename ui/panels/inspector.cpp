#include "ui/panels/inspector.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/data/logits_fan.h"
#include "ui/data/selected_image_panel.h"
#include "ui/panels/selection.h"
#include "ui/theme/theme.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace duet::ui {

Inspector::Inspector(Selection &selection, QWidget *parent)
    : QWidget(parent), selection_(selection), layout_(new QVBoxLayout(this)),
      image_(new SelectedImagePanel(this)), fan_(new LogitsFan(this)), filter_(new GalleryFilterBar(this)),
      gallery_(new GalleryView(this)) {
  setObjectName(QStringLiteral("rightDock"));
  setAttribute(Qt::WA_StyledBackground);
  setMinimumWidth(220);
  layout_->setContentsMargins(margin, 10, margin, margin);
  layout_->setSpacing(6);
  layout_->addWidget(heading(tr("Selected image")));
  layout_->addWidget(image_);
  layout_->addSpacing(4);
  layout_->addWidget(heading(tr("Logits over the ratio")));
  layout_->addWidget(fan_);
  layout_->addSpacing(4);
  layout_->addWidget(heading(tr("Test images")));
  layout_->addWidget(filter_);
  layout_->addWidget(gallery_, 1);

  connect(image_, &SelectedImagePanel::nextImageWanted, this, [this] { step(1); });
  connect(image_, &SelectedImagePanel::previousImageWanted, this, [this] { step(-1); });
  connect(fan_, &LogitsFan::ratioWanted, this, &Inspector::lensWanted);
  connect(fan_, &LogitsFan::hoverText, this, &Inspector::hoverText);
  connect(gallery_, &GalleryView::imageSelected, &selection_, &Selection::setImage);
  connect(gallery_, &GalleryView::shownCountChanged, filter_, &GalleryFilterBar::setCount);
  connect(filter_, &GalleryFilterBar::filterChanged, gallery_, &GalleryView::setFilter);
  connect(&selection_, &Selection::imageChanged, this, [this] { gallery_->setSelected(selection_.image()); });
  gallery_->setSelected(selection_.image());
}

QWidget *Inspector::heading(const QString &text, QWidget *beside) {
  auto *row = new QWidget(this);
  auto *layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 2, 0, 0);
  auto *label = new QLabel(text.toUpper(), row);
  label->setProperty("heading", true);
  QFont spaced = ui::font(11, QFont::DemiBold);
  spaced.setLetterSpacing(QFont::PercentageSpacing, 106);
  label->setFont(spaced);
  layout->addWidget(label, 1);
  if (beside)
    layout->addWidget(beside);
  return row;
}

void Inspector::setView(const std::shared_ptr<const SessionView> &view) {
  image_->setView(view);
  fan_->setView(view);
  gallery_->setView(view);
}

void Inspector::setRatio(double ratio) {
  image_->setRatio(ratio);
  fan_->setRatio(ratio);
  gallery_->setRatio(ratio);
}

void Inspector::add(const QString &text, QWidget *widget) {
  layout_->addSpacing(4);
  layout_->addWidget(heading(text));
  layout_->addWidget(widget);
}

void Inspector::step(int offset) {
  if (const auto image = gallery_->next(offset))
    selection_.setImage(*image);
}

} // namespace duet::ui
