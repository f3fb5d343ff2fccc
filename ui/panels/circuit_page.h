// The circuit on a page of its own: a palette, and the circuit large, to be edited. It shows the circuit of
// the experiment as it is edited, with the running network's values.
#pragma once
#include "engine/session/session.h"
#include "ui/editor/held_gates.h"
#include "ui/plots/exportable.h"
#include <QWidget>
#include <memory>
#include <optional>

class QLabel;

namespace duet::ui {

class EditorView;
class FutureState;
class GatePalette;
class Selection;
class SideScroll;

class CircuitPage : public QWidget {
  Q_OBJECT
public:
  explicit CircuitPage(Selection &selection, QWidget *parent = nullptr);
  void setView(const std::shared_ptr<const SessionView> &view);
  void setExperiment(const Experiment &experiment); ///< as it is edited
  void refuse(const QString &sentence);             ///< in the place of the summary; empty: nothing is wrong
  QList<Exportable *> plots() const;                ///< the circuit, where there is one

Q_SIGNALS:
  /// An edit, as the OpenQASM program that it gives, and what undo calls it.
  void circuitWanted(const QString &program, const QString &label);

private:
  void assemble();
  void wirePalette();
  void showValues(); ///< weights, and angles and <Z> of the image at the time cursor
  void showFuture(const Circuit &future);
  void say();                              ///< what there is of the circuit, or why there is none
  std::vector<float> angles() const;       ///< of the image at the time cursor
  std::vector<float> weightValues() const; ///< as trained; empty if unknown
  bool isRunning() const;                  ///< the circuit that is edited is the one that is trained

  Selection &selection_;
  QLabel *summary_, *refusal_;
  GatePalette *palette_;
  SideScroll *palette_scroll_;
  EditorView *circuit_;
  FutureState *future_;
  std::optional<Experiment> experiment_;
  QString missing_; ///< why there is no circuit; empty: there is one
  std::shared_ptr<const SessionView> view_;
};

} // namespace duet::ui
