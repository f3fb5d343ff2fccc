#include "ui/data/logits_fan.h"
#include "engine/training/ratio_curve.h"
#include "ui/data/class_name.h"
#include "ui/plots/export_desk.h"
#include "ui/plots/label_places.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include "ui/words/voices.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QObject>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace duet::ui {

struct LogitsFan::State {
  std::shared_ptr<const Inspection> inspection;
  std::vector<int> classes; ///< [output]
  Voices voices;
  Phase phase = Phase::empty;
  double ratio = ModelSettings{}.fusion_ratio;
  std::optional<int> step;
  int repaints = 0;
  bool drawable() const {
    return voices.mixed() && inspection && inspection->logits_spiking && inspection->logits_quantum;
  }
  const Answer &answer() const { return inspection->answer_at(step); } ///< where there is an inspection
  QRectF area(const QRectF &widget) const { return widget.adjusted(0, 0, 0, -20); }
  QRectF inner(const QRectF &widget) const { return area(widget).adjusted(10, 8, -10, -8); }
  double ratio_at(const QRectF &widget, double x) const {
    const QRectF plot = inner(widget);
    return std::clamp(std::round(100 * (x - plot.left()) / plot.width()) / 100, 0.0, 1.0);
  }
};

LogitsFan::LogitsFan(QWidget *parent) : UnitWidget(parent), state_(std::make_unique<State>()) {
  setAccessibleName(tr("Logits over the ratio"));
  setMouseTracking(true);
  offer_export(this, *this);
  setFocusPolicy(Qt::StrongFocus);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

LogitsFan::~LogitsFan() = default;

void LogitsFan::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  const auto inspection = view ? view->training.inspection : nullptr;
  const Phase phase = view ? view->phase : Phase::empty;
  const std::vector<int> classes = view ? view->experiment.data.classes : std::vector<int>();
  const Voices voices = view ? Voices(view->experiment) : Voices();
  const bool changed = inspection != s.inspection || classes != s.classes || voices != s.voices ||
                       (!inspection && phase != s.phase);
  s.voices = voices;
  s.inspection = inspection;
  s.classes = classes;
  s.phase = phase;
  if (changed)
    update();
}

void LogitsFan::setRatio(double ratio) {
  if (ratio == state_->ratio)
    return;
  state_->ratio = ratio;
  spoken_changed(this);
  if (state_->drawable())
    update();
}

void LogitsFan::setStep(std::optional<int> step) {
  if (step == state_->step)
    return;
  state_->step = step;
  if (state_->drawable())
    update();
}

QSize LogitsFan::sizeHint() const { return px({230, 132}); }
QSize LogitsFan::minimumSizeHint() const { return px({140, 92}); }
QString LogitsFan::exportName() const { return QStringLiteral("logits-over-ratio"); }
QString LogitsFan::exportTitle() const { return tr("Logits over the ratio"); }
QSize LogitsFan::exportSize() const { return unitRect().size().toSize().expandedTo({360, 220}); }
int LogitsFan::repaints() const { return state_->repaints; }

namespace {

/// The ten lines and who leads where.
struct Fan {
  Logits spiking{}, quantum{};
  std::vector<RatioSegment> winners;
  double low = 0, high = 1;
  double value(std::size_t k, double r) const {
    return (1 - r) * static_cast<double>(spiking[k]) + r * static_cast<double>(quantum[k]);
  }
  bool leads_somewhere(int output) const {
    return std::any_of(winners.begin(), winners.end(),
                       [&](const RatioSegment &s) { return s.winner == output; });
  }
};

Fan fan_of(const Answer &answer) {
  Fan fan;
  fan.spiking = *answer.logits_spiking;
  fan.quantum = *answer.logits_quantum;
  fan.winners = winners_over_ratio(fan.spiking, fan.quantum);
  const auto [s_low, s_high] = std::minmax_element(fan.spiking.begin(), fan.spiking.end());
  const auto [q_low, q_high] = std::minmax_element(fan.quantum.begin(), fan.quantum.end());
  fan.low = static_cast<double>(std::min(*s_low, *q_low));
  fan.high = static_cast<double>(std::max(*s_high, *q_high));
  if (!(fan.high > fan.low))
    fan.high = fan.low + 1;
  return fan;
}

Voice voice_of(const Fan &fan, int output, int target) {
  if (output == target)
    return Voice::fused;
  return fan.leads_somewhere(output) ? Voice::error : Voice::neutral;
}

void paint_lines(QPainter &painter, const QRectF &plot, const Fan &fan, int target, const Palette &palette) {
  const auto y_at = [&](double v) {
    return plot.bottom() - (v - fan.low) / (fan.high - fan.low) * plot.height();
  };
  for (const bool loud : {false, true})
    for (int k = 0; k < class_count; ++k) {
      const Voice voice = voice_of(fan, k, target);
      if ((voice != Voice::neutral) != loud)
        continue;
      QColor colour = palette.color(voice);
      if (!loud)
        colour.setAlphaF(0.55F);
      painter.setPen(QPen(colour, loud ? 2.2 : 1.0));
      const auto index = static_cast<std::size_t>(k);
      painter.drawLine(QPointF(plot.left(), y_at(fan.value(index, 0))),
                       QPointF(plot.right(), y_at(fan.value(index, 1))));
    }
}

/// The classes of the loud lines, at the end where each is higher.
void paint_classes(QPainter &painter, const QRectF &plot, const Fan &fan, int target,
                   const std::vector<int> &classes, const Palette &palette) {
  painter.setFont(font(12, QFont::Bold));
  const auto y_at = [&](double v) {
    return plot.bottom() - (v - fan.low) / (fan.high - fan.low) * plot.height();
  };
  for (const bool right : {false, true}) {
    std::vector<double> wished;
    std::vector<int> outputs;
    for (int k = 0; k < class_count; ++k) {
      const auto index = static_cast<std::size_t>(k);
      const double at_end = fan.value(index, 1), at_start = fan.value(index, 0);
      if (voice_of(fan, k, target) == Voice::neutral || (at_end > at_start) != right)
        continue;
      wished.push_back(y_at(fan.value(index, right ? 0.96 : 0.04)) +
                       (y_at(right ? at_end : at_start) < plot.top() + 16 ? 13 : -9));
      outputs.push_back(k);
    }
    const std::vector<double> centre = spread(wished, 14, plot.top() - 4, plot.bottom() + 4);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      painter.setPen(palette.ink(voice_of(fan, outputs[i], target)));
      painter.drawText(QRectF(right ? plot.right() - 30 : plot.left(), centre[i] - 8, 30, 16),
                       Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft),
                       class_name(classes, outputs[i]));
    }
  }
}

void paint_flips(QPainter &painter, const QRectF &plot, const Fan &fan, double ratio,
                 const Palette &palette) {
  painter.setFont(font(11));
  const QFontMetricsF metrics(painter.font());
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < fan.winners.size(); ++i)
    if (nearest == 0 || std::abs(fan.winners[i].from - ratio) < std::abs(fan.winners[nearest].from - ratio))
      nearest = i;
  for (std::size_t i = 1; i < fan.winners.size(); ++i) {
    const double r = fan.winners[i].from;
    const double value = fan.value(static_cast<std::size_t>(fan.winners[i].winner), r);
    const QPointF at(plot.left() + r * plot.width(),
                     plot.bottom() - (value - fan.low) / (fan.high - fan.low) * plot.height());
    painter.setPen(QPen(palette.text, 1.5));
    painter.setBrush(palette.field);
    painter.drawEllipse(at, 4, 4);
    if (i != nearest)
      continue;
    const QString text = QObject::tr("flips at %1").arg(QString::number(r, 'f', 2));
    const double width = metrics.horizontalAdvance(text);
    QRectF label(std::clamp(at.x() - width / 2, plot.left(), std::max(plot.left(), plot.right() - width)),
                 at.y() + 8, width, 14);
    if (label.bottom() > plot.bottom() + 6)
      label.moveBottom(at.y() - 7);
    QColor ground = palette.field;
    ground.setAlphaF(0.8F);
    painter.fillRect(label.adjusted(-2, 0, 2, 0), ground);
    painter.setPen(palette.text);
    painter.drawText(label, Qt::AlignCenter, text);
  }
}

} // namespace

/// The plot under a title, with the name and the numbers of its axes.
void LogitsFan::paintFigure(QPainter &painter, const QRectF &target, const Palette &colours) {
  const State &s = *state_;
  painter.setFont(ui::font(13, QFont::DemiBold));
  painter.setPen(colours.text);
  painter.drawText(QRectF(target.left() + 44, target.top() + 2, target.width() - 44, 20),
                   Qt::AlignLeft | Qt::AlignVCenter,
                   s.inspection ? tr("Logits over the ratio, test image %1").arg(s.inspection->index)
                                : tr("Logits over the ratio"));
  const QRectF plot = target.adjusted(44, 26, -8, 0);
  paintPlot(painter, plot, colours);
  if (!s.drawable())
    return;
  painter.setFont(ui::font(11));
  painter.setPen(colours.soft);
  painter.drawText(QRectF(plot.left(), s.area(plot).bottom() + 3, plot.width(), 16), Qt::AlignCenter,
                   tr("fusion ratio"));
  const Fan fan = fan_of(s.answer());
  for (const double value : {fan.low, fan.high})
    draw_tabular(
        painter,
        QRectF(target.left(), (value == fan.low ? s.inner(plot).bottom() : s.inner(plot).top()) - 8, 39, 16),
        Qt::AlignRight | Qt::AlignVCenter, QString::number(value, 'f', 1));
  painter.save();
  painter.translate(target.left() + 4, s.area(plot).center().y());
  painter.rotate(-90);
  painter.drawText(QRectF(-100, 0, 200, 14), Qt::AlignCenter, tr("logit"));
  painter.restore();
}

void LogitsFan::paintPlot(QPainter &painter, const QRectF &target, const Palette &colours) const {
  const State &s = *state_;
  const QRectF area = s.area(target), plot = s.inner(target);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colours.field);
  painter.drawRoundedRect(area, 5, 5);
  if (!s.drawable()) {
    draw_empty(painter, area,
               s.inspection
                   ? tr("The %1 answers alone: there is no ratio to vary.").arg(s.voices.answerer().name)
                   : tr("Select an image to see its logits."),
               colours);
    return;
  }
  const Fan fan = fan_of(s.answer());
  paint_lines(painter, plot, fan, s.inspection->target, colours);
  const double x = plot.left() + s.ratio * plot.width();
  painter.setPen(QPen(colours.text, 1.4));
  painter.drawLine(QPointF(x, area.top() + 4), QPointF(x, area.bottom() - 4));
  paint_flips(painter, plot, fan, s.ratio, colours);
  paint_classes(painter, plot, fan, s.inspection->target, s.classes, colours);
  painter.setFont(ui::font(11));
  painter.setPen(colours.soft);
  const QRectF below(plot.left(), area.bottom() + 3, plot.width(), 16);
  painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                   QStringLiteral("0 ") + s.voices.find(Speaker::spiking)->brief);
  painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter,
                   QStringLiteral("1 ") + s.voices.find(Speaker::quantum)->brief);
}

QString LogitsFan::toCsv() const {
  if (!state_->drawable())
    return QStringLiteral("class\n");
  QString csv =
      QStringLiteral("class,logit_%1,logit_%2\n")
          .arg(state_->voices.find(Speaker::spiking)->key, state_->voices.find(Speaker::quantum)->key);
  for (std::size_t k = 0; k < 10; ++k)
    csv += QStringLiteral("%1,%2,%3\n")
               .arg(label_of(state_->classes, static_cast<int>(k))
                        ? class_name(state_->classes, static_cast<int>(k))
                        : QString(),
                    number_text((*state_->answer().logits_spiking)[k]),
                    number_text((*state_->answer().logits_quantum)[k]));
  return csv;
}

void LogitsFan::paintEvent(QPaintEvent *) {
  ++state_->repaints;
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintPlot(painter, unitRect(), theme().palette());
  if (showsKeys())
    draw_focus(painter, unitRect(), theme().palette());
}

QString LogitsFan::answerAt(double ratio) const {
  const Answer &answer = state_->answer();
  const int winner = winner_at(*answer.logits_spiking, *answer.logits_quantum, ratio);
  const QString name = class_name(state_->classes, winner);
  return winner == state_->inspection->target
             ? tr("At the ratio %1 the answer is %2, which is right").arg(ratio_text(ratio), name)
             : tr("At the ratio %1 the answer is %2, which is wrong").arg(ratio_text(ratio), name);
}

QString LogitsFan::answersFrom() const {
  QStringList all;
  for (const RatioSegment &segment : fan_of(state_->answer()).winners)
    all << tr("%1 from %2")
               .arg(class_name(state_->classes, segment.winner),
                    segment.from == 0 ? QStringLiteral("0") : QString::number(segment.from, 'f', 4));
  return all.join(QStringLiteral(", "));
}

QString LogitsFan::spokenText() const {
  if (state_->drawable())
    return answerAt(state_->ratio) + QStringLiteral("; ") + answersFrom();
  return state_->inspection ? tr("There is no ratio to vary.") : tr("No image is selected yet.");
}

std::optional<SpokenNumber> LogitsFan::spokenNumber() const {
  return state_->drawable() ? std::optional(SpokenNumber{state_->ratio, 0, 1, 0.01}) : std::nullopt;
}

void LogitsFan::keyPressEvent(QKeyEvent *event) {
  const auto go = [this](double ratio) {
    const double wanted = std::clamp(std::round(100 * ratio) / 100, 0.0, 1.0);
    Q_EMIT ratioWanted(wanted);
    Q_EMIT hoverText(answerAt(wanted));
  };
  const double ratio = state_->ratio;
  switch (state_->drawable() ? event->key() : 0) {
  case Qt::Key_Left:
    return go(ratio - 0.01);
  case Qt::Key_Right:
    return go(ratio + 0.01);
  case Qt::Key_Home:
    return go(0);
  case Qt::Key_End:
    return go(1);
  default:
    QWidget::keyPressEvent(event);
  }
}

void LogitsFan::mousePressEvent(QMouseEvent *event) {
  if (event->button() == Qt::LeftButton && state_->drawable())
    Q_EMIT ratioWanted(state_->ratio_at(unitRect(), event->position().x()));
}

void LogitsFan::mouseMoveEvent(QMouseEvent *event) {
  if (!state_->drawable())
    return;
  const double ratio = state_->ratio_at(unitRect(), event->position().x());
  if (event->buttons() & Qt::LeftButton)
    Q_EMIT ratioWanted(ratio);
  Q_EMIT hoverText(answerAt(ratio));
}

bool LogitsFan::unitEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip && state_->drawable()) {
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = tr("Each class's mixed logit is a line in the ratio; the highest one is the answer. "
                            "Green: the true class. Click or drag to set the ratio.") +
                         QLatin1Char('\n') + answersFrom();
    QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

} // namespace duet::ui
