// Confusion matrices: what was taken for what, per branch and fused.
#pragma once
#include "engine/session/session.h"
#include "ui/data/gallery_filter.h"
#include "ui/plots/exportable.h"
#include <QList>
#include <QWidget>
#include <memory>
#include <optional>

namespace duet::ui {

class ErrorsPage : public QWidget {
  Q_OBJECT
public:
  explicit ErrorsPage(QWidget *parent = nullptr);
  ~ErrorsPage() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio); ///< of the fused matrix
  void setMarked(const std::optional<AnswerCell> &cell);
  void bringUpToDate();              ///< also while hidden, for an export
  QList<Exportable *> plots() const; ///< what File > Export offers

Q_SIGNALS:
  void cellSelected(const duet::ui::AnswerCell &cell); ///< clicked
  void hoverText(const QString &sentence);

protected:
  void showEvent(QShowEvent *event) override;

private:
  void count();
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
