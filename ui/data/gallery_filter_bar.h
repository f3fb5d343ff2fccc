// Chooses what the gallery shows: all, wrong or disputed images, of one class or of all; or says which cell
// of a confusion matrix, or which other images, it lists.
#pragma once
#include "ui/data/gallery_filter.h"
#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace duet::ui {

class GalleryFilterBar : public QWidget {
  Q_OBJECT
public:
  explicit GalleryFilterBar(QWidget *parent = nullptr);
  void setClasses(const std::vector<int> &classes); ///< [output]; offered under their labels
  GalleryFilter filter() const;                     ///< with the cell
  /// The cell whose images are listed, in words in the place of the choices; none: the choices again.
  void setCell(const std::optional<AnswerCell> &cell, const Voices &voices);
  /// Other images to list, under their words.
  void setList(const std::optional<ImageList> &list);
  void setCount(int shown, int total);

Q_SIGNALS:
  void filterChanged(const duet::ui::GalleryFilter &filter);
  void listCleared(); ///< wish: the choices again

private:
  void showWords();
  QComboBox *kind_;
  QComboBox *class_;
  std::vector<int> classes_;
  QLabel *count_, *words_;
  QPushButton *clear_;
  std::optional<AnswerCell> cell_;
  std::optional<ImageList> list_;
  QString cell_words_, count_words_;
};

} // namespace duet::ui
