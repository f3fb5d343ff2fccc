#include "ui/editor/gate_palette.h"
#include "ui/circuit/lettering.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int columns = 4;
constexpr double cell_width = 44, cell_height = 26, cell_gap = 4, edge = 4, title_height = 20;

} // namespace

GatePalette::GatePalette(QWidget *parent) : UnitWidget(parent) {
  setObjectName(QStringLiteral("gatePalette"));
  setAccessibleName(tr("Gates"));
  setFocusPolicy(Qt::TabFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  lay();
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GatePalette::lay() {
  double y = edge;
  for (const PaletteFamily &family : palette_families()) {
    titles_.emplace_back(edge, y + title_height / 2);
    y += title_height;
    for (int i = 0; i < int(family.gates.size()); ++i) {
      gates_.push_back(family.gates[std::size_t(i)]);
      cells_.emplace_back(edge + (i % columns) * (cell_width + cell_gap),
                          y + (i / columns) * (cell_height + cell_gap), cell_width, cell_height);
    }
    y = cells_.back().bottom() + 2 * cell_gap;
  }
  height_ = int(y);
}

QRectF GatePalette::cell(int index) const { return cells_[std::size_t(index)]; }

std::optional<int> GatePalette::cellAt(const QPointF &point) const {
  const auto found = std::ranges::find_if(cells_, [&](const QRectF &cell) { return cell.contains(point); });
  return found == cells_.end() ? std::nullopt : std::optional(int(found - cells_.begin()));
}

QString GatePalette::spokenText() const { return spokenPart(current_).text; }

SpokenPart GatePalette::spokenPart(int index) const {
  const PaletteGate &gate = gates_[std::size_t(index)];
  return {tr("%1: %2").arg(gate.name(), gate.help()), cell(index).toRect(), index == current_};
}

void GatePalette::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  Lettering letters;
  const auto &families = palette_families();
  painter.setPen(palette.soft);
  painter.setFont(ui::font(11, QFont::DemiBold));
  for (std::size_t i = 0; i < families.size(); ++i)
    painter.drawText(QRectF(titles_[i].x(), titles_[i].y() - title_height / 2, palette_width, title_height),
                     Qt::AlignLeft | Qt::AlignVCenter, families[i].title);
  for (int i = 0; i < int(gates_.size()); ++i) {
    const bool lit = hovered_ == i || pressed_ == i;
    draw_card(painter, cell(i), blend(palette.panel, palette.quantum, lit ? 0.34 : 0.14), palette.quantum, 1,
              4);
    const QString name = gates_[std::size_t(i)].name();
    if (const QFont *fitting = letters.fitting(name, cell_width - 6, 12, 7))
      painter.setFont(*fitting);
    painter.setPen(palette.text);
    painter.drawText(cell(i), Qt::AlignCenter | Qt::TextDontClip, name);
  }
  if (showsKeys())
    draw_focus(painter, cell(current_).adjusted(-2, -2, 2, 2), palette);
}

void GatePalette::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton)
    return;
  pressed_ = cellAt(event->position());
  press_ = event->globalPosition();
  dragging_ = false;
  if (pressed_)
    walk(*pressed_);
}

void GatePalette::mouseMoveEvent(QMouseEvent *event) {
  if (!pressed_) {
    if (const auto now = cellAt(event->position()); now != hovered_) {
      hovered_ = now;
      update();
    }
    return;
  }
  const bool far = (event->globalPosition() - press_).manhattanLength() >= QApplication::startDragDistance();
  if (far && !dragging_) {
    dragging_ = true;
    Q_EMIT taken(gates_[std::size_t(*pressed_)]);
  }
  if (dragging_)
    Q_EMIT carried(event->globalPosition().toPoint());
}

void GatePalette::mouseReleaseEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton || !pressed_)
    return;
  const PaletteGate gate = gates_[std::size_t(*pressed_)];
  pressed_.reset();
  update();
  if (dragging_)
    Q_EMIT letGo();
  else
    Q_EMIT chosen(gate);
}

void GatePalette::keyPressEvent(QKeyEvent *event) {
  const int last = int(gates_.size()) - 1;
  /// The gate above or below: the nearest whose cell begins on the next line.
  const auto line = [&](int direction) {
    int best = current_;
    double nearest = 1e9;
    for (int i = 0; i <= last; ++i) {
      const QPointF away = cell(i).center() - cell(current_).center();
      const double down = away.y() * direction;
      if (down > cell_height / 2 && down + 0.1 * std::abs(away.x()) < nearest) {
        nearest = down + 0.1 * std::abs(away.x());
        best = i;
      }
    }
    return best;
  };
  switch (event->key()) {
  case Qt::Key_Left:
    return walk(std::max(0, current_ - 1));
  case Qt::Key_Right:
    return walk(std::min(last, current_ + 1));
  case Qt::Key_Up:
    return walk(line(-1));
  case Qt::Key_Down:
    return walk(line(1));
  case Qt::Key_Home:
    return walk(0);
  case Qt::Key_End:
    return walk(last);
  case Qt::Key_Return:
  case Qt::Key_Enter:
    Q_EMIT chosen(gates_[std::size_t(current_)]);
    return;
  default:
    UnitWidget::keyPressEvent(event);
  }
}

bool GatePalette::unitEvent(QEvent *event) {
  if (event->type() == QEvent::Leave && hovered_) {
    hovered_.reset();
    update();
  }
  if (event->type() != QEvent::ToolTip)
    return UnitWidget::unitEvent(event);
  const auto *help = static_cast<QHelpEvent *>(event);
  if (const auto index = cellAt(help->pos()))
    QToolTip::showText(help->globalPos(),
                       tr("%1 Drag it into the circuit; a click puts it behind the selected gate.")
                           .arg(gates_[std::size_t(*index)].help()),
                       this);
  else
    QToolTip::hideText();
  return true;
}

void GatePalette::walk(int index) {
  current_ = index;
  update();
  Q_EMIT walked(cell(index));
  spoken_changed(this);
}

} // namespace duet::ui
