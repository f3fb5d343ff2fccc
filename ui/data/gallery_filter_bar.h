// Chooses what the gallery shows: all, wrong or disputed images, of one class or of all.
#pragma once
#include "ui/data/gallery_filter.h"
#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;

namespace duet::ui {

class GalleryFilterBar : public QWidget {
  Q_OBJECT
public:
  explicit GalleryFilterBar(QWidget *parent = nullptr);
  void setClasses(const std::vector<int> &classes); ///< [output]; offered under their labels
  GalleryFilter filter() const;
  void setFilter(const GalleryFilter &filter); ///< emits nothing
  void setCount(int shown, int total);

Q_SIGNALS:
  void filterChanged(const duet::ui::GalleryFilter &filter);

private:
  QComboBox *kind_;
  QComboBox *class_;
  std::vector<int> classes_;
  QLabel *count_;
};

} // namespace duet::ui
