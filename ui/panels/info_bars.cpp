#include "ui/panels/info_bars.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int widest = 640, narrowest = 60, sign_units = 18, close_units = 22; ///< units
constexpr int most = 3;
constexpr int short_ms = 8000, long_ms = 20000;

/// One message. Its key is its objectName behind "info_".
class InfoBar : public QFrame {
public:
  InfoBar(const InfoMessage &message, InfoBars *bars) : QFrame(bars), is_error_(message.is_error) {
    setObjectName(QStringLiteral("info_") + message.key);
    setProperty("infoBar", true);
    setAccessibleName(message.text);
    auto *layout = new QHBoxLayout(this);
    layout->setSpacing(8);
    sign_ = new QLabel(this);
    layout->addWidget(sign_, 0, Qt::AlignTop);
    text_ = new QLabel(message.text, this);
    text_->setObjectName(QStringLiteral("infoText"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(text_, 1);
    for (const auto &[label, run] : message.actions)
      layout->addWidget(makeAction(label, run, bars, message.key), 0, Qt::AlignTop);
    close_ = new QPushButton(this);
    close_->setObjectName(QStringLiteral("infoClose"));
    close_->setProperty("quiet", true);
    close_->setProperty("close", true);
    close_->setToolTip(QObject::tr("Close this message."));
    close_->setAccessibleName(QObject::tr("Close this message"));
    close_->setFocusPolicy(Qt::TabFocus);
    const QString key = message.key;
    QObject::connect(close_, &QPushButton::clicked, bars, [bars, key] { bars->dismiss(key); });
    layout->addWidget(close_, 0, Qt::AlignTop);
    QObject::connect(&theme(), &Theme::changed, this, [this] { tint(); });
    tint();
  }

  QString text() const { return text_->text(); }

  /// As wide as its text on one line, where that is neither too wide nor wider than this.
  void fit(int available) {
    sign_->setFixedSize(px(QSize(sign_units, sign_units)));
    close_->setFixedSize(px(QSize(close_units, close_units)));
    ensurePolished();
    text_->ensurePolished();
    layout()->setContentsMargins(px(12), px(5), px(6), px(5));
    layout()->setSpacing(px(8));
    text_->setFixedWidth(0);
    layout()->invalidate();
    const int others = layout()->sizeHint().width();
    const int line = text_->fontMetrics().horizontalAdvance(text_->text()) + px(8);
    text_->setFixedWidth(std::min(line, std::max(px(narrowest), std::min(px(widest), available) - others)));
  }

private:
  QPushButton *makeAction(const QString &label, const std::function<void()> &run, InfoBars *bars,
                          const QString &key) {
    auto *made = new QPushButton(label, this);
    made->setObjectName(QStringLiteral("infoAction_") + QString(label).remove(' '));
    made->setProperty("link", true);
    made->setToolTip(label);
    made->setAccessibleName(label);
    made->setCursor(Qt::PointingHandCursor);
    made->setFocusPolicy(Qt::TabFocus);
    QObject::connect(made, &QPushButton::clicked, bars, [bars, key, run] {
      bars->dismiss(key);
      run();
    });
    return made;
  }

  void tint() {
    const Palette &palette = theme().palette();
    const QString name = is_error_ ? QStringLiteral("warning") : QStringLiteral("info");
    sign_->setPixmap(
        icon_pixmap(name, is_error_ ? palette.error : palette.quantum, px(sign_units), devicePixelRatioF()));
    close_->setIcon(icon(QStringLiteral("close"), palette.soft));
  }

  bool is_error_;
  QLabel *sign_, *text_;
  QPushButton *close_;
};

} // namespace

InfoBars::InfoBars(QWidget *parent) : QWidget(parent), layout_(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("infoBars"));
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Maximum); // bars are made to fit the width there is
  follow_text_size(this, [this] {
    layout_->setContentsMargins(px(12), px(6), px(12), 0);
    layout_->setSpacing(px(6));
    fitBars();
  });
  hide();
}

QWidget *InfoBars::find(const QString &key) const {
  return findChild<QWidget *>(QStringLiteral("info_") + key, Qt::FindDirectChildrenOnly);
}

bool InfoBars::shows(const QString &key) const { return find(key) != nullptr; }

QString InfoBars::textOf(const QString &key) const {
  const auto *bar = static_cast<InfoBar *>(find(key));
  return bar ? bar->text() : QString();
}

int InfoBars::shownCount() const {
  int count = 0;
  for (int i = 0; i < layout_->count(); ++i)
    count += layout_->itemAt(i)->widget()->isHidden() ? 0 : 1;
  return count;
}

void InfoBars::post(const InfoMessage &message) {
  QWidget *before = find(message.key);
  const int place = before ? layout_->indexOf(before) : layout_->count();
  if (before) {
    layout_->removeWidget(before);
    before->setObjectName(QString());
    before->hide();
    before->deleteLater();
  }
  for (int i = 0; i < layout_->count() && shownCount() >= most; ++i)
    if (QWidget *oldest = layout_->itemAt(i)->widget(); !oldest->isHidden())
      take(oldest);
  auto *bar = new InfoBar(message, this);
  layout_->insertWidget(std::min(place, layout_->count()), bar, 0, Qt::AlignLeft);
  bar->fit(roomAcross());
  show();
  bar->show();
  if (!message.keeps)
    expire(bar, message.actions.isEmpty() && !message.is_error ? short_ms : long_ms);
}

/// Not while it is read: the pointer is inside.
void InfoBars::expire(QWidget *bar, int after_ms) {
  QTimer::singleShot(after_ms, bar, [this, bar] {
    if (pointed_at_)
      expire(bar, short_ms);
    else
      take(bar);
  });
}

void InfoBars::dismiss(const QString &key) {
  if (QWidget *bar = find(key))
    take(bar);
}

/// Its place stays, empty, while the pointer is inside: nothing moves under it.
void InfoBars::take(QWidget *bar) {
  bar->setObjectName(QString());
  QSizePolicy policy = bar->sizePolicy();
  policy.setRetainSizeWhenHidden(true);
  bar->setSizePolicy(policy);
  bar->hide();
  if (!pointed_at_)
    closeUp();
}

void InfoBars::closeUp() {
  for (int i = layout_->count() - 1; i >= 0; --i)
    if (QWidget *bar = layout_->itemAt(i)->widget(); bar->isHidden()) {
      layout_->removeWidget(bar);
      bar->deleteLater();
    }
  setVisible(layout_->count() > 0);
}

int InfoBars::roomAcross() const {
  const QMargins margins = layout_->contentsMargins();
  return parentWidget()->width() - margins.left() - margins.right();
}

void InfoBars::fitBars() {
  for (int i = 0; i < layout_->count(); ++i)
    static_cast<InfoBar *>(layout_->itemAt(i)->widget())->fit(roomAcross());
}

void InfoBars::resizeEvent(QResizeEvent *) { fitBars(); }

void InfoBars::enterEvent(QEnterEvent *) { pointed_at_ = true; }

void InfoBars::leaveEvent(QEvent *) {
  pointed_at_ = false;
  closeUp();
}

} // namespace duet::ui
