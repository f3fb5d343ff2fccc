#include "ui/data/gallery_view.h"
#include "ui/data/class_name.h"
#include "ui/data/digit_image.h"
#include "ui/data/thumbnails.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QObject>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int smallest_thumb = 40; ///< units, like all of these
constexpr int name_space = 3;      ///< beside a name below a thumbnail
constexpr int space = 5;           ///< between cells
constexpr int names_height = 15;

} // namespace

struct GalleryView::State {
  std::shared_ptr<const Dataset> dataset;
  std::shared_ptr<const TestAnswers> answers;
  std::vector<int> classes; ///< [output]
  NoiseSettings noise;      ///< of the experiment: on the test images until they are answered
  std::uint64_t seed = 1;
  bool clean = false;
  Thumbnails thumbnails;
  int wished_thumb = px(smallest_thumb); ///< wide enough for four names, px
  Phase phase = Phase::empty;
  double ratio = ModelSettings{}.fusion_ratio;
  GalleryFilter filter;
  Voices voices;
  std::optional<std::uint32_t> selected;
  std::vector<ImageAnswer> answered; ///< [image]
  std::vector<std::uint32_t> shown;  ///< test indices that pass the filter
  bool stale = true;
  int repaints = 0;
  std::pair<int, int> announced{-1, -1};

  /// Answers belong to another data set until the first evaluation after a restart.
  bool answers_fit() const { return answers && dataset && answers->targets == dataset->test.targets; }
  int columns(int width) const { return std::max(1, (width + px(space)) / (wished_thumb + px(space))); }
  double thumb(int width) const {
    const int n = columns(width);
    return (width - (n - 1) * px(space)) / static_cast<double>(n);
  }
  double row_height(int width) const { return thumb(width) + px(names_height) + px(space); }
  std::optional<std::size_t> place_of(std::optional<std::uint32_t> index) const {
    if (!index)
      return std::nullopt;
    const auto it = std::lower_bound(shown.begin(), shown.end(), *index);
    return it != shown.end() && *it == *index ? std::optional<std::size_t>(it - shown.begin()) : std::nullopt;
  }
  ImageAnswer answer(std::uint32_t index) const {
    return index < answered.size() ? answered[index] : ImageAnswer{};
  }
  void choose_look() {
    thumbnails.look({dataset, answers_fit() ? answers->noise : noise, seed, clean, theme().palette().image});
  }
  void measure_names() {
    double widest = 0;
    const QFontMetricsF metrics(text_font(11, QFont::Bold));
    for (const QString &name : class_names(classes))
      widest = std::max(widest, metrics.horizontalAdvance(name));
    wished_thumb = std::max(px(smallest_thumb), static_cast<int>(4 * (widest + px(name_space))));
  }
  QString empty_sentence() const {
    if (!dataset)
      return phase == Phase::loading ? QObject::tr("Reading the data …") : QObject::tr("No data loaded.");
    if ((filter.cell || filter.kind != GalleryFilter::Kind::all) && !answers_fit())
      return QObject::tr("No answers yet: the test set is answered after the first epoch.");
    if (!filter.cell && filter.kind == GalleryFilter::Kind::disagree && !voices.mixed())
      return tr("The %1 answers alone: there is nobody to disagree with.").arg(voices.answerer().name);
    return QObject::tr("No image passes this filter.");
  }
};

GalleryView::GalleryView(QWidget *parent) : QAbstractScrollArea(parent), state_(std::make_unique<State>()) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Test images"));
  viewport()->setAutoFillBackground(false);
  connect(&theme(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
  connect(&theme(), &Theme::textSizeChanged, this, [this] {
    state_->measure_names();
    updateGeometry();
    placeScrollBar();
  });
}

GalleryView::~GalleryView() = default;

void GalleryView::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  const auto dataset = view ? view->dataset : nullptr;
  const auto answers = view ? view->training.answers : nullptr;
  const DataSettings settings = view ? view->experiment.data : DataSettings{};
  const std::uint64_t seed = view ? view->experiment.seed : 1;
  const Phase phase = view ? view->phase : Phase::empty;
  const Voices voices = view ? Voices(view->experiment) : Voices();
  const bool sentence_changes = (phase != s.phase && s.shown.empty()) || voices != s.voices;
  s.voices = voices;
  s.phase = phase;
  if (dataset == s.dataset && answers == s.answers && settings.classes == s.classes &&
      settings.noise == s.noise && seed == s.seed) {
    if (sentence_changes)
      viewport()->update();
    return;
  }
  s.dataset = dataset;
  s.answers = answers;
  s.classes = settings.classes;
  s.noise = settings.noise;
  s.seed = seed;
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

void GalleryView::setClean(bool clean) {
  if (clean == state_->clean)
    return;
  state_->clean = clean;
  state_->stale = true;
  refresh();
}

GalleryFilter GalleryView::filter() const { return state_->filter; }

/// Brings the list up to date; a hidden gallery waits until it is shown.
void GalleryView::refresh() {
  State &s = *state_;
  if (!s.stale || !isVisible())
    return;
  s.stale = false;
  s.answered = s.answers_fit() ? answers_at(*s.answers, s.ratio) : std::vector<ImageAnswer>();
  s.shown =
      s.dataset ? filtered(s.dataset->test.targets, s.answered, s.filter) : std::vector<std::uint32_t>();
  s.measure_names();
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
const std::vector<std::uint32_t> &GalleryView::shown() const { return state_->shown; }
std::optional<std::uint32_t> GalleryView::first() const {
  return state_->shown.empty() ? std::nullopt : std::optional(state_->shown.front());
}
int GalleryView::repaints() const { return state_->repaints; }
int GalleryView::drawnThumbnails() const { return state_->thumbnails.drawn(); }
QSize GalleryView::sizeHint() const { return px({230, 2 * (smallest_thumb + names_height + space)}); }

QImage GalleryView::thumbnail(std::uint32_t test_index) const {
  state_->choose_look();
  return state_->thumbnails.picture(test_index);
}

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
  return {static_cast<double>(place % columns) * (side + px(space)),
          static_cast<double>(place / columns) * s.row_height(width) - verticalScrollBar()->value(), side,
          side + px(names_height)};
}

std::optional<std::size_t> GalleryView::placeAt(const QPointF &position) const {
  const State &s = *state_;
  const int width = viewport()->width(), columns = s.columns(width);
  const int column = std::min(columns - 1, static_cast<int>(position.x() / (s.thumb(width) + px(space))));
  const int row = static_cast<int>((position.y() + verticalScrollBar()->value()) / s.row_height(width));
  const auto place = static_cast<std::size_t>(row * columns + column);
  return position.x() >= 0 && place < s.shown.size() && cellRect(place).contains(position)
             ? std::optional<std::size_t>(place)
             : std::nullopt;
}

namespace {

struct Below {
  QString name;
  QColor ink;
  bool bold = false;
};

/// The names below a thumbnail, from left to right.
std::vector<Below> names_below(const std::vector<int> &classes, int target, const ImageAnswer &answer,
                               const Voices &voices, const Palette &palette) {
  const auto name = [&](int output) { return class_name(classes, output); };
  std::vector<Below> names = {{name(target), palette.soft}};
  for (const NamedVoice &voice : voices.all())
    if (const int says = answer_of(answer, voice.who); says >= 0) {
      const bool fused = voice.who == Speaker::fused;
      names.push_back(
          {name(says), fused && says != target ? palette.error_ink : palette.ink(voice.colour), fused});
    }
  return names;
}

void paint_names(QPainter &painter, const QRectF &strip, const std::vector<Below> &names) {
  const double step = strip.width() / static_cast<double>(names.size());
  for (std::size_t k = 0; k < names.size(); ++k) {
    painter.setFont(text_font(11, names[k].bold ? QFont::Bold : QFont::Medium));
    painter.setPen(names[k].ink);
    painter.drawText(QRectF(strip.left() + static_cast<double>(k) * step, strip.top(), step, strip.height()),
                     Qt::AlignCenter, names[k].name);
  }
}

} // namespace

QStringList GalleryView::namesBelow(std::uint32_t test_index) const {
  const State &s = *state_;
  QStringList names;
  for (const Below &below : names_below(s.classes, s.dataset->test.targets[test_index], s.answer(test_index),
                                        s.voices, theme().palette()))
    names << below.name;
  return names;
}

QString GalleryView::describe(std::uint32_t test_index) const {
  const State &s = *state_;
  const ImageAnswer answer = s.answer(test_index);
  const auto name = [&](int output) { return class_name(s.classes, output); };
  QString text =
      tr("test image %1, truth %2").arg(grouped(test_index), name(s.dataset->test.targets[test_index]));
  for (const NamedVoice &voice : s.voices.all())
    if (const int says = answer_of(answer, voice.who); says >= 0)
      text += voice.who == Speaker::fused ? tr(", together %1").arg(name(says))
                                          : tr(", %1 says %2").arg(voice.brief, name(says));
  if (disturbs_test(s.thumbnails.current().noise))
    text +=
        s.clean ? tr("; shown without the noise the network saw") : tr("; with the noise the network saw");
  return text;
}

QString GalleryView::spokenText() const {
  const State &s = *state_;
  return s.shown.empty()
             ? s.empty_sentence()
             : tr("%1 of %2 test images")
                   .arg(grouped(shownCount()), grouped(static_cast<long long>(s.dataset->test.size())));
}

SpokenPart GalleryView::spokenPart(int index) const {
  const auto place = static_cast<std::size_t>(index);
  const std::uint32_t image = state_->shown.at(place);
  return {describe(image), cellRect(place).toAlignedRect(), state_->selected == image};
}

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
  s.choose_look();
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
    draw_digit_image(painter, thumb, s.thumbnails.picture(index), colours.image, 5, true);
    const ImageAnswer answer = s.answer(index);
    const int target = test.targets[index];
    const bool wrong = answer.fused >= 0 && answer.fused != target;
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
    if (wrong)
      draw_cross(painter, thumb.topRight() + QPointF(-px(8), px(8)), 4.5 * text_scale(), colours.error,
                 colours.panel);
    paint_names(painter, QRectF(cell.left(), thumb.bottom() + px(1), cell.width(), px(names_height)),
                names_below(s.classes, target, answer, s.voices, colours));
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
    QToolTip::showText(help->globalPos(), describe(s.shown[*place]), viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

} // namespace duet::ui
