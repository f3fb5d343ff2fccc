// What earlier windows left unsaved: a line each, with Restore and Discard.
#pragma once
#include "engine/session/kept_home.h"
#include <QFrame>
#include <QString>
#include <vector>

class QScrollArea;
class QVBoxLayout;

namespace duet::ui {

/// What the list says of one of them.
struct KeptLine {
  QString title;  ///< "my run"
  QString detail; ///< "epoch 3 of 20, step 5,640 · test accuracy 0.941 · 21 Nov 2026, 14:03"
  bool restorable = true;
};
KeptLine kept_line(const KeptWork &work);
/// What is kept for how long, as a sentence.
QString kept_rule_text(const KeptRule &rule);

/// Stands between the top bar and the rest, so that it covers nothing; hidden while there is nothing to show.
class RestorePanel : public QFrame {
  Q_OBJECT
public:
  explicit RestorePanel(QWidget *parent = nullptr);
  void setWork(const std::vector<KeptWork> &work); ///< newest first; none hides the panel
  std::size_t count() const { return count_; }
  /// Shows it and puts the focus on the first line's button.
  void reveal();

Q_SIGNALS:
  void restoreWanted(const QString &folder);
  void discardWanted(const QString &folder);

protected:
  void resizeEvent(QResizeEvent *event) override;

private:
  QWidget *makeRow(const KeptWork &work, std::size_t index);
  void fitHeight();

  QScrollArea *scroll_ = nullptr;
  QVBoxLayout *rows_ = nullptr;
  std::size_t count_ = 0;
};

} // namespace duet::ui
