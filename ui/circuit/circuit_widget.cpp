#include "ui/circuit/circuit_widget.h"
#include "ui/circuit/circuit_figure.h"
#include "ui/plots/export_desk.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double largest_zoom = 8, zoom_step = 1.25;
constexpr int border = 6; // pixels around the drawing

} // namespace

CircuitWidget::CircuitWidget(QWidget *parent) : QAbstractScrollArea(parent) {
  setObjectName(QStringLiteral("circuit"));
  setAccessibleName(tr("Quantum circuit"));
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setObjectName(QStringLiteral("circuitViewport"));
  viewport()->setMouseTracking(true);
  offer_export(this, *this);
  connect(&theme(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
  connect(&theme(), &Theme::textSizeChanged, this, [this] {
    updateGeometry();
    updateScrollBars();
  });
  describe();
}

void CircuitWidget::setCircuit(const Circuit &circuit) {
  painter_.setCircuit(circuit);
  updateScrollBars();
  describe();
  viewport()->update();
}

void CircuitWidget::setWeights(const std::vector<float> &values, const std::vector<float> &gradients) {
  painter_.setWeights(values, gradients);
  viewport()->update();
}

void CircuitWidget::setMuted(const std::vector<int> &operations) {
  painter_.setMuted(operations);
  viewport()->update();
}

void CircuitWidget::setCursor(std::optional<int> after) {
  painter_.setCursor(after);
  viewport()->update();
}

void CircuitWidget::setInspection(const std::vector<double> &expectation_z,
                                  const std::vector<float> &angles) {
  painter_.setInspection(expectation_z, angles);
  viewport()->update();
}

void CircuitWidget::setSelected(int operation) {
  painter_.setSelected(operation);
  describe();
  viewport()->update();
  if (operation < 0)
    return;
  const QRectF gate = painter_.gateRect(operation, contentRect());
  const auto show = [](QScrollBar *bar, double from, double to) {
    if (from < bar->value())
      bar->setValue(int(std::floor(from)));
    else if (to > bar->value() + bar->pageStep())
      bar->setValue(int(std::ceil(to)) - bar->pageStep());
  };
  show(horizontalScrollBar(), gate.left() * scale(), gate.right() * scale() + 2 * border);
  show(verticalScrollBar(), gate.top() * scale(), gate.bottom() * scale() + 2 * border);
}

QString CircuitWidget::exportName() const { return CircuitFigure(painter_).exportName(); }
QString CircuitWidget::exportTitle() const { return CircuitFigure(painter_).exportTitle(); }
QSize CircuitWidget::exportSize() const { return CircuitFigure(painter_).exportSize(); }
QList<ExportText> CircuitWidget::exportTexts() const { return CircuitFigure(painter_).exportTexts(); }

void CircuitWidget::paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) {
  CircuitFigure(painter_).paintFigure(painter, target, palette);
}

void CircuitWidget::addToMenu(QMenu &menu) {
  menu.addAction(tr("Show the whole circuit"), this, [this] { setZoom(1); })->setEnabled(zoom_ > 1);
}

void CircuitWidget::setZoom(double zoom) { zoomAbout(zoom, QRectF(viewport()->rect()).center()); }

QSize CircuitWidget::sizeHint() const {
  return px(painter_.naturalSize().toSize().boundedTo(QSize(900, 420))).expandedTo(minimumSizeHint());
}

QSize CircuitWidget::minimumSizeHint() const { return px({160, 90}); }
double CircuitWidget::scale() const { return zoom_ * text_scale(); }

QSizeF CircuitWidget::contentSize() const {
  const QSizeF space = QSizeF(viewport()->size()) - QSizeF(2 * border, 2 * border);
  return (space / text_scale()).expandedTo(leastSize());
}

QPointF CircuitWidget::toContent(const QPointF &viewport_point) const {
  return (viewport_point - QPointF(border, border) +
          QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value())) /
         scale();
}

QPoint CircuitWidget::gatePosition(int operation) const {
  const QPointF scrolled(horizontalScrollBar()->value(), verticalScrollBar()->value());
  return (painter_.gateRect(operation, contentRect()).center() * scale() - scrolled + QPointF(border, border))
      .toPoint();
}

void CircuitWidget::updateScrollBars() {
  const QSizeF content = contentSize() * scale() + QSizeF(2 * border, 2 * border);
  const auto set = [](QScrollBar *bar, double length, int page) {
    bar->setPageStep(page);
    bar->setSingleStep(24);
    bar->setRange(0, std::max(0, int(std::floor(length)) - page));
  };
  set(horizontalScrollBar(), content.width(), viewport()->width());
  set(verticalScrollBar(), content.height(), viewport()->height());
}

void CircuitWidget::zoomAbout(double zoom, const QPointF &viewport_point) {
  const QPointF fixed = toContent(viewport_point);
  zoom_ = std::clamp(zoom, 1.0, largest_zoom);
  updateScrollBars();
  const QPointF scrolled = fixed * scale() - viewport_point + QPointF(border, border);
  horizontalScrollBar()->setValue(int(std::lround(scrolled.x())));
  verticalScrollBar()->setValue(int(std::lround(scrolled.y())));
  viewport()->update();
}

void CircuitWidget::paintEvent(QPaintEvent *event) {
  QPainter painter(viewport());
  painter.fillRect(event->rect(), theme().palette().panel);
  painter.translate(border - horizontalScrollBar()->value(), border - verticalScrollBar()->value());
  painter.scale(scale(), scale());
  painter.setClipRect(
      QRectF(toContent(event->rect().topLeft()), toContent(event->rect().bottomRight() + QPoint(1, 1))));
  painter_.paint(painter, contentRect(), theme().palette());
  paintOver(painter);
  if (!hasFocus() || !key_focus_.shown())
    return;
  painter.resetTransform();
  painter.setClipping(false);
  painter.setRenderHint(QPainter::Antialiasing);
  draw_focus(painter, QRectF(viewport()->rect()), theme().palette());
}

void CircuitWidget::resizeEvent(QResizeEvent *event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScrollBars();
}

void CircuitWidget::mouseMoveEvent(QMouseEvent *event) {
  hover(painter_.gateAt(toContent(event->position()), contentRect()).value_or(-1));
}

void CircuitWidget::mousePressEvent(QMouseEvent *event) {
  if (event->button() == Qt::LeftButton)
    select(painter_.gateAt(toContent(event->position()), contentRect()).value_or(-1));
}

void CircuitWidget::mouseReleaseEvent(QMouseEvent *event) { event->accept(); }

void CircuitWidget::wheelEvent(QWheelEvent *event) {
  if (!(event->modifiers() & Qt::ControlModifier))
    return QAbstractScrollArea::wheelEvent(event);
  zoomAbout(zoom_ * std::pow(zoom_step, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void CircuitWidget::keyPressEvent(QKeyEvent *event) {
  const int last = int(painter_.circuit().operations.size()) - 1, current = painter_.selected();
  switch (event->key()) {
  case Qt::Key_Right:
    return select(std::min(current + 1, last));
  case Qt::Key_Left:
    return select(current < 0 ? last : std::max(current - 1, 0));
  case Qt::Key_Home:
    return select(std::min(0, last));
  case Qt::Key_End:
    return select(last);
  case Qt::Key_Plus:
    return setZoom(zoom_ * zoom_step);
  case Qt::Key_Minus:
    return setZoom(zoom_ / zoom_step);
  case Qt::Key_0:
    return setZoom(1);
  case Qt::Key_Escape:
    if (current >= 0)
      return select(-1);
    break;
  default:
    break;
  }
  QAbstractScrollArea::keyPressEvent(event);
}

bool CircuitWidget::event(QEvent *event) {
  if (key_focus_.follow(*event))
    viewport()->update();
  return QAbstractScrollArea::event(event);
}

bool CircuitWidget::viewportEvent(QEvent *event) {
  if (key_focus_.follow(*event))
    viewport()->update();
  if (event->type() == QEvent::Leave)
    hover(-1);
  if (event->type() != QEvent::ToolTip)
    return QAbstractScrollArea::viewportEvent(event);
  const auto *help = static_cast<QHelpEvent *>(event);
  const QPointF point = toContent(help->pos());
  const auto gate = painter_.gateAt(point, contentRect());
  const auto qubit = painter_.qubitAt(point, contentRect());
  const QString text = gate ? painter_.toolTip(*gate) : qubit ? painter_.qubitToolTip(*qubit) : QString();
  if (text.isEmpty())
    QToolTip::hideText();
  else
    QToolTip::showText(help->globalPos(), text, viewport());
  return true;
}

SpokenPart CircuitWidget::spokenPart(int index) const {
  const QPoint middle = gatePosition(index);
  const QSize size = (painter_.gateRect(index, contentRect()).size() * zoom_).toSize();
  return {painter_.gateTitle(index), QRect(middle - QPoint(size.width() / 2, size.height() / 2), size),
          painter_.selected() == index};
}

void CircuitWidget::select(int operation) {
  if (operation == painter_.selected())
    return;
  setSelected(operation);
  Q_EMIT gateSelected(operation);
}

void CircuitWidget::hover(int operation) {
  if (operation == hovered_)
    return;
  hovered_ = operation;
  painter_.setHovered(operation);
  viewport()->update();
}

void CircuitWidget::describe() {
  const QString selected = painter_.gateTitle(painter_.selected());
  setAccessibleDescription(painter_.summary() +
                           (selected.isEmpty() ? QString() : tr("; selected: %1").arg(selected)));
}

} // namespace duet::ui
