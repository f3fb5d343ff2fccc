// Transport, the crossfader, the locks and where the run stands.
#pragma once
#include "engine/session/session.h"
#include "ui/words/voices.h"
#include <QWidget>
#include <array>
#include <memory>

class QPushButton;
class QToolButton;

namespace duet::ui {

class Crossfader;
class WrappingRow;

class TopBar : public QWidget {
  Q_OBJECT
public:
  explicit TopBar(QWidget *parent = nullptr);

  void setView(const std::shared_ptr<const SessionView> &view);
  void show(const Experiment &experiment); ///< ratio, locks and what applies
  void setPending(bool pending);           ///< edits wait for the Reset
  void setSlowMotion(bool on);
  bool running() const { return running_; }
  Crossfader &crossfader() { return *crossfader_; }

Q_SIGNALS:
  void runWanted();
  void pauseWanted();
  void stepBatchWanted();
  void stepEpochWanted();
  void slowMotionWanted(bool on);
  void resetWanted();
  void newSeedWanted();
  void lockWanted(bool spiking, bool locked); ///< which branch, and whether its weights shall stay

protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;

private:
  void measure();
  int formFor(int width) const;
  void setForm(int form);
  void sayRun();
  QPushButton *button(const char *name, const QString &text, const QString &tip);
  void tint();
  void nameLock(QPushButton *lock, Speaker branch, const QString &key, const QString &why_not);
  void setRunning(bool running);

  std::shared_ptr<const SessionView> view_;
  Voices voices_;
  QPushButton *run_, *batch_, *epoch_, *slow_, *reset_, *dice_, *lock_spiking_, *lock_quantum_;
  QWidget *status_, *logo_;
  WrappingRow *row_;
  Crossfader *crossfader_;
  bool running_ = false, pending_ = false;
  int form_ = 0;
  bool stale_ = true;           ///< a word has changed since the widths were measured
  std::array<int, 5> widths_{}; ///< that each form needs in one line, the roomiest first
};

} // namespace duet::ui
