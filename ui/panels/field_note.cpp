#include "ui/panels/field_note.h"
#include "ui/theme/text_size.h"
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int widest = 300, gap = 4;

} // namespace

FieldNote::FieldNote(QWidget *field) : QLabel(field), field_(field) {
  setObjectName(field->objectName() + QStringLiteral("_note"));
  setProperty("refusal", true);
  setProperty("floating", true);
  setWordWrap(true);
  setTextFormat(Qt::PlainText);
  hide();
}

void FieldNote::say(const QString &sentence) {
  setText(sentence);
  if (sentence.isEmpty())
    return hide();
  if (parentWidget() != field_->window())
    setParent(field_->window());
  ensurePolished();
  const int wide = std::min(px(widest), fontMetrics().horizontalAdvance(sentence) + px(24));
  resize(wide, heightForWidth(wide));
  const QPoint corner = field_->mapTo(field_->window(), QPoint(field_->width(), field_->height() + gap));
  move(std::max(gap, corner.x() - wide), corner.y());
  show();
  raise();
}

} // namespace duet::ui
