// The test set as thumbnails, each with its truth and what the branches and the mix answer.
#pragma once
#include "engine/session/session.h"
#include "ui/access/spoken.h"
#include "ui/data/gallery_filter.h"
#include <QAbstractScrollArea>
#include <QImage>
#include <memory>
#include <optional>

namespace duet::ui {

/// Images appear as the network saw them when it gave these answers, noise included.
/// Paints visible thumbnails only. Arrow keys, Home, End, PageUp, PageDown and clicks select.
class GalleryView : public QAbstractScrollArea, public Spoken {
  Q_OBJECT
public:
  explicit GalleryView(QWidget *parent = nullptr);
  ~GalleryView() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio); ///< fused answers are those at this ratio
  void setFilter(GalleryFilter filter);
  void setClean(bool clean); ///< shows the images without their noise
  GalleryFilter filter() const;
  void setSelected(std::optional<std::uint32_t> test_index); ///< scrolls there; emits nothing
  std::optional<std::uint32_t> selected() const;

  int shownCount() const;                          ///< images that pass the filter
  const std::vector<std::uint32_t> &shown() const; ///< their test indices, ascending
  std::optional<std::uint32_t> first() const;
  std::optional<std::uint32_t> next(int offset) const; ///< neighbour of the selected one among the shown
  int repaints() const;                                ///< for tests
  int drawnThumbnails() const;                         ///< for tests: pictures made so far
  QImage thumbnail(std::uint32_t test_index) const;    ///< as it is painted
  /// What stands below a thumbnail: truth, spiking, quantum, together; those that there are.
  QRectF cellRect(std::size_t place) const; ///< of the place-th image shown, in the viewport
  QStringList namesBelow(std::uint32_t test_index) const;
  QString describe(std::uint32_t test_index) const; ///< the sentence of its tooltip
  QSize sizeHint() const override;

  QAccessible::Role spokenRole() const override { return QAccessible::List; }
  QString spokenText() const override;
  int spokenParts() const override { return shownCount(); }
  SpokenPart spokenPart(int index) const override;

Q_SIGNALS:
  void imageSelected(std::uint32_t test_index);
  void shownCountChanged(int shown, int total);

protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void scrollContentsBy(int dx, int dy) override;
  bool viewportEvent(QEvent *event) override;
  void showEvent(QShowEvent *event) override;

private:
  void refresh();
  void placeScrollBar();
  void reveal();
  void choose(std::size_t place);
  std::optional<std::size_t> placeAt(const QPointF &position) const;
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
