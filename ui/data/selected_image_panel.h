// The selected image: its picture, the truth, and what each voice of the model says.
#pragma once
#include "engine/session/session.h"
#include "ui/access/spoken.h"
#include "ui/data/image_voices.h"
#include "ui/theme/unit_widget.h"
#include <QImage>
#include <QList>
#include <memory>
#include <utility>

namespace duet::ui {

/// Left and right show the image before and the next one.
class SelectedImagePanel : public UnitWidget, public Spoken {
  Q_OBJECT
public:
  explicit SelectedImagePanel(QWidget *parent = nullptr);
  ~SelectedImagePanel() override;

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio);           ///< of the mix shown
  void setStep(std::optional<int> step); ///< what was said after this step; none: after all
  void setClean(bool clean);             ///< shows the image without its noise
  QImage picture() const;                ///< as it is painted
  /// The table beside it: name and value of each row.
  std::vector<ImageLine> rows() const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  int repaints() const; ///< for tests

  QString spokenText() const override; ///< the table
  int spokenParts() const override { return static_cast<int>(rows().size()); }
  SpokenPart spokenPart(int index) const override;

Q_SIGNALS:
  void nextImageWanted();
  void previousImageWanted();

protected:
  void paintEvent(QPaintEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  bool unitEvent(QEvent *event) override;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace duet::ui
