#include "ui/panels/status_readout.h"
#include "ui/theme/theme.h"
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr int line_units = 13, detail_units = 11;

} // namespace

QSize StatusReadout::sizeHint() const { return px({static_cast<int>(widest_), 36}); }

StatusReadout::StatusReadout(QWidget *parent) : UnitWidget(parent) {
  setObjectName(QStringLiteral("status"));
  setToolTip(tr("Where the run stands: epoch, training speed and the time left to its planned end."));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatusReadout::setLines(const QString &line, const QString &detail) {
  if (line == line_ && detail == detail_)
    return;
  line_ = line;
  detail_ = detail;
  setAccessibleName(line + QStringLiteral(", ") + detail);
  const double needed = std::ceil(std::max(tabular_width(ui::font(line_units, QFont::Bold), line),
                                           tabular_width(ui::font(detail_units), detail)));
  if (needed > widest_) {
    widest_ = needed;
    updateGeometry();
  }
  update();
}

void StatusReadout::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  UnitPainter painter(this);
  painter.setFont(ui::font(line_units, QFont::Bold));
  painter.setPen(palette.text);
  draw_tabular(painter, QRectF(0, 2, unitWidth(), 18), Qt::AlignRight | Qt::AlignVCenter, line_);
  painter.setFont(ui::font(detail_units));
  painter.setPen(palette.soft);
  draw_tabular(painter, QRectF(0, 20, unitWidth(), 16), Qt::AlignRight | Qt::AlignVCenter, detail_);
}

} // namespace duet::ui
