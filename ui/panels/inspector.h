// The right dock: the selected image, its answers over the ratio, the test set, and what else is selected.
#pragma once
#include "engine/session/session.h"
#include "ui/theme/text_size.h"
#include "ui/words/voices.h"
#include <QWidget>
#include <memory>
#include <optional>

class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace duet::ui {

class GalleryFilterBar;
class AngleEditor;
class GateInspector;
class GateMute;
class GalleryView;
class LogitsFan;
class Selection;
class SelectedImagePanel;

class Inspector : public QWidget {
  Q_OBJECT
public:
  explicit Inspector(Selection &selection, QWidget *parent = nullptr);

  void setView(const std::shared_ptr<const SessionView> &view);
  void setRatio(double ratio);                      ///< of the mix shown
  void setExperiment(const Experiment &experiment); ///< as it is edited
  GalleryView &gallery() { return *gallery_; }
  GalleryFilterBar &filterBar() { return *filter_; }
  LogitsFan &fan() { return *fan_; }
  GateInspector &gate() { return *gate_; }
  GateMute &mute() { return *mute_; }
  void step(int offset); ///< to the next or previous image of the gallery

  QSize sizeHint() const override { return px({258, 700}); }

Q_SIGNALS:
  void lensWanted(double ratio);
  void circuitGestureBegins();
  /// An edit of an angle, as the OpenQASM program it gives; in_gesture: one of those that undo together.
  void circuitWanted(const QString &program, const QString &label, bool in_gesture);
  void hoverText(const QString &sentence);

private:
  QLabel *heading(const QString &text);
  void sayStep(); ///< the headings tell what step is shown
  QWidget *galleryHeading();
  void showListed(); ///< the cell's images, or the list's

  Selection &selection_;
  Voices voices_;
  std::vector<int> classes_; ///< [output]
  std::shared_ptr<const Inspection> inspection_;
  QVBoxLayout *layout_;
  QLabel *image_heading_, *fan_heading_;
  SelectedImagePanel *image_;
  LogitsFan *fan_;
  GalleryFilterBar *filter_;
  GalleryView *gallery_;
  QCheckBox *noisy_; ///< shows the test images with the noise the network sees; hidden without noise
  GateInspector *gate_;
  AngleEditor *angle_;
  GateMute *mute_;
  std::optional<Experiment> experiment_;
};

} // namespace duet::ui
