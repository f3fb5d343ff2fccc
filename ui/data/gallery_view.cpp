#include "ui/data/gallery_view.h"
#include "ui/data/digit_image.h"
#include "ui/theme/theme.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int wished_thumb = 40; ///< px
constexpr int space = 5;         ///< between cells, px
constexpr int digits_height = 15;

} // namespace

struct GalleryView::State {
  std::shared_ptr<const Dataset> dataset;
  std::shared_ptr<const TestAnswers> answers;
  Phase phase = Phase::empty;
  double ratio = 0.6;
  GalleryFilter filter;
  std::optional<std::uint32_t> selected;
  std::vector<ImageAnswer> answered; ///< [image]
  std::vector<std::uint32_t> shown;  ///< test indices that pass the filter
  bool stale = true;
  int repaints = 0;
  std::pair<int, int> announced{-1, -1};

  /// Answers belong to another data set until the first evaluation after a restart.
  bool answers_fit() const { return answers && dataset && answers->labels == dataset->test.labels; }
  int columns(int width) const { return std::max(1, (width + space) / (wished_thumb + space)); }
  double thumb(int width) const {
    const int n = columns(width);
    return (width - (n - 1) * space) / static_cast<double>(n);
  }
  double row_height(int width) const { return thumb(width) + digits_height + space; }
  std::optional<std::size_t> place_of(std::optional<std::uint32_t> index) const {
    if (!index)
      return std::nullopt;
    const auto it = std::lower_bound(shown.begin(), shown.end(), *index);
    return it != shown.end() && *it == *index ? std::optional<std::size_t>(it - shown.begin()) : std::nullopt;
  }
  QString empty_sentence() const {
    if (!dataset)
      return phase == Phase::loading ? QStringLiteral("Reading the data …")
                                     : QStringLiteral("No data loaded.");
    if (filter.kind != GalleryFilter::Kind::all && !answers_fit())
      return QStringLiteral("No answers yet: the test set is answered after the first epoch.");
    if (filter.kind == GalleryFilter::Kind::disagree &&
        (answers->spiking.empty() || answers->quantum.empty()))
      return QStringLiteral("This model has one branch: nothing to disagree with.");
    return QStringLiteral("No image passes this filter.");
  }
};

GalleryView::GalleryView(QWidget *parent) : QAbstractScrollArea(parent), state_(std::make_unique<State>()) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(QStringLiteral("Test images"));
  viewport()->setAutoFillBackground(false);
  connect(&theme(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

GalleryView::~GalleryView() = default;

void GalleryView::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  const auto dataset = view ? view->dataset : nullptr;
  const auto answers = view ? view->training.answers : nullptr;
  const Phase phase = view ? view->phase : Phase::empty;
  const bool sentence_changes = phase != s.phase && s.shown.empty();
  s.phase = phase;
  if (dataset == s.dataset && answers == s.answers) {
    if (sentence_changes)
      viewport()->update();
    return;
  }
  s.dataset = dataset;
  s.answers = answers;
  s.stale = true;
  refresh();
}

void GalleryView::setRatio(double ratio) {
  if (ratio == state_->ratio)
    return;
  state_->ratio = ratio;
  state_->stale = true;
  refresh();
}

void GalleryView::setFilter(GalleryFilter filter) {
  if (filter == state_->filter)
    return;
  state_->filter = filter;
  state_->stale = true;
  refresh();
  verticalScrollBar()->setValue(0);
}

GalleryFilter GalleryView::filter() const { return state_->filter; }

/// Brings the list up to date; a hidden gallery waits until it is shown.
void GalleryView::refresh() {
  State &s = *state_;
  if (!s.stale || !isVisible())
    return;
  s.stale = false;
  s.answered = s.answers_fit() ? answers_at(*s.answers, s.ratio) : std::vector<ImageAnswer>();
  s.shown = s.dataset ? filtered(s.dataset->test.labels, s.answered, s.filter) : std::vector<std::uint32_t>();
  placeScrollBar();
  viewport()->update();
  const std::pair<int, int> counts(static_cast<int>(s.shown.size()),
                                   s.dataset ? static_cast<int>(s.dataset->test.size()) : 0);
  if (counts != s.announced) {
    s.announced = counts;
    Q_EMIT shownCountChanged(counts.first, counts.second);
  }
}

void GalleryView::placeScrollBar() {
  const State &s = *state_;
  const int width = viewport()->width(), columns = s.columns(width);
  const auto rows = (static_cast<int>(s.shown.size()) + columns - 1) / columns;
  const int height = static_cast<int>(rows * s.row_height(width));
  verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(s.row_height(width)));
}

void GalleryView::setSelected(std::optional<std::uint32_t> test_index) {
  if (test_index == state_->selected)
    return;
  state_->selected = test_index;
  reveal();
  viewport()->update();
}

/// Scrolls so that the selected image is seen.
void GalleryView::reveal() {
  const State &s = *state_;
  const auto place = s.place_of(s.selected);
  if (!place)
    return;
  const int width = viewport()->width();
  const double top =
      static_cast<double>(*place / static_cast<std::size_t>(s.columns(width))) * s.row_height(width);
  QScrollBar *bar = verticalScrollBar();
  if (top < bar->value())
    bar->setValue(static_cast<int>(top));
  else if (top + s.row_height(width) > bar->value() + viewport()->height())
    bar->setValue(static_cast<int>(top + s.row_height(width)) - viewport()->height());
}

std::optional<std::uint32_t> GalleryView::selected() const { return state_->selected; }
int GalleryView::shownCount() const { return static_cast<int>(state_->shown.size()); }
int GalleryView::repaints() const { return state_->repaints; }
QSize GalleryView::sizeHint() const { return {230, 2 * (wished_thumb + digits_height + space)}; }

std::optional<std::uint32_t> GalleryView::next(int offset) const {
  const State &s = *state_;
  if (s.shown.empty())
    return std::nullopt;
  const auto count = static_cast<std::ptrdiff_t>(s.shown.size());
  // Without the selected one among the shown, its neighbour in file order is the start.
  const auto it = std::lower_bound(s.shown.begin(), s.shown.end(), s.selected.value_or(0));
  std::ptrdiff_t place = it - s.shown.begin();
  const bool found = it != s.shown.end() && s.selected && *it == *s.selected;
  place += found || offset < 0 ? offset : offset - 1;
  return s.shown[static_cast<std::size_t>(((place % count) + count) % count)];
}

QRectF GalleryView::cellRect(std::size_t place) const {
  const State &s = *state_;
  const int width = viewport()->width();
  const auto columns = static_cast<std::size_t>(s.columns(width));
  const double side = s.thumb(width);
  return {static_cast<double>(place % columns) * (side + space),
          static_cast<double>(place / columns) * s.row_height(width) - verticalScrollBar()->value(), side,
          side + digits_height};
}

std::optional<std::size_t> GalleryView::placeAt(const QPointF &position) const {
  const State &s = *state_;
  const int width = viewport()->width(), columns = s.columns(width);
  const int column = std::min(columns - 1, static_cast<int>(position.x() / (s.thumb(width) + space)));
  const int row = static_cast<int>((position.y() + verticalScrollBar()->value()) / s.row_height(width));
  const auto place = static_cast<std::size_t>(row * columns + column);
  return position.x() >= 0 && place < s.shown.size() && cellRect(place).contains(position)
             ? std::optional<std::size_t>(place)
             : std::nullopt;
}

namespace {

void paint_digits(QPainter &painter, const QRectF &strip, int truth, const ImageAnswer &answer,
                  const Palette &palette) {
  struct Part {
    int digit;
    QColor ink;
    bool bold;
  };
  std::vector<Part> parts = {{truth, palette.soft, false}};
  if (answer.spiking >= 0)
    parts.push_back({answer.spiking, palette.spiking_ink, false});
  if (answer.quantum >= 0)
    parts.push_back({answer.quantum, palette.quantum_ink, false});
  if (answer.spiking >= 0 && answer.quantum >= 0)
    parts.push_back({answer.fused, answer.fused == truth ? palette.fused_ink : palette.error_ink, true});
  const double step = strip.width() / static_cast<double>(parts.size());
  for (std::size_t k = 0; k < parts.size(); ++k) {
    painter.setFont(font(11, parts[k].bold ? QFont::Bold : QFont::Medium));
    painter.setPen(parts[k].ink);
    painter.drawText(QRectF(strip.left() + static_cast<double>(k) * step, strip.top(), step, strip.height()),
                     Qt::AlignCenter, QString::number(parts[k].digit));
  }
}

} // namespace

void GalleryView::paintEvent(QPaintEvent *) {
  State &s = *state_;
  refresh();
  ++s.repaints;
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  const Palette &colours = theme().palette();
  if (s.shown.empty()) {
    draw_empty(painter, QRectF(viewport()->rect()), s.empty_sentence(), colours);
    return;
  }
  const ImageSet &test = s.dataset->test;
  const int width = viewport()->width();
  const auto columns = static_cast<std::size_t>(s.columns(width));
  const auto first_row = static_cast<std::size_t>(verticalScrollBar()->value() / s.row_height(width));
  for (std::size_t place = first_row * columns; place < s.shown.size(); ++place) {
    const QRectF cell = cellRect(place);
    if (cell.top() > viewport()->height())
      break;
    const std::uint32_t index = s.shown[place];
    const QRectF thumb(cell.topLeft(), QSizeF(cell.width(), cell.width()));
    draw_digit_image(painter, thumb, digit_image(test.image(index), test.rows, test.cols, colours.image),
                     colours.image, 5, true);
    const ImageAnswer answer = index < s.answered.size() ? s.answered[index] : ImageAnswer{};
    const bool wrong = answer.fused >= 0 && answer.fused != test.labels[index];
    painter.setBrush(Qt::NoBrush);
    if (s.selected == index) {
      painter.setPen(QPen(colours.panel, 5));
      painter.drawRoundedRect(thumb.adjusted(1, 1, -1, -1), 5, 5);
      painter.setPen(QPen(colours.text, 2.5));
      painter.drawRoundedRect(thumb.adjusted(1, 1, -1, -1), 5, 5);
    } else if (wrong) {
      painter.setPen(QPen(colours.error, 1.6));
      painter.drawRoundedRect(thumb.adjusted(0.8, 0.8, -0.8, -0.8), 5, 5);
    }
    paint_digits(painter, QRectF(cell.left(), thumb.bottom() + 1, cell.width(), digits_height),
                 test.labels[index], answer, colours);
  }
}

void GalleryView::resizeEvent(QResizeEvent *event) {
  QAbstractScrollArea::resizeEvent(event);
  placeScrollBar();
}

void GalleryView::showEvent(QShowEvent *event) {
  QAbstractScrollArea::showEvent(event);
  refresh();
  reveal();
}

void GalleryView::scrollContentsBy(int, int) { viewport()->update(); }

void GalleryView::choose(std::size_t place) {
  State &s = *state_;
  if (s.shown.empty())
    return;
  s.selected = s.shown[std::min(place, s.shown.size() - 1)];
  reveal();
  viewport()->update();
  Q_EMIT imageSelected(*s.selected);
}

void GalleryView::mousePressEvent(QMouseEvent *event) {
  const auto place = placeAt(event->position());
  if (event->button() == Qt::LeftButton && place)
    choose(*place);
}

void GalleryView::keyPressEvent(QKeyEvent *event) {
  State &s = *state_;
  const int width = viewport()->width(), columns = s.columns(width);
  const int page = columns * std::max(1, static_cast<int>(viewport()->height() / s.row_height(width)));
  int move = 0;
  switch (event->key()) {
  case Qt::Key_Left:
    move = -1;
    break;
  case Qt::Key_Right:
    move = 1;
    break;
  case Qt::Key_Up:
    move = -columns;
    break;
  case Qt::Key_Down:
    move = columns;
    break;
  case Qt::Key_PageUp:
    move = -page;
    break;
  case Qt::Key_PageDown:
    move = page;
    break;
  case Qt::Key_Home:
    choose(0);
    return;
  case Qt::Key_End:
    choose(s.shown.size());
    return;
  default:
    QAbstractScrollArea::keyPressEvent(event);
    return;
  }
  const auto place = s.place_of(s.selected);
  const auto from = place ? static_cast<std::ptrdiff_t>(*place) : (move > 0 ? -1 : 1);
  const auto last = static_cast<std::ptrdiff_t>(s.shown.size()) - 1;
  if (last >= 0)
    choose(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place ? from + move : 0, 0, last)));
}

bool GalleryView::viewportEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    const State &s = *state_;
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto place = placeAt(help->pos());
    if (!place) {
      QToolTip::hideText();
      return true;
    }
    const std::uint32_t index = s.shown[*place];
    QString text = QStringLiteral("test image %1, truth %2").arg(index).arg(s.dataset->test.labels[index]);
    if (index < s.answered.size()) {
      const ImageAnswer &answer = s.answered[index];
      if (answer.spiking >= 0)
        text += QStringLiteral(", spiking says %1").arg(answer.spiking);
      if (answer.quantum >= 0)
        text += QStringLiteral(", quantum says %1").arg(answer.quantum);
      if (answer.spiking >= 0 && answer.quantum >= 0)
        text += QStringLiteral(", together %1").arg(answer.fused);
    }
    QToolTip::showText(help->globalPos(), text, viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

} // namespace duet::ui
