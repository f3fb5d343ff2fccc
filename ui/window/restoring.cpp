#include "ui/window/restoring.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/restore_panel.h"
#include "ui/window/opener.h"
#include <QTimer>
#include <algorithm>
#include <ctime>

namespace duet::ui {
namespace {

constexpr int undo_ms = 20000; ///< as long as the message that offers it stands

} // namespace

Restoring::Restoring(RestorePanel &panel, Opener &opener, InfoBars &infos, QObject *parent)
    : QObject(parent), panel_(panel), opener_(opener), infos_(infos) {
  connect(&panel_, &RestorePanel::restoreWanted, this, &Restoring::restore);
  connect(&panel_, &RestorePanel::discardWanted, this, &Restoring::discard);
}

Restoring::~Restoring() {
  reader_ = {}; // it posts to this object
  eraseDiscarded();
}

void Restoring::offer(const std::filesystem::path &home) {
  home_ = home;
  reader_ = std::jthread([this, home](std::stop_token stop) {
    std::vector<KeptWork> work = list_kept(home);
    for (const std::filesystem::path &folder : beyond(KeptRule(), work, std::time(nullptr))) {
      if (stop.stop_requested())
        return;
      try {
        discard_kept(folder);
      } catch (const Error &) {
        // Another window was faster.
      }
      std::erase_if(work, [&](const KeptWork &each) { return each.folder == folder; });
    }
    QMetaObject::invokeMethod(
        this, [this, found = std::move(work)] { take(found); }, Qt::QueuedConnection);
  });
}

void Restoring::take(std::vector<KeptWork> work) {
  work_ = std::move(work);
  panel_.setWork(work_);
  if (!work_.empty())
    panel_.reveal();
  Q_EMIT listed();
}

void Restoring::forget(const std::filesystem::path &folder) {
  std::erase_if(work_, [&](const KeptWork &each) { return each.folder == folder; });
  panel_.setWork(work_);
  Q_EMIT listed();
}

void Restoring::restore(const QString &folder) {
  const std::filesystem::path wanted = folder.toStdString();
  const auto found = std::ranges::find(work_, wanted, &KeptWork::folder);
  if (found == work_.end())
    return;
  opener_.restore(*found, [this, wanted](bool here) {
    if (here)
      forget(wanted);
    else
      offer(home_); // it may be gone, or damaged
  });
}

void Restoring::discard(const QString &folder) {
  const std::filesystem::path wanted = folder.toStdString();
  const auto found = std::ranges::find(work_, wanted, &KeptWork::folder);
  if (found == work_.end())
    return;
  const QString title = kept_line(*found).title;
  try {
    discarded_.push_back({*found, FolderLock(wanted)});
  } catch (const Error &) {
    return offer(home_); // another window took it
  }
  forget(wanted);
  InfoMessage message;
  message.key = QStringLiteral("discarded");
  message.text = tr("Discarded %1.").arg(title);
  message.actions = {{tr("Undo"), [this, wanted] { undoDiscard(wanted); }}};
  infos_.post(message);
  QTimer::singleShot(undo_ms, this, [this, wanted] {
    const auto gone =
        std::ranges::find(discarded_, wanted, [](const auto &each) { return each.work.folder; });
    if (gone == discarded_.end())
      return;
    erase_kept(wanted, gone->lock);
    discarded_.erase(gone);
  });
}

void Restoring::undoDiscard(const std::filesystem::path &folder) {
  const auto found = std::ranges::find(discarded_, folder, [](const auto &each) { return each.work.folder; });
  if (found == discarded_.end())
    return;
  work_.push_back(found->work);
  std::ranges::sort(work_, std::greater(), [](const KeptWork &each) { return each.manifest.at; });
  discarded_.erase(found);
  panel_.setWork(work_);
  panel_.reveal();
  Q_EMIT listed();
}

void Restoring::eraseDiscarded() {
  for (Discarded &each : discarded_)
    erase_kept(each.work.folder, each.lock);
  discarded_.clear();
}

} // namespace duet::ui
