#include "ui/circuit/state_picture.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace duet::ui {
namespace {

constexpr std::size_t most_bars = 64;
constexpr double cell_height = 66, label_height = 14, axis_height = 16;

QString two(double value) {
  return QString::number(std::abs(value) < 0.005 ? 0.0 : value, 'f', 2)
      .replace(QLatin1Char('-'), QChar(0x2212));
}

QString bits_of(std::size_t index, std::size_t qubits) {
  QString bits;
  for (std::size_t q = 0; q < qubits; ++q)
    bits += QLatin1Char(index >> (qubits - 1 - q) & 1 ? '1' : '0');
  return bits;
}

/// A ring of hues, as bright as the ground allows; phase in radians.
QColor phase_colour(double phase, const Palette &palette) {
  const double turn = phase / (2 * std::numbers::pi);
  const bool dark = palette.panel.lightness() < 128;
  return QColor::fromHslF(static_cast<float>(turn - std::floor(turn)), dark ? 0.62f : 0.68f,
                          dark ? 0.6f : 0.45f);
}

int columns_for(int qubits) { return qubits <= 6 ? std::max(1, qubits) : (qubits + 1) / 2; }

} // namespace

QString qubit_words(int qubit, const Bloch &bloch) {
  return QObject::tr("q%1: x %2, y %3, z %4, length %5")
      .arg(qubit)
      .arg(two(bloch.x), two(bloch.y), two(bloch.z), two(bloch.length()));
}

QString amplitude_words(const StateOnTheWay &state, std::size_t index) {
  const std::complex<double> a = state.amplitudes[index];
  const QString name = QStringLiteral("|%1\u27e9").arg(bits_of(index, state.bloch.size()));
  const QString probability = QString::number(std::norm(a), 'f', 3);
  return std::norm(a) < 1e-12
             ? QObject::tr("%1: probability 0").arg(name)
             : QObject::tr("%1: probability %2, phase %3 rad").arg(name, probability, two(std::arg(a)));
}

std::vector<std::size_t> drawn_amplitudes(const StateOnTheWay &state) {
  std::vector<std::size_t> indices(state.amplitudes.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  if (indices.size() > most_bars) {
    std::ranges::stable_sort(indices, std::greater<>(),
                             [&](std::size_t k) { return std::norm(state.amplitudes[k]); });
    indices.resize(most_bars);
    std::ranges::sort(indices);
  }
  return indices;
}

StatePicture::StatePicture(QWidget *parent) : UnitWidget(parent) {
  setObjectName(QStringLiteral("statePicture"));
  setAccessibleName(tr("State of the circuit"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatePicture::setState(std::optional<StateOnTheWay> state, const QString &when) {
  state_ = std::move(state);
  words_ = when;
  spoken_changed(this);
  update();
}

void StatePicture::setAbsent(const QString &why) { setState(std::nullopt, why); }

QSize StatePicture::minimumSizeHint() const { return px({250, 130}); }

QString StatePicture::exportTitle() const { return state_ ? tr("State %1").arg(words_) : tr("State"); }

QString StatePicture::spokenText() const {
  if (!state_)
    return words_;
  QStringList parts;
  for (std::size_t q = 0; q < state_->bloch.size(); ++q)
    parts << qubit_words(static_cast<int>(q), state_->bloch[q]);
  return exportTitle() + QStringLiteral(". ") + parts.join(QStringLiteral("; "));
}

SpokenPart StatePicture::spokenPart(int qubit) const {
  return {qubit_words(qubit, state_->bloch[static_cast<std::size_t>(qubit)]),
          diskCell(qubit, unitRect()).toRect(), false};
}

QString StatePicture::toCsv() const {
  QString text = QStringLiteral("bits,re,im,probability,phase\n");
  if (state_)
    for (std::size_t k = 0; k < state_->amplitudes.size(); ++k) {
      const std::complex<double> a = state_->amplitudes[k];
      text += bits_of(k, state_->bloch.size());
      for (const double value : {a.real(), a.imag(), std::norm(a), std::arg(a)})
        text += QLatin1Char(',') + number_text(value);
      text += QLatin1Char('\n');
    }
  return text;
}

QRectF StatePicture::diskCell(int qubit, const QRectF &area) const {
  const int columns = columns_for(static_cast<int>(state_->bloch.size()));
  const double width = area.width() / columns;
  return {area.left() + qubit % columns * width, area.top() + qubit / columns * cell_height, width,
          cell_height};
}

QRectF StatePicture::barArea(const QRectF &area) const {
  const int qubits = static_cast<int>(state_->bloch.size());
  const int rows = (qubits + columns_for(qubits) - 1) / columns_for(qubits);
  return area.adjusted(0, rows * cell_height + 4, 0, -axis_height);
}

void StatePicture::paintDisks(QPainter &painter, const QRectF &area, const Palette &palette) const {
  for (std::size_t q = 0; q < state_->bloch.size(); ++q) {
    const QRectF cell = diskCell(static_cast<int>(q), area);
    const Bloch &bloch = state_->bloch[q];
    const double radius = std::min(20.0, cell.width() / 2 - 4);
    const QPointF centre(cell.center().x(), cell.top() + label_height + radius + 3);
    painter.setFont(ui::font(11));
    painter.setPen(palette.soft);
    painter.drawText(QRectF(cell.left(), cell.top(), cell.width(), label_height), Qt::AlignCenter,
                     QStringLiteral("q%1").arg(q));
    const QRectF ring(centre - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette.line, 1.5));
    painter.drawEllipse(ring);
    painter.setPen(QPen(palette.quantum, 2.2, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(ring, 90 * 16, -static_cast<int>(std::lround(360 * 16 * std::min(1.0, bloch.length()))));
    const QPointF head = centre + QPointF(bloch.x, -bloch.z) * (radius - 4);
    painter.setPen(QPen(palette.quantum, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(centre, head);
    painter.setBrush(bloch.y < -0.005 ? palette.panel : palette.quantum);
    painter.setPen(QPen(palette.quantum, 1.4));
    painter.drawEllipse(head, 3, 3);
  }
}

void StatePicture::paintBars(QPainter &painter, const QRectF &area, const Palette &palette) const {
  if (area.height() < 24)
    return;
  const std::vector<std::size_t> shown = drawn_amplitudes(*state_);
  const double step = area.width() / static_cast<double>(shown.size());
  painter.setPen(QPen(palette.line, 1));
  painter.drawLine(area.bottomLeft(), area.bottomRight());
  painter.setPen(Qt::NoPen);
  for (std::size_t place = 0; place < shown.size(); ++place) {
    const std::complex<double> a = state_->amplitudes[shown[place]];
    const double height = area.height() * std::min(1.0, std::abs(a));
    if (height < 0.5)
      continue;
    painter.setBrush(phase_colour(std::arg(a), palette));
    const double inset = std::min(1.5, step * 0.15);
    painter.drawRect(QRectF(area.left() + static_cast<double>(place) * step + inset, area.bottom() - height,
                            step - 2 * inset, height));
  }
  painter.setFont(ui::font(10));
  painter.setPen(palette.soft);
  const QRectF axis(area.left(), area.bottom() + 1, area.width(), axis_height - 1);
  const std::size_t qubits = state_->bloch.size();
  painter.drawText(axis, Qt::AlignLeft | Qt::AlignVCenter, bits_of(shown.front(), qubits));
  painter.drawText(axis, Qt::AlignRight | Qt::AlignVCenter, bits_of(shown.back(), qubits));
  const QString few = tr("%1 largest of %2")
                          .arg(grouped(static_cast<long long>(shown.size())),
                               grouped(static_cast<long long>(state_->amplitudes.size())));
  painter.drawText(axis, Qt::AlignCenter,
                   shown.size() < state_->amplitudes.size()
                       ? first_fitting(painter.font(), axis.width() * 0.5, {few})
                       : first_fitting(painter.font(), axis.width() * 0.6,
                                       {tr("|amplitude|, coloured by phase; q0 leftmost"),
                                        tr("q0 leftmost; colour: phase"), tr("q0 leftmost")}));
}

void StatePicture::paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) {
  if (!state_)
    return draw_empty(painter, target, words_, palette);
  painter.setRenderHint(QPainter::Antialiasing);
  paintDisks(painter, target, palette);
  paintBars(painter, barArea(target), palette);
}

void StatePicture::paintEvent(QPaintEvent *) {
  UnitPainter painter(this);
  paintFigure(painter, unitRect(), theme().palette());
}

QString StatePicture::wordsAt(const QPointF &point) const {
  if (!state_)
    return {};
  for (int q = 0; q < spokenParts(); ++q)
    if (diskCell(q, unitRect()).contains(point))
      return qubit_words(q, state_->bloch[static_cast<std::size_t>(q)]);
  const QRectF bars = barArea(unitRect());
  const std::vector<std::size_t> shown = drawn_amplitudes(*state_);
  const double place = (point.x() - bars.left()) / bars.width() * static_cast<double>(shown.size());
  if (!bars.adjusted(0, 0, 0, axis_height).contains(point) || place < 0 ||
      place >= static_cast<double>(shown.size()))
    return {};
  return amplitude_words(*state_, shown[static_cast<std::size_t>(place)]);
}

bool StatePicture::unitEvent(QEvent *event) {
  if (event->type() != QEvent::ToolTip)
    return QWidget::event(event);
  const auto *help = static_cast<QHelpEvent *>(event);
  QToolTip::showText(help->globalPos(), wordsAt(QPointF(help->pos())), this);
  return true;
}

} // namespace duet::ui
