#include "ui/panels/restore_panel.h"
#include "ui/panels/labels.h"
#include "ui/panels/wording.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int row_height = 44, most_rows_in_sight = 3;
const QString between = QStringLiteral(" \u00b7 ");

QString run_text(const KeptRun &run) {
  QString text = QObject::tr("epoch %1 of %2, step %3")
                     .arg(run.epoch)
                     .arg(run.epochs)
                     .arg(grouped(static_cast<long long>(run.step)));
  if (run.test_accuracy)
    text += between + QObject::tr("test accuracy %1").arg(*run.test_accuracy, 0, 'f', 3);
  return text;
}

QPushButton *row_button(const char *name, std::size_t index, const QString &text, const QString &what,
                        const QString &tip) {
  auto *made = new QPushButton(text);
  made->setObjectName(QLatin1String(name) + QString::number(index));
  made->setProperty("small", true);
  made->setAccessibleName(text + QStringLiteral(": ") + what);
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::TabFocus);
  return made;
}

} // namespace

KeptLine kept_line(const KeptWork &work) {
  const KeptManifest &manifest = work.manifest;
  const KeptDocument &document = manifest.document;
  const QString when =
      QLocale::c().toString(QDateTime::fromSecsSinceEpoch(manifest.at), QStringLiteral("d MMM yyyy, HH:mm"));
  KeptLine line;
  line.restorable = work.problem.empty();
  if (!line.restorable) {
    line.title = QObject::tr("damaged: %1").arg(QString::fromStdString(work.folder.filename().string()));
    line.detail = when + between + QString::fromStdString(work.problem);
    return line;
  }
  const Experiment &edited = document.edited;
  const QString kind = choice_label(*find_field("model.kind"), to_text(get(edited, "model.kind"))),
                set = choice_label(*find_field("data.source"), edited.data.source);
  line.title = document.file.empty() ? QObject::tr("untitled: %1, %2").arg(kind, QFileInfo(set).fileName())
                                     : QFileInfo(QString::fromStdString(document.file)).fileName();
  line.detail = (manifest.run ? run_text(*manifest.run) : QObject::tr("edited settings, nothing trained")) +
                between + when;
  return line;
}

QString kept_rule_text(const KeptRule &rule) {
  return QObject::tr(
             "Duet keeps what no file holds: the newest %1, none older than %2 days, together at most %3 GB. "
             "The newest always stays.")
      .arg(rule.count)
      .arg(rule.days)
      .arg(static_cast<double>(rule.bytes) / 1e9, 0, 'g', 3);
}

RestorePanel::RestorePanel(QWidget *parent) : QFrame(parent) {
  setObjectName(QStringLiteral("restorePanel"));
  setAccessibleName(tr("Unsaved work that can be restored"));
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 8, 12, 8);
  layout->setSpacing(4);
  auto *head = new QHBoxLayout;
  auto *title = new QLabel(tr("Unsaved work from earlier"), this);
  title->setObjectName(QStringLiteral("restoreTitle"));
  set_text_font(title, 13, QFont::DemiBold);
  head->addWidget(title);
  auto *rule = new QLabel(kept_rule_text(KeptRule()), this);
  rule->setObjectName(QStringLiteral("restoreRule"));
  rule->setProperty("caption", true);
  rule->setWordWrap(true);
  head->addWidget(rule, 1);
  auto *later = row_button("restoreLater", 0, tr("Later"), tr("leave it for another time"),
                           tr("Closes this list; File > Restore unsaved work opens it again."));
  later->setObjectName(QStringLiteral("restoreLater"));
  connect(later, &QPushButton::clicked, this, &QWidget::hide);
  head->addWidget(later);
  layout->addLayout(head);
  scroll_ = new QScrollArea(this);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setWidgetResizable(true);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  auto *list = new QWidget(scroll_);
  rows_ = new QVBoxLayout(list);
  rows_->setContentsMargins(0, 0, 0, 0);
  rows_->setSpacing(0);
  scroll_->setWidget(list);
  layout->addWidget(scroll_);
  follow_text_size(this, [this] { fitHeight(); });
  hide();
}

QWidget *RestorePanel::makeRow(const KeptWork &work, std::size_t index) {
  const KeptLine line = kept_line(work);
  const QString folder = QString::fromStdString(work.folder.string());
  auto *row = new QWidget;
  row->setObjectName(QStringLiteral("kept_%1").arg(index));
  follow_text_size(row, [row] { row->setMinimumHeight(px(row_height)); });
  auto *layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 2, 0, 2);
  layout->setSpacing(8);
  auto *words = new QVBoxLayout;
  words->setSpacing(0);
  auto *title = new QLabel(line.title, row);
  title->setObjectName(QStringLiteral("keptTitle_%1").arg(index));
  set_text_font(title, 12, QFont::DemiBold);
  title->setTextFormat(Qt::PlainText);
  title->setWordWrap(true);
  if (!work.manifest.document.file.empty())
    title->setToolTip(QString::fromStdString(work.manifest.document.file));
  auto *detail = new QLabel(line.detail, row);
  detail->setObjectName(QStringLiteral("keptDetail_%1").arg(index));
  detail->setProperty("caption", true);
  detail->setTextFormat(Qt::PlainText);
  detail->setWordWrap(true);
  words->addWidget(title);
  words->addWidget(detail);
  layout->addLayout(words, 1);
  auto *restore = row_button("restore_", index, tr("Restore"), line.title,
                             tr("Opens it in this window; undo brings back what is here now."));
  restore->setEnabled(line.restorable);
  if (!line.restorable)
    restore->setToolTip(line.detail);
  auto *discard = row_button("discard_", index, tr("Discard"), line.title,
                             tr("Removes it; for a moment Undo is offered."));
  connect(restore, &QPushButton::clicked, this, [this, folder] { Q_EMIT restoreWanted(folder); });
  connect(discard, &QPushButton::clicked, this, [this, folder] { Q_EMIT discardWanted(folder); });
  layout->addWidget(restore);
  layout->addWidget(discard);
  return row;
}

void RestorePanel::setWork(const std::vector<KeptWork> &work) {
  while (QLayoutItem *item = rows_->takeAt(0)) {
    if (QWidget *row = item->widget()) {
      row->hide();
      row->deleteLater();
    }
    delete item;
  }
  count_ = work.size();
  for (std::size_t i = 0; i < work.size(); ++i)
    rows_->addWidget(makeRow(work[i], i));
  fitHeight();
  if (work.empty())
    hide();
}

/// As high as the rows are at this width, up to some of them.
void RestorePanel::fitHeight() {
  const QMargins around = layout()->contentsMargins(); // the list has not followed the panel's width yet
  const int needed = rows_->heightForWidth(std::max(1, width() - around.left() - around.right()));
  scroll_->setFixedHeight(std::clamp(needed, px(row_height), px(row_height) * most_rows_in_sight));
}

void RestorePanel::resizeEvent(QResizeEvent *) { fitHeight(); }

void RestorePanel::reveal() {
  if (count_ == 0)
    return;
  show();
  if (auto *first = findChild<QPushButton *>(QStringLiteral("restore_0")))
    first->setFocus(Qt::TabFocusReason);
}

} // namespace duet::ui
