#include "ui/window/body.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/side_scroll.h"
#include "ui/theme/theme.h"
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int settings_width = 262, canvas_width = 920, inspector_width = 258; ///< units
constexpr int comfortable_width = 560; ///< of the canvas, units; less only beside what was asked for

QSplitter *splitter(Qt::Orientation orientation, const char *name, QWidget *parent) {
  auto *made = new QSplitter(orientation, parent);
  made->setObjectName(QLatin1String(name));
  made->setHandleWidth(1);
  made->setChildrenCollapsible(false);
  return made;
}

} // namespace

Body::Body(QWidget *settings, QWidget *canvas, QWidget *pages, QWidget *inspector, QWidget *parent)
    : QScrollArea(parent), pages_(pages), scale_(text_scale()) {
  setObjectName(QStringLiteral("body"));
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  setWidgetResizable(true);
  across_ = splitter(Qt::Horizontal, "across", this);
  down_ = splitter(Qt::Vertical, "down", across_);
  auto *picture = new QWidget(down_); // messages push the canvas down
  auto *column = new QVBoxLayout(picture);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  infos_ = new InfoBars(picture);
  column->addWidget(infos_);
  column->addWidget(canvas, 1);
  down_->addWidget(picture);
  down_->addWidget(pages);
  down_->setStretchFactor(0, 3);
  down_->setStretchFactor(1, 2);
  down_->setSizes({498, 338});
  auto *right = new SideScroll(across_);
  right->setObjectName(QStringLiteral("rightDockScroll"));
  right->setFocusPolicy(Qt::NoFocus);
  right->setWidget(inspector);
  across_->addWidget(settings);
  across_->addWidget(down_);
  across_->addWidget(right);
  for (int i = 0; i < across_->count(); ++i)
    across_->setStretchFactor(i, i == 1 ? 1 : 0);
  across_->setSizes({px(settings_width), px(canvas_width), px(inspector_width)});
  sides_ = {{Part::inspector, right}, {Part::settings, settings}};
  setWidget(across_);
  connect(&theme(), &Theme::changed, this, &Body::enlarge);
}

QWidget *Body::dockOf(Part part) const {
  if (part == Part::pages)
    return pages_;
  return std::ranges::find(sides_, part, &Side::part)->dock;
}

bool Body::shows(Part part) const { return !dockOf(part)->isHidden(); }

void Body::put(Part part, bool is) {
  if (shows(part) == is)
    return;
  dockOf(part)->setVisible(is);
  Q_EMIT shown(part, is);
}

void Body::show(Part part, bool wished) {
  if (part == Part::pages)
    return put(part, wished);
  const auto side = std::ranges::find(sides_, part, &Side::part);
  side->wished = side->asked = wished;
  side->insisted = false;
  std::rotate(side, side + 1, sides_.end());
  fold();
  if (!wished || shows(part))
    return;
  sides_.last().insisted = true; // it is there, at the cost of a scroll bar
  fold();
  widget()->adjustSize();
  ensureWidgetVisible(dockOf(part), 0, 0);
}

/// As many of the sides as fit, the newest wish first.
void Body::fold() {
  const int bar = verticalScrollBar()->sizeHint().width(), smallest = down_->minimumSizeHint().width();
  int room = viewport()->width() + (verticalScrollBar()->isVisible() ? bar : 0);
  for (auto side = sides_.rbegin(); side != sides_.rend(); ++side) {
    const int needed = side->dock->minimumSizeHint().width() + across_->handleWidth();
    const int beside = side->asked ? smallest : std::max(smallest, px(comfortable_width));
    put(side->part, side->wished && (side->insisted || needed + beside <= room));
    if (side->wished)
      room -= needed;
  }
}

/// The sides grow with their text.
void Body::enlarge() {
  const double factor = text_scale() / scale_;
  if (factor == 1)
    return;
  scale_ = text_scale();
  forgive();
  QList<int> sizes = across_->sizes();
  for (int &size : sizes)
    size = static_cast<int>(size * factor);
  fold();
  across_->setSizes(sizes);
}

bool Body::eventFilter(QObject *watched, QEvent *event) {
  const bool taken = QScrollArea::eventFilter(watched, event);
  if (watched == across_ && event->type() == QEvent::LayoutRequest) // a part needs another width now
    fold();
  return taken;
}

void Body::resizeEvent(QResizeEvent *event) {
  QScrollArea::resizeEvent(event);
  if (width() != width_) {
    width_ = width();
    forgive();
  }
  fold();
}

/// In another window, or with another text, the rule holds again.
void Body::forgive() {
  for (Side &side : sides_)
    side.insisted = false;
}

} // namespace duet::ui
