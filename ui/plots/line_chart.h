// Our small plot interface over Qt Charts: curves, marks of live changes, labels at the curves' ends.
#pragma once
#include "ui/access/spoken.h"
#include "ui/plots/exportable.h"
#include "ui/theme/palette.h"
#include "ui/theme/unit_widget.h"
#include <QList>
#include <QPointF>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace duet::ui {

struct ChartLayout;

/// How a curve is drawn. Test figures are thick, training figures thin, figures on a share dotted.
struct CurveStyle {
  enum class Stroke { thick, thin, dots, step };
  Voice voice = Voice::neutral;
  Stroke stroke = Stroke::thick;
  double opacity = 1.0;
};

/// One axis. It grows in jumps to `min`..`max` widened to nice numbers, and never trembles.
struct AxisStyle {
  QString title; ///< "epoch"
  double min = 0, max = 1;
  bool grows = true;                      ///< widens to hold the data; otherwise fixed
  double floor = -1e300, ceiling = 1e300; ///< never beyond
  int decimals = -1;                      ///< -1: as many as the ticks need
  bool whole = false;                     ///< ticks at whole numbers only, where the range allows
};

/// A labelled vertical line: a live change.
struct ChartMark {
  double x = 0;
  QString label;
  bool operator==(const ChartMark &) const = default;
};

/// A small labelled point, such as a best value.
struct ChartPoint {
  QPointF at;
  QString label;
  Voice voice = Voice::neutral;
  bool operator==(const ChartPoint &) const = default;
};

/// Curves keep all points given for the read-out and CSV; about 1,000 are drawn, the minimum and the
/// maximum of each pixel column. Nothing new set, nothing repainted. With the keys, left and right move the
/// read-out from point to point, Enter picks its x.
class LineChart : public UnitWidget, public Exportable, public Spoken {
  Q_OBJECT
public:
  LineChart(const QString &title, const QString &export_name, QWidget *parent = nullptr);
  ~LineChart() override;

  void setXAxis(const AxisStyle &style);
  void setYAxis(const AxisStyle &style);
  /// Makes a curve; the result names it. `name` is used by the read-out and the CSV.
  int addCurve(const QString &name, const CurveStyle &style);
  void removeCurves();
  /// All points of a curve, x ascending. An empty list hides it.
  void replace(int curve, std::vector<QPointF> points);
  void setCurveName(int curve, const QString &name);
  /// Written beside the curve's last point; empty: none.
  void setEndLabel(int curve, const QString &label);
  void setMarks(const std::vector<ChartMark> &marks);
  void setPoints(const std::vector<ChartPoint> &points);
  void setCursor(double x, const QString &label = {}); ///< a vertical line; NaN: none
  void setRemark(const QString &remark);               ///< small, bottom right: "thick: test, thin: training"
  void setEmptyText(const QString &sentence);          ///< shown while no curve has points
  /// More decimals for the read-out; default 3.
  void setReadOutDecimals(int x, int y);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override;
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QString toCsv() const override; ///< curve,x,y, a row a point

  QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
  QString spokenText() const override; ///< the last value of each curve
  int spokenParts() const override;    ///< curves that have points, then labelled points, then marks
  SpokenPart spokenPart(int index) const override;

  int updates() const;               ///< how often something shown changed; for tests
  int drawnPoints(int curve) const;  ///< after thinning; for tests
  QRectF plotArea() const;           ///< in widget coordinates
  const ChartLayout &shown() const;  ///< everything said and where, in widget coordinates
  QString readOutAt(double x) const; ///< what the hover says at x

Q_SIGNALS:
  void xPicked(double x); ///< click or drag inside the plot
  void hoverText(const QString &sentence);

protected:
  void paintEvent(QPaintEvent *event) override;
  void showEvent(QShowEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void leaveEvent(QEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  void changed();
  void layOut() const;
  void readAt(std::optional<double> x);
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
