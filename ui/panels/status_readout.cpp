#include "ui/panels/status_readout.h"
#include "ui/theme/theme.h"
#include <QPainter>

namespace duet::ui {

StatusReadout::StatusReadout(QWidget *parent) : QWidget(parent) {
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
  update();
}

void StatusReadout::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  QPainter painter(this);
  painter.setFont(ui::font(13, QFont::Bold));
  painter.setPen(palette.text);
  draw_tabular(painter, QRectF(0, 2, width(), 18), Qt::AlignRight | Qt::AlignVCenter, line_);
  painter.setFont(ui::font(11));
  painter.setPen(palette.soft);
  draw_tabular(painter, QRectF(0, 20, width(), 16), Qt::AlignRight | Qt::AlignVCenter, detail_);
}

} // namespace duet::ui
