#include "ui/data/gallery_filter_bar.h"
#include "engine/data/settings.h"
#include "ui/data/class_name.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>

namespace duet::ui {

GalleryFilterBar::GalleryFilterBar(QWidget *parent)
    : QWidget(parent), kind_(new QComboBox), class_(new QComboBox), count_(new QLabel), words_(new QLabel),
      clear_(new QPushButton) {
  kind_->setObjectName(QStringLiteral("gallery.filter"));
  kind_->setAccessibleName(tr("Which test images are shown"));
  kind_->setToolTip(tr("Which test images are shown: all, those answered wrongly together, or those on "
                       "which the two branches disagree."));
  for (const auto kind :
       {GalleryFilter::Kind::all, GalleryFilter::Kind::wrong, GalleryFilter::Kind::disagree})
    kind_->addItem(filterLabel(kind), static_cast<int>(kind));
  class_->setObjectName(QStringLiteral("gallery.class"));
  class_->setAccessibleName(tr("Class of the images shown"));
  class_->setToolTip(tr("Only images of this class."));
  class_->addItem(tr("all classes"), -1);
  count_->setProperty("caption", true);
  count_->setToolTip(tr("Images shown, of all test images."));
  words_->setObjectName(QStringLiteral("gallery.cell"));
  set_text_font(words_, 12);
  words_->setWordWrap(true);
  words_->setTextFormat(Qt::PlainText);
  clear_->setObjectName(QStringLiteral("gallery.clearCell"));
  clear_->setProperty("quiet", true);
  clear_->setProperty("close", true);
  follow_text_size(clear_, [this] { clear_->setFixedSize(px(QSize(22, 22))); });
  clear_->setToolTip(tr("Lists all images again (Esc)."));
  clear_->setAccessibleName(tr("List all images again"));
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(kind_, 1);
  row->addWidget(class_, 1);
  row->addWidget(count_);
  row->addWidget(words_, 1);
  row->addWidget(clear_, 0, Qt::AlignTop);
  setClasses(DataSettings{}.classes);
  const auto announce = [this] { Q_EMIT filterChanged(filter()); };
  connect(kind_, &QComboBox::currentIndexChanged, this, announce);
  connect(class_, &QComboBox::currentIndexChanged, this, announce);
  connect(clear_, &QPushButton::clicked, this, &GalleryFilterBar::listCleared);
  const auto tint = [this] { clear_->setIcon(icon(QStringLiteral("close"), theme().palette().soft)); };
  connect(&theme(), &Theme::changed, this, tint);
  tint();
  showWords();
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
  filter.cell = cell_;
  filter.list = list_;
  return filter;
}

void GalleryFilterBar::setCell(const std::optional<AnswerCell> &cell, const Voices &voices) {
  cell_words_ = cell ? cell_words(*cell, classes_, voices) : QString();
  const bool changes = cell != cell_;
  cell_ = cell;
  showWords();
  if (changes)
    Q_EMIT filterChanged(filter());
}

void GalleryFilterBar::setList(const std::optional<ImageList> &list) {
  if (list == list_)
    return;
  list_ = list;
  showWords();
  Q_EMIT filterChanged(filter());
}

void GalleryFilterBar::showWords() {
  const bool listed = cell_ || list_;
  for (QWidget *choice : std::initializer_list<QWidget *>{kind_, class_, count_})
    choice->setVisible(!listed);
  words_->setVisible(listed);
  clear_->setVisible(listed);
  words_->setText((list_ ? list_->words : cell_words_) + QStringLiteral("\n") + count_words_);
  words_->setToolTip(list_ ? tr("Exactly the test images whose answer changes.")
                           : tr("Exactly the images counted in the marked cell of the confusion matrix."));
}

void GalleryFilterBar::setCount(int shown, int total) {
  count_words_ = shown == total ? grouped(total) : tr("%1 of %2").arg(grouped(shown), grouped(total));
  count_->setText(count_words_);
  showWords();
}

} // namespace duet::ui
