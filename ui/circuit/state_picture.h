// The state between two columns of a circuit: an arrow for every qubit, and the amplitudes with their phases.
#pragma once
#include "engine/simulator/circuit_state.h"
#include "ui/access/spoken.h"
#include "ui/plots/exportable.h"
#include "ui/theme/unit_widget.h"
#include <optional>

namespace duet::ui {

/// "q0: x 0.12, y -0.40, z 0.88, length 0.97"
QString qubit_words(int qubit, const Bloch &bloch);
/// "|01101>: probability 0.310, phase 1.57 rad"; q0 is the leftmost bit.
QString amplitude_words(const StateOnTheWay &state, std::size_t index);
/// Indices of the amplitudes drawn: all where there are few, else those of the largest probability,
/// ascending.
std::vector<std::size_t> drawn_amplitudes(const StateOnTheWay &state);

/// A disk a qubit: up is z, right is x, the arrow's head is filled where y points to the person; the ring is
/// closed as far as the qubit is pure. Below, a bar an amplitude: its height is the probability's root, its
/// colour the phase.
class StatePicture : public UnitWidget, public Exportable, public Spoken {
  Q_OBJECT
public:
  explicit StatePicture(QWidget *parent = nullptr);

  /// `when` names the place: "after column 3 of 17". None: `why` says why there is nothing.
  void setState(std::optional<StateOnTheWay> state, const QString &when);
  void setAbsent(const QString &why);
  const std::optional<StateOnTheWay> &state() const { return state_; }

  QSize minimumSizeHint() const override;
  QString exportName() const override { return QStringLiteral("circuit-state"); }
  QString exportTitle() const override;
  QSize exportSize() const override { return {560, 360}; }
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QString toCsv() const override; ///< bits,re,im,probability,phase

  QString spokenText() const override;
  int spokenParts() const override { return state_ ? static_cast<int>(state_->bloch.size()) : 0; }
  SpokenPart spokenPart(int qubit) const override;

protected:
  void paintEvent(QPaintEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  QRectF diskCell(int qubit, const QRectF &area) const;
  QRectF barArea(const QRectF &area) const;
  void paintDisks(QPainter &painter, const QRectF &area, const Palette &palette) const;
  void paintBars(QPainter &painter, const QRectF &area, const Palette &palette) const;
  QString wordsAt(const QPointF &point) const;

  std::optional<StateOnTheWay> state_;
  QString words_; ///< when, or why there is nothing
};

} // namespace duet::ui
