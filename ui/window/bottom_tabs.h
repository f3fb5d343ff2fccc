// The pages under the canvas. A page is made when it is first looked at, and only the one in sight is fed.
#pragma once
#include "engine/session/session.h"
#include "ui/panels/selection.h"
#include "ui/plots/exportable.h"
#include "ui/theme/text_size.h"
#include <QList>
#include <QTabWidget>
#include <array>
#include <functional>
#include <memory>

class QLabel;

namespace duet::ui {

class CircuitPage;

class BottomTabs : public QTabWidget {
  Q_OBJECT
public:
  explicit BottomTabs(Selection &selection, QWidget *parent = nullptr);

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio);
  void setExperiment(const Experiment &experiment); ///< as it is edited
  void refuseCircuit(const QString &sentence);      ///< beside the circuit
  void resetZoom();                                 ///< every page shows all again
  /// Of every page, brought up to date; where two pages show the same, that in sight.
  QList<Exportable *> plots();
  QSize sizeHint() const override { return px({920, 330}); }

Q_SIGNALS:
  void lensWanted(double ratio);
  void circuitWanted(const QString &program, const QString &label);
  void hoverText(const QString &sentence);

private:
  /// What differs from page to page.
  struct Page {
    std::function<QWidget *()> make;
    std::function<void()> feed; ///< view, ratio and selection
    std::function<QList<Exportable *>()> plots;
    std::function<void()> update_now; ///< counts also while hidden; where a page waits until it is seen
    std::function<void()> reset_zoom; ///< where there is something to zoom
    QWidget *widget = nullptr;
  };
  void makeTraining(Page &page);
  void makeFusion(Page &page);
  void makeSpikes(Page &page);
  void makeErrors(Page &page);
  void makeCircuit(Page &page);
  void makeState(Page &page);
  void feedCurrent();
  void make(int index); ///< the page, if it was never looked at

  Selection &selection_;
  std::array<Page, 6> pages_;
  std::shared_ptr<const SessionView> view_;
  double ratio_ = ModelSettings{}.fusion_ratio;
  Experiment experiment_;
  CircuitPage *circuit_ = nullptr; ///< once it was looked at
};

} // namespace duet::ui
