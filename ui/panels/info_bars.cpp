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

constexpr int inset = 6, widest = 640, most = 3;
constexpr int short_ms = 8000, long_ms = 20000;

/// One message. Its key is its objectName behind "info_".
class InfoBar : public QFrame {
public:
  InfoBar(const InfoMessage &message, InfoBars *bars) : QFrame(bars), is_error_(message.is_error) {
    setObjectName(QStringLiteral("info_") + message.key);
    setProperty("infoBar", true);
    setAccessibleName(message.text);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 6, 5);
    layout->setSpacing(8);
    sign_ = new QLabel(this);
    sign_->setFixedSize(18, 18);
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
    close_->setToolTip(QObject::tr("Close this message."));
    close_->setAccessibleName(QObject::tr("Close this message"));
    close_->setFixedSize(22, 22);
    close_->setFocusPolicy(Qt::TabFocus);
    close_->setStyleSheet(QStringLiteral("padding: 0; min-height: 18px; border-radius: 5px;"));
    const QString key = message.key;
    QObject::connect(close_, &QPushButton::clicked, bars, [bars, key] { bars->dismiss(key); });
    layout->addWidget(close_, 0, Qt::AlignTop);
    QObject::connect(&theme(), &Theme::changed, this, [this] { tint(); });
    tint();
  }

  QString text() const { return text_->text(); }

  /// Wide enough for its text on one line, if that fits.
  int wantedWidth(int available) const {
    int others = 12 + 6 + 18 + 22 + 16 + 12;
    for (const QPushButton *each : findChildren<QPushButton *>())
      if (each != close_)
        others += each->sizeHint().width() + 8;
    const int line = text_->fontMetrics().horizontalAdvance(text_->text()) + 8;
    return std::min(available, std::max(220, line + others));
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
    sign_->setPixmap(icon_pixmap(name, is_error_ ? palette.error : palette.quantum, 18, devicePixelRatioF()));
    close_->setIcon(icon(QStringLiteral("close"), palette.soft));
  }

  bool is_error_;
  QLabel *sign_, *text_;
  QPushButton *close_;
};

} // namespace

InfoBars::InfoBars(QWidget *over) : QWidget(over), layout_(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("infoBars"));
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(6);
  over->installEventFilter(this);
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

void InfoBars::post(const InfoMessage &message) {
  dismiss(message.key);
  while (layout_->count() >= most) {
    QWidget *oldest = layout_->itemAt(layout_->count() - 1)->widget();
    layout_->removeWidget(oldest);
    oldest->setParent(nullptr);
    oldest->deleteLater();
  }
  auto *bar = new InfoBar(message, this);
  layout_->insertWidget(0, bar);
  bar->show();
  if (!message.keeps)
    QTimer::singleShot(message.actions.isEmpty() && !message.is_error ? short_ms : long_ms, bar,
                       [this, key = message.key] { dismiss(key); });
  place();
}

void InfoBars::dismiss(const QString &key) {
  if (QWidget *bar = find(key)) {
    layout_->removeWidget(bar);
    bar->setObjectName(QString());
    bar->hide();
    bar->deleteLater();
    place();
  }
}

void InfoBars::place() {
  setVisible(layout_->count() > 0);
  if (layout_->count() == 0)
    return;
  const int available = std::min(widest, parentWidget()->width() - 4 * inset);
  int wide = 0;
  for (int i = 0; i < layout_->count(); ++i)
    wide = std::max(wide, static_cast<InfoBar *>(layout_->itemAt(i)->widget())->wantedWidth(available));
  layout_->activate();
  const int high =
      layout_->hasHeightForWidth() ? layout_->heightForWidth(wide) : layout_->sizeHint().height();
  setGeometry(2 * inset, inset, wide, high);
  raise();
}

bool InfoBars::eventFilter(QObject *watched, QEvent *event) {
  if (event->type() == QEvent::Resize)
    place();
  return QWidget::eventFilter(watched, event);
}

} // namespace duet::ui
