// Logits over the ratio for the selected image: each class's mixed logit is a line in r; where the
// highest line changes, the answer flips.
#pragma once
#include "engine/session/session.h"
#include "ui/access/spoken.h"
#include "ui/plots/exportable.h"
#include "ui/theme/unit_widget.h"
#include <memory>
#include <optional>

namespace duet::ui {

/// Left and right move the ratio, Home and End take its ends.
class LogitsFan : public UnitWidget, public Exportable, public Spoken {
  Q_OBJECT
public:
  explicit LogitsFan(QWidget *parent = nullptr);
  ~LogitsFan() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio);
  void setStep(std::optional<int> step); ///< the logits after this step; none: after all
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override;
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QString toCsv() const override; ///< class,logit_spiking,logit_quantum: the branches by their names
  int repaints() const;           ///< for tests

  QAccessible::Role spokenRole() const override { return QAccessible::Slider; }
  QString spokenText() const override; ///< the answer at the ratio, and who answers from where
  std::optional<SpokenNumber> spokenNumber() const override;
  void setSpokenNumber(double ratio) override { Q_EMIT ratioWanted(ratio); }

Q_SIGNALS:
  void ratioWanted(double ratio); ///< click or drag inside the plot
  void hoverText(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  void paintPlot(QPainter &painter, const QRectF &target, const Palette &colours) const;
  QString answerAt(double ratio) const; ///< where there are two branches
  QString answersFrom() const;          ///< "3 from 0, 8 from 0.4321"
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
