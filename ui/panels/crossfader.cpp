#include "ui/panels/crossfader.h"
#include "engine/experiment/describe.h"
#include "ui/panels/availability.h"
#include "ui/panels/field_note.h"
#include "ui/panels/labels.h"
#include "ui/panels/number_field.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QKeyEvent>
#include <QLinearGradient>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr int number_width = 58, number_height = 28, eye_width = 30, spacing = 12, shortest_track = 84;

QFont label_font() { return ui::font(13, QFont::DemiBold); }

} // namespace

Crossfader::Crossfader(QWidget *parent) : UnitWidget(parent) {
  setObjectName(QStringLiteral("crossfader"));
  setAccessibleName(tr("Fusion ratio"));
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  makeEye();
  makeNumber();
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
  setVoices(Voices());
  showNumber();
}

void Crossfader::makeNumber() {
  number_ = new NumberField(this);
  number_->setObjectName(QStringLiteral("fusionRatioNumber"));
  number_->setAccessibleName(tr("Fusion ratio as a number"));
  number_->setAlignment(Qt::AlignCenter);
  note_ = new FieldNote(number_);
  connect(number_, &NumberField::refusalEnded, note_, [this] { note_->say({}); });
  connect(number_, &NumberField::committed, this, [this](const QString &text) {
    const auto parsed = parse_value(*find_field("model.fusion_ratio"), text.toStdString());
    if (const auto *problem = std::get_if<Problem>(&parsed))
      return refuse(in_words(*problem));
    Q_EMIT gestureBegins();
    want(std::get<double>(std::get<Value>(parsed)), looks({}));
  });
  connect(number_, &NumberField::stepped, this, [this](int direction) {
    Q_EMIT gestureBegins();
    want(shown() + 0.01 * direction, looks({}));
  });
}

/// The eye is pressed while there is a lens.
void Crossfader::makeEye() {
  eye_ = new QPushButton(this);
  eye_->setObjectName(QStringLiteral("lensToggle"));
  eye_->setAccessibleName(tr("Only look through another ratio"));
  eye_->setProperty(
      "tip",
      tr("<qt>Pressed, the fader only <b>looks through</b> another ratio; training goes on with its own "
         "(F9). Ctrl-drag and dragging with the right button do the same. Press again, or Esc, to look "
         "through the loss's own ratio.</qt>"));
  eye_->setProperty("quiet", true);
  eye_->setCheckable(true);
  eye_->setFocusPolicy(Qt::TabFocus);
  connect(eye_, &QPushButton::toggled, this, [this](bool on) {
    if (!on && lens_)
      Q_EMIT lensWanted(std::nullopt);
  });
  const auto tint = [this] { eye_->setIcon(icon(QStringLiteral("look"))); };
  connect(&theme(), &Theme::changed, eye_, tint);
  tint();
}

void Crossfader::refuse(const QString &sentence) {
  number_->refuse(sentence);
  note_->say(sentence);
}

bool Crossfader::looks(Qt::KeyboardModifiers modifiers, Qt::MouseButtons buttons) const {
  return eye_->isChecked() || modifiers & Qt::ControlModifier || buttons & Qt::RightButton;
}

void Crossfader::setRatio(double ratio) {
  if (ratio == ratio_)
    return;
  ratio_ = ratio;
  showNumber();
  update();
}

void Crossfader::setLens(std::optional<double> lens) {
  if (lens == lens_)
    return;
  lens_ = lens;
  if (!dragging_ || lens)
    eye_->setChecked(lens.has_value());
  showNumber();
  update();
}

void Crossfader::setVoices(const Voices &voices, const QString &why_not) {
  applies_ = why_not.isEmpty();
  voices_ = voices.mixed() ? voices : Voices();
  number_->setEnabled(applies_);
  eye_->setEnabled(applies_);
  eye_->setToolTip(tip_with_reason(eye_->property("tip").toString(), why_not));
  number_->setToolTip(tr("The fusion ratio: 0 is all %1, 1 all %2.")
                          .arg(voices_.find(Speaker::spiking)->brief, voices_.find(Speaker::quantum)->brief));
  setToolTip(applies_
                 ? tr("<qt><b>Fusion ratio</b><br>The share of the %1 in the answer. Drag changes "
                      "it in the loss from the "
                      "next batch on. With <b>Ctrl</b> held, with the right button or with the eye pressed "
                      "it only looks through another ratio, training goes on as it was. "
                      "Double-click: default %2.</qt>")
                       .arg(voices_.name(Speaker::quantum))
                       .arg(default_)
                 : why_not);
  update();
}

QString Crossfader::label(Speaker branch) const {
  const Shares both = shares(shown());
  return tr("%1 %2 %")
      .arg(capital(voices_.find(branch)->brief))
      .arg(branch == Speaker::spiking ? both.first : both.second);
}

/// Room for "Quantum 100 %".
double Crossfader::labelWidth(Speaker branch) const {
  return std::ceil(
      tabular_width(label_font(), tr("%1 %2 %").arg(capital(voices_.find(branch)->brief)).arg(100)));
}

void Crossfader::showNumber() {
  number_->setNumber(QString::number(shown(), 'f', 2));
  spoken_changed(this);
}

QString Crossfader::spokenText() const {
  if (!applies_)
    return tr("This model has nothing to mix.");
  const QString said =
      tr("%1: %2, %3")
          .arg(QString::number(shown(), 'f', 2), label(Speaker::spiking), label(Speaker::quantum));
  return lens_ ? tr("looked through at %1; the loss has %2").arg(said, QString::number(ratio_, 'f', 2))
               : said;
}

std::optional<SpokenNumber> Crossfader::spokenNumber() const {
  return applies_ ? std::optional(SpokenNumber{shown(), 0, 1, 0.01}) : std::nullopt;
}

void Crossfader::setSpokenNumber(double ratio) {
  if (!applies_)
    return;
  Q_EMIT gestureBegins();
  want(ratio, looks({}));
}

namespace {

/// Beside the track and the labels at its ends.
constexpr int room_beside = 3 * spacing + number_width + eye_width;

double short_width() { return std::ceil(tabular_width(label_font(), QStringLiteral("100 %"))); }

} // namespace

/// Room for names beside the percents.
bool Crossfader::roomy() const {
  return unitWidth() >=
         labelWidth(Speaker::spiking) + labelWidth(Speaker::quantum) + room_beside + shortest_track;
}

double Crossfader::sideWidth(Speaker branch) const { return roomy() ? labelWidth(branch) : short_width(); }

/// The names go first where there is little room.
QString Crossfader::shownLabel(Speaker branch) const {
  const QString whole = label(branch);
  return roomy() ? whole : whole.mid(whole.lastIndexOf(QLatin1Char(' '), -3) + 1);
}

QSize Crossfader::minimumSizeHint() const {
  return px({static_cast<int>(2 * short_width()) + room_beside + shortest_track, 36});
}

QRectF Crossfader::track() const {
  const double left = sideWidth(Speaker::spiking) + spacing;
  const double right = unitWidth() - number_width - eye_width - 2 * spacing - sideWidth(Speaker::quantum);
  return QRectF(left, unitHeight() / 2.0 - 4, std::max(40.0, right - left), 8);
}

QRectF Crossfader::handleUnits() const {
  const QRectF line = track();
  return {line.left() + shown() * line.width() - 9, line.center().y() - 13, 18, 26};
}

QRectF Crossfader::handle() const {
  const QRectF units = handleUnits();
  return {units.topLeft() * unit(), units.size() * unit()};
}

double Crossfader::ratioAt(double x) const {
  const QRectF line = track();
  return std::clamp(std::round((x - line.left()) / line.width() * 100) / 100, 0.0, 1.0);
}

void Crossfader::want(double ratio, bool lens_only) {
  ratio = std::clamp(std::round(ratio * 1e6) / 1e6, 0.0, 1.0);
  if (lens_only) {
    Q_EMIT lensWanted(ratio == ratio_ ? std::nullopt : std::optional(ratio));
    return;
  }
  if (lens_)
    Q_EMIT lensWanted(std::nullopt);
  if (ratio != ratio_)
    Q_EMIT ratioWanted(ratio);
}

void Crossfader::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!applies_)
    painter.setOpacity(0.4);
  const QRectF line = track();
  const double middle = line.center().y();
  const Voice first = voices_.colour(Speaker::spiking), second = voices_.colour(Speaker::quantum);
  painter.setFont(label_font());
  painter.setPen(palette.ink(first));
  draw_tabular(painter, QRectF(0, 0, sideWidth(Speaker::spiking), unitHeight()),
               Qt::AlignRight | Qt::AlignVCenter, shownLabel(Speaker::spiking));
  painter.setPen(palette.ink(second));
  draw_tabular(painter, QRectF(line.right() + spacing, 0, sideWidth(Speaker::quantum), unitHeight()),
               Qt::AlignLeft | Qt::AlignVCenter, shownLabel(Speaker::quantum));
  QLinearGradient gradient(line.topLeft(), line.topRight()), edge = gradient;
  gradient.setColorAt(0, palette.color(first));
  gradient.setColorAt(1, palette.color(second));
  edge.setColorAt(0, palette.stroke(first));
  edge.setColorAt(1, palette.stroke(second));
  painter.setPen(QPen(QBrush(edge), 1));
  painter.setBrush(gradient);
  painter.drawRoundedRect(line.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5);
  if (lens_) { // where the loss has it
    const double at = line.left() + ratio_ * line.width();
    painter.fillRect(QRectF(at - 1, middle - 10, 2, 20), palette.fused);
  }
  const QRectF handle = handleUnits();
  painter.setBrush(QColor(0, 0, 0, 30));
  painter.drawRoundedRect(handle.translated(0, 1.5).adjusted(-1, 0, 1, 1), 7, 7);
  painter.setBrush(palette.panel);
  const QColor border = hasFocus() || dragging_ ? palette.fused : palette.text;
  painter.setPen(QPen(border, 2, lens_ ? Qt::DotLine : Qt::SolidLine));
  painter.drawRoundedRect(handle.adjusted(1, 1, -1, -1), 5, 5);
}

void Crossfader::resizeEvent(QResizeEvent *) {
  const int high = px(number_height), top = (height() - high) / 2, left = width() - px(number_width);
  number_->setGeometry(left, top, px(number_width), high);
  eye_->setGeometry(left - px(eye_width + 2), top, px(eye_width), high);
}

void Crossfader::mousePressEvent(QMouseEvent *event) {
  if (!applies_ || dragging_ || !(event->button() & (Qt::LeftButton | Qt::RightButton)))
    return;
  dragging_ = true;
  Q_EMIT gestureBegins();
  const double x = event->position().x(), handle = track().left() + shown() * track().width();
  if (std::abs(x - handle) > 10)
    want(ratioAt(x), looks(event->modifiers(), event->buttons()));
  update();
}

void Crossfader::mouseMoveEvent(QMouseEvent *event) {
  if (dragging_)
    want(ratioAt(event->position().x()), looks(event->modifiers(), event->buttons()));
}

void Crossfader::mouseReleaseEvent(QMouseEvent *event) {
  if (event->buttons() != Qt::NoButton)
    return;
  dragging_ = false;
  eye_->setChecked(lens_.has_value());
  update();
}

void Crossfader::mouseDoubleClickEvent(QMouseEvent *event) {
  if (!applies_ || event->button() != Qt::LeftButton)
    return;
  Q_EMIT gestureBegins();
  want(default_, looks(event->modifiers()));
}

void Crossfader::wheelEvent(QWheelEvent *event) {
  if (!applies_)
    return;
  Q_EMIT gestureBegins();
  want(shown() + (event->angleDelta().y() > 0 ? 0.01 : -0.01), looks(event->modifiers()));
}

void Crossfader::keyPressEvent(QKeyEvent *event) {
  if (!applies_)
    return;
  double target = shown();
  switch (event->key()) {
  case Qt::Key_Left:
  case Qt::Key_Down:
    target -= 0.01;
    break;
  case Qt::Key_Right:
  case Qt::Key_Up:
    target += 0.01;
    break;
  case Qt::Key_PageDown:
    target -= 0.1;
    break;
  case Qt::Key_PageUp:
    target += 0.1;
    break;
  case Qt::Key_Home:
    target = 0;
    break;
  case Qt::Key_End:
    target = 1;
    break;
  default:
    QWidget::keyPressEvent(event);
    return;
  }
  if (!event->isAutoRepeat())
    Q_EMIT gestureBegins();
  want(std::round(target * 100) / 100, looks(event->modifiers()));
}

} // namespace duet::ui
