#include "ui/data/selected_image_panel.h"
#include "ui/data/class_name.h"
#include "ui/data/digit_image.h"
#include "ui/data/image_voices.h"
#include "ui/data/thumbnails.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double image_side = 84, row_height = 21;

} // namespace

struct SelectedImagePanel::State {
  std::shared_ptr<const Inspection> inspection;
  std::vector<int> classes;               ///< [output]
  std::shared_ptr<const Dataset> dataset; ///< the clean images
  NoiseSettings noise;
  bool clean = false;
  Voices voices;
  Phase phase = Phase::empty;
  double ratio = ModelSettings{}.fusion_ratio;
  std::optional<int> step;
  int repaints = 0;
};

SelectedImagePanel::SelectedImagePanel(QWidget *parent)
    : UnitWidget(parent), state_(std::make_unique<State>()) {
  setAccessibleName(tr("Selected image"));
  setFocusPolicy(Qt::StrongFocus);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

SelectedImagePanel::~SelectedImagePanel() = default;

void SelectedImagePanel::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  const auto inspection = view ? view->training.inspection : nullptr;
  const Voices voices = view ? Voices(view->experiment) : Voices();
  const Phase phase = view ? view->phase : Phase::empty;
  const std::vector<int> classes = view ? view->experiment.data.classes : std::vector<int>();
  const bool changed = inspection != s.inspection || classes != s.classes || voices != s.voices ||
                       (!inspection && phase != s.phase);
  s.inspection = inspection;
  s.classes = classes;
  s.dataset = view ? view->dataset : nullptr;
  s.noise = view ? view->experiment.data.noise : NoiseSettings{};
  s.voices = voices;
  s.phase = phase;
  if (changed)
    update();
}

void SelectedImagePanel::setRatio(double ratio) {
  if (ratio == state_->ratio)
    return;
  state_->ratio = ratio;
  if (state_->inspection && state_->voices.mixed())
    update();
}

void SelectedImagePanel::setStep(std::optional<int> step) {
  if (step == state_->step)
    return;
  state_->step = step;
  if (state_->inspection)
    update();
}

void SelectedImagePanel::setClean(bool clean) {
  if (clean == state_->clean)
    return;
  state_->clean = clean;
  update();
}

QImage SelectedImagePanel::picture() const {
  const State &s = *state_;
  const Inspection &seen = *s.inspection;
  const bool clean = s.clean && s.dataset && seen.index < s.dataset->test.size();
  return digit_image(clean ? test_picture(*s.dataset, seen.index, {}, 0, true) : seen.pixels, seen.rows,
                     seen.cols, theme().palette().image);
}

QSize SelectedImagePanel::sizeHint() const { return px({230, 88}); }
QSize SelectedImagePanel::minimumSizeHint() const { return px({200, 86}); }
int SelectedImagePanel::repaints() const { return state_->repaints; }

std::vector<ImageLine> SelectedImagePanel::rows() const {
  const State &s = *state_;
  return s.inspection ? image_table(s.inspection->answer_at(s.step), s.inspection->target, s.classes, s.ratio,
                                    s.voices)
                      : std::vector<ImageLine>();
}

QString SelectedImagePanel::spokenText() const {
  QStringList words;
  for (const ImageLine &line : rows())
    words << line.name + QLatin1Char(' ') + line.value.simplified();
  return words.isEmpty() ? tr("No image is selected yet.") : words.join(QStringLiteral(", "));
}

SpokenPart SelectedImagePanel::spokenPart(int index) const {
  const ImageLine line = rows().at(static_cast<std::size_t>(index));
  const double left = image_side + 8;
  return {line.name + QLatin1Char(' ') + line.value.simplified(),
          QRectF(left, index * row_height, width() - left, row_height).toAlignedRect()};
}

void SelectedImagePanel::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Right)
    Q_EMIT nextImageWanted();
  else if (event->key() == Qt::Key_Left)
    Q_EMIT previousImageWanted();
  else
    QWidget::keyPressEvent(event);
}

void SelectedImagePanel::paintEvent(QPaintEvent *) {
  State &s = *state_;
  ++s.repaints;
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Palette &colours = theme().palette();
  const QRectF image(0, 0, image_side, image_side);
  if (!s.inspection) {
    painter.setPen(QPen(colours.line, 1, Qt::DashLine));
    painter.drawRoundedRect(image.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    draw_empty(painter, QRectF(image_side + 4, 0, unitWidth() - image_side - 4, image_side),
               s.phase == Phase::loading ? tr("Reading the data …") : tr("Select a test image below."),
               colours);
    return;
  }
  draw_digit_image(painter, image, picture(), colours.image, 4, false);
  if (showsKeys())
    draw_focus(painter, image, colours);
  const double left = image_side + 8;
  double y = 0;
  for (const ImageLine &row : rows()) {
    const QRectF line(left, y, unitWidth() - left, row_height);
    const bool bold = !row.who || row.who == Speaker::fused;
    painter.setFont(ui::font(12, bold ? QFont::Bold : QFont::Normal));
    painter.setPen(colours.ink(row.colour));
    const double room = line.width() - tabular_width(painter.font(), row.value) - 4;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.name, Qt::ElideRight, static_cast<int>(room)));
    painter.setPen(row.right ? colours.text : colours.error_ink);
    draw_tabular(painter, line, Qt::AlignRight | Qt::AlignVCenter, row.value);
    y += row_height;
  }
}

void SelectedImagePanel::mousePressEvent(QMouseEvent *event) {
  if (!state_->inspection || !QRectF(0, 0, image_side, image_side).contains(event->position()))
    return;
  if (event->modifiers() & Qt::ShiftModifier || event->button() == Qt::RightButton)
    Q_EMIT previousImageWanted();
  else
    Q_EMIT nextImageWanted();
}

bool SelectedImagePanel::unitEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip && state_->inspection) {
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = help->x() < image_side
                             ? tr("Test image %1 %2. Click: the next one, Shift + click: the one before.")
                                   .arg(grouped(state_->inspection->index),
                                        !disturbs_test(state_->noise) ? tr("as the network sees it")
                                        : state_->clean ? tr("without the noise the network sees")
                                                        : tr("with the noise the network sees"))
                         : state_->voices.mixed()
                             ? tr("What each branch of this model answers on its own and with which softmax "
                                  "probability, and what they answer together at the ratio %1.")
                                   .arg(ratio_text(state_->ratio))
                             : tr("What the %1 answers and with which softmax probability.")
                                   .arg(state_->voices.answerer().name);
    QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

} // namespace duet::ui
