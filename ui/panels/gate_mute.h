// The selected gate left out of the trained network: a switch, what the test set says without it, and the
// images that are answered otherwise.
#pragma once
#include "engine/session/session.h"
#include "ui/data/gallery_filter.h"
#include <QWidget>
#include <memory>
#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;

namespace duet::ui {

/// "Accuracy without this gate 0.871 (-0.068): 41 of 2,000 answers change, at step 380"; gates: how many are
/// left out.
QString muted_words(const MutedAnswers &muted);
/// "41 answers change without 2 gates"
ImageList changed_images(const MutedAnswers &muted);

class GateMute : public QWidget {
  Q_OBJECT
public:
  explicit GateMute(QWidget *parent = nullptr);
  void setView(const std::shared_ptr<const SessionView> &view);
  /// As it is edited: while it waits for a Reset its gates are not those that are counted without.
  void setCircuit(const Circuit &circuit);
  void setGate(std::optional<int> operation); ///< of it; none: hidden, unless gates are muted
  void toggle();                              ///< of the selected gate, where it is in the running circuit

Q_SIGNALS:
  void muteWanted(const std::vector<int> &operations); ///< all that are to be left out
  void listWanted(const duet::ui::ImageList &images);

private:
  void say();
  bool runs() const; ///< the selected gate, in the circuit that is trained

  std::shared_ptr<const SessionView> view_;
  Circuit circuit_;
  std::optional<int> gate_;
  QCheckBox *switch_;
  QLabel *words_;
  QPushButton *show_, *all_;
};

} // namespace duet::ui
