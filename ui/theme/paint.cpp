#include "ui/theme/paint.h"
#include <QFontDatabase>
#include <QFontMetricsF>
#include <algorithm>

namespace duet::ui {
namespace {

/// One digit's cell: the widest digit.
double digit_width(const QFontMetricsF &metrics) {
  double width = 0;
  for (char digit = '0'; digit <= '9'; ++digit)
    width = std::max(width, metrics.horizontalAdvance(QLatin1Char(digit)));
  return width;
}

} // namespace

QFont font(int pixel_size, QFont::Weight weight) {
  static const QStringList families = [] {
    QStringList list;
    const QStringList installed = QFontDatabase::families();
    for (const char *name : {"Inter", "DejaVu Sans"})
      if (installed.contains(QLatin1String(name)))
        list << QLatin1String(name);
    return list << QStringLiteral("sans-serif");
  }();
  QFont result;
  result.setFamilies(families);
  result.setPixelSize(pixel_size);
  result.setWeight(weight);
  return result;
}

double tabular_width(const QFont &used, const QString &text) {
  const QFontMetricsF metrics(used);
  const double cell = digit_width(metrics);
  double width = 0;
  for (const QChar &character : text)
    width += character.isDigit() ? cell : metrics.horizontalAdvance(character);
  return width;
}

QString first_fitting(const QFont &used, double width, std::initializer_list<QString> texts) {
  const QFontMetricsF metrics(used);
  for (const QString &text : texts)
    if (metrics.horizontalAdvance(text) <= width)
      return text;
  return {};
}

QString parts_that_fit(const QFont &used, double width, const QString &text) {
  const QFontMetricsF metrics(used);
  qsizetype length = text.size();
  while (length > 0 && metrics.horizontalAdvance(text.left(length)) > width)
    length = std::max<qsizetype>(0, text.lastIndexOf(QLatin1String(", "), length - 1));
  return text.left(length);
}

void draw_tabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text) {
  const QFontMetricsF metrics(painter.font());
  const double cell = digit_width(metrics), width = tabular_width(painter.font(), text);
  double x = rect.left();
  if (alignment & Qt::AlignRight)
    x = rect.right() - width;
  else if (alignment & Qt::AlignHCenter)
    x = rect.center().x() - width / 2;
  double baseline = rect.top() + metrics.ascent();
  if (alignment & Qt::AlignVCenter)
    baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
  else if (alignment & Qt::AlignBottom)
    baseline = rect.bottom() - metrics.descent();
  for (const QChar &character : text) {
    const double own = metrics.horizontalAdvance(character);
    const double step = character.isDigit() ? cell : own;
    painter.drawText(QPointF(x + (step - own) / 2, baseline), QString(character));
    x += step;
  }
}

void draw_card(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &border,
               double border_width, double radius) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(border_width > 0 ? QPen(border, border_width) : QPen(Qt::NoPen));
  painter.setBrush(fill);
  const double inset = border_width / 2;
  painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
  painter.restore();
}

void draw_cross(QPainter &painter, const QPointF &centre, double radius, const QColor &ink,
                const QColor &ground) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawEllipse(centre, radius + 2, radius + 2);
  painter.setPen(QPen(ink, std::max(1.4, 0.45 * radius), Qt::SolidLine, Qt::RoundCap));
  const double arm = 0.75 * radius;
  painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm));
  painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm));
}

void draw_focus(QPainter &painter, const QRectF &rect, const Palette &palette) {
  painter.save();
  painter.setBrush(Qt::NoBrush);
  for (const QPen &pen : {QPen(palette.panel, 4), QPen(palette.quantum_ink, 2)}) {
    painter.setPen(pen);
    painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 5, 5);
  }
  painter.restore();
}

void draw_empty(QPainter &painter, const QRectF &rect, const QString &sentence, const Palette &palette) {
  painter.save();
  painter.setPen(palette.soft);
  const QRectF room = rect.adjusted(6, 4, -6, -4);
  constexpr int how = Qt::AlignCenter | Qt::TextWordWrap;
  const auto fits = [&](int size) {
    return room.contains(QFontMetricsF(font(size)).boundingRect(room, how, sentence));
  };
  int size = 12;
  while (size > 9 && !fits(size))
    --size;
  painter.setFont(font(size));
  painter.drawText(room, how, sentence);
  painter.restore();
}

} // namespace duet::ui
