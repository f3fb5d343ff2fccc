// What lies below the top bar: settings, the canvas over its pages, and the inspector.
#pragma once
#include <QList>
#include <QScrollArea>

class QSplitter;

namespace duet::ui {

class InfoBars;

/// Where there is room for all of it nothing scrolls. In a narrower window, or with larger text, the settings
/// and the inspector fold, the one asked for longest ago first; what then has no room is scrolled to.
class Body : public QScrollArea {
  Q_OBJECT
public:
  enum class Part { settings, pages, inspector };

  Body(QWidget *settings, QWidget *canvas, QWidget *pages, QWidget *inspector, QWidget *parent);

  /// What the person wishes. A part asked for is there, even where it has to be scrolled to.
  void show(Part part, bool wished);
  bool shows(Part part) const;
  InfoBars &infos() { return *infos_; }
  QSplitter &across() { return *across_; }
  QSplitter &down() { return *down_; }

Q_SIGNALS:
  void shown(duet::ui::Body::Part part, bool is);

protected:
  void resizeEvent(QResizeEvent *event) override;
  bool eventFilter(QObject *watched, QEvent *event) override;

private:
  struct Side {
    Part part;
    QWidget *dock = nullptr;
    bool wished = true;
    bool asked = false;    ///< wished by the person, not only by default
    bool insisted = false; ///< asked for where it has no room
  };
  QWidget *dockOf(Part part) const;
  void put(Part part, bool is);
  void fold();
  void enlarge();
  void forgive();

  QSplitter *across_ = nullptr, *down_ = nullptr;
  QWidget *pages_ = nullptr;
  InfoBars *infos_ = nullptr;
  QList<Side> sides_; ///< the one asked for last is the last
  double scale_ = 1;
  int width_ = 0;
};

} // namespace duet::ui
