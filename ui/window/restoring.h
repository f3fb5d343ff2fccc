// Work that earlier windows left unsaved: listing, restoring, discarding and thinning it.
#pragma once
#include "engine/session/kept_home.h"
#include <QObject>
#include <QString>
#include <list>
#include <thread>
#include <vector>

namespace duet::ui {

class InfoBars;
class Opener;
class RestorePanel;

class Restoring : public QObject {
  Q_OBJECT
public:
  Restoring(RestorePanel &panel, Opener &opener, InfoBars &infos, QObject *parent);
  ~Restoring() override; ///< what was discarded is gone then

  /// Looks, in a thread of its own, what there is, and drops what goes beyond the rule; shows the list, if
  /// there is any.
  void offer(const std::filesystem::path &home);
  std::size_t count() const { return work_.size(); }

Q_SIGNALS:
  void listed(); ///< count() may have changed

private:
  /// Held until it can no longer be taken back, then erased; after a crash in between it is offered again.
  struct Discarded {
    KeptWork work;
    FolderLock lock;
  };
  void take(std::vector<KeptWork> work);
  void restore(const QString &folder);
  void discard(const QString &folder);
  void undoDiscard(const std::filesystem::path &folder);
  void eraseDiscarded();
  void forget(const std::filesystem::path &folder);

  std::filesystem::path home_;
  RestorePanel &panel_;
  Opener &opener_;
  InfoBars &infos_;
  std::vector<KeptWork> work_;
  std::list<Discarded> discarded_;
  std::jthread reader_;
};

} // namespace duet::ui
