// Steps through the running circuit column by column, for the selected image.
#pragma once
#include "engine/circuit/layout.h"
#include "engine/session/session.h"
#include <QWidget>
#include <memory>
#include <optional>

class QLabel;
class QSlider;

namespace duet::ui {

class StatePicture;

class StatePanel : public QWidget {
  Q_OBJECT
public:
  explicit StatePanel(QWidget *parent = nullptr);
  void setView(const std::shared_ptr<const SessionView> &view);
  void setStep(std::optional<int> step); ///< the angles of the image after this step; none: after all
  /// Columns done, from 0: the state before every gate. A circuit is shown at its end until it is set.
  void setColumns(int done);
  void goBehind(int operation); ///< the column that holds it is the last one done
  int columns() const;          ///< done
  int columnsInAll() const;     ///< of the plain drawing (engine/circuit/layout.h)
  /// The last operation of the column just done; -1 before the first. The drawing shows the cursor there.
  int lastOperation() const;
  void bringUpToDate(); ///< also while hidden: it works otherwise only where it is seen
  StatePicture &picture() { return *picture_; }

Q_SIGNALS:
  void columnsChanged();

protected:
  void showEvent(QShowEvent *event) override;

private:
  void follow(); ///< computes where it is seen
  void compute();

  std::shared_ptr<const SessionView> view_;
  std::shared_ptr<const ShownCircuit> circuit_;
  CircuitLayout layout_;
  std::optional<int> step_;
  QLabel *words_;
  QSlider *slider_;
  StatePicture *picture_;
  bool stale_ = true;
};

} // namespace duet::ui
