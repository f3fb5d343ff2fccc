#include "ui/window/data_dialog.h"
#include "engine/base/error.h"
#include "engine/base/latest.h"
#include "engine/data/fetch.h"
#include "ui/theme/theme.h"
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <atomic>
#include <thread>

namespace duet::ui {

/// One download. The thread posts, the window polls.
struct DataDialog::Fetch {
  std::size_t row = 0;
  Latest<FetchProgress> progress;
  Latest<std::string> failure; ///< posted before `done`
  std::atomic<bool> done = false;
  std::jthread thread; ///< last: stops and joins before the rest goes
};

DataDialog::DataDialog(QWidget *parent) : QDialog(parent), timer_(new QTimer(this)) {
  setObjectName(QStringLiteral("dataDialog"));
  setWindowTitle(tr("Get a data set"));
  resize_in_units(this, {620, 400});
  auto *grid = new QGridLayout(this);
  grid->setContentsMargins(20, 18, 20, 18);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(0, 1);
  int line = 0;
  for (const CatalogEntry &entry : catalog()) {
    Row row;
    row.name = entry.name;
    const QString name = QString::fromStdString(entry.name);
    auto *title = new QLabel(QStringLiteral("<b>%1</b>").arg(QString::fromStdString(entry.title)), this);
    auto *text =
        new QLabel(QStringLiteral("%1 Licence: %2.")
                       .arg(QString::fromStdString(entry.description), QString::fromStdString(entry.licence)),
                   this);
    text->setWordWrap(true);
    text->setProperty("caption", true);
    row.state = new QLabel(this);
    row.state->setWordWrap(true);
    row.state->setProperty("caption", true);
    row.state->setObjectName(name + QStringLiteral("_state"));
    row.bar = new QProgressBar(this);
    row.bar->setObjectName(name + QStringLiteral("_progress"));
    row.bar->setTextVisible(false);
    row.bar->hide();
    row.get = new QPushButton(this);
    row.get->setObjectName(name + QStringLiteral("_get"));
    row.get->setMinimumWidth(px(96));
    const std::size_t index = rows_.size();
    connect(row.get, &QPushButton::clicked, this, [this, index] { press(index); });
    grid->addWidget(title, line, 0);
    grid->addWidget(row.get, line, 1, 2, 1, Qt::AlignTop);
    grid->addWidget(text, line + 1, 0);
    grid->addWidget(row.state, line + 2, 0, 1, 2);
    grid->addWidget(row.bar, line + 3, 0, 1, 2);
    grid->setRowMinimumHeight(line + 4, 10);
    line += 5;
    rows_.push_back(row);
  }
  connect(timer_, &QTimer::timeout, this, &DataDialog::poll);
  refresh();
}

DataDialog::~DataDialog() = default;

void DataDialog::refresh() {
  for (const Row &row : rows_) {
    const CatalogEntry *entry = find_in_catalog(row.name);
    const bool here = entry->built_in || find_set(*entry).has_value();
    const bool busy = fetch_ && rows_[fetch_->row].name == row.name;
    row.get->setText(busy ? tr("Cancel") : here ? tr("Use") : tr("Get"));
    row.get->setEnabled(busy || !fetch_);
    row.get->setToolTip(
        busy ? tr("Stops the download; nothing is left behind.")
        : here
            ? tr("Trains on this set after Reset.")
            : tr("Downloads %1, checks it and keeps it.").arg(QString::fromStdString(download_size(*entry))));
    row.get->setAccessibleName(row.get->text() + ' ' + QString::fromStdString(entry->title));
    row.bar->setVisible(busy);
    if (!busy && row.state->text().isEmpty())
      row.state->setText(entry->built_in ? tr("built in")
                         : here
                             ? tr("on this machine")
                             : tr("not here; %1 to get").arg(QString::fromStdString(download_size(*entry))));
    row.state->setVisible(!row.state->text().isEmpty());
  }
}

void DataDialog::get(const QString &source) {
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].name == source.toStdString() && !fetch_)
      start(i);
}

void DataDialog::press(std::size_t index) {
  const CatalogEntry *entry = find_in_catalog(rows_[index].name);
  if (fetch_) {
    fetch_->thread.request_stop();
    return;
  }
  if (entry->built_in || find_set(*entry)) {
    Q_EMIT useWanted(QString::fromStdString(entry->name));
    accept();
    return;
  }
  start(index);
}

void DataDialog::start(std::size_t index) {
  const CatalogEntry *entry = find_in_catalog(rows_[index].name);
  fetch_ = std::make_unique<Fetch>();
  fetch_->row = index;
  fetch_->thread = std::jthread([fetch = fetch_.get(), entry](std::stop_token stop) {
    try {
      fetch_set(
          *entry,
          [fetch](const FetchProgress &now) { fetch->progress.post(std::make_shared<FetchProgress>(now)); },
          stop);
    } catch (const std::exception &error) {
      fetch->failure.post(std::make_shared<std::string>(error.what()));
    }
    fetch->done = true;
  });
  rows_[index].state->setText(tr("asking\u2026"));
  refresh();
  timer_->start(50);
}

void DataDialog::poll() {
  if (!fetch_)
    return;
  Row &row = rows_[fetch_->row];
  if (const auto now = fetch_->progress.try_take()) {
    row.state->setText(QString::fromStdString(now->step));
    row.bar->setRange(0, now->measured ? 1000 : 0);
    row.bar->setValue(static_cast<int>(now->fraction * 1000));
  }
  if (!fetch_->done)
    return;
  timer_->stop();
  const auto failure = fetch_->failure.try_take();
  const QString name = QString::fromStdString(row.name);
  row.state->setText(failure ? QString::fromStdString(*failure) : tr("here now, checked"));
  fetch_.reset();
  refresh();
  if (!failure)
    Q_EMIT fetched(name);
}

} // namespace duet::ui
