#include "ui/panels/inspector.h"
#include "engine/base/error.h"
#include "engine/model/build_circuit.h"
#include "engine/qasm/qasm.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/data/logits_fan.h"
#include "ui/data/selected_image_panel.h"
#include "ui/data/thumbnails.h"
#include "ui/panels/angle_editor.h"
#include "ui/panels/gate_inspector.h"
#include "ui/panels/gate_mute.h"
#include "ui/panels/selection.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace duet::ui {

Inspector::Inspector(Selection &selection, QWidget *parent)
    : QWidget(parent), selection_(selection), layout_(new QVBoxLayout(this)),
      image_(new SelectedImagePanel(this)), fan_(new LogitsFan(this)), filter_(new GalleryFilterBar(this)),
      gallery_(new GalleryView(this)), noisy_(new QCheckBox(tr("with noise"), this)),
      gate_(new GateInspector(this)), angle_(new AngleEditor(this)), mute_(new GateMute(this)) {
  setObjectName(QStringLiteral("rightDock"));
  setAttribute(Qt::WA_StyledBackground);
  follow_text_size(this, [this] { setMinimumWidth(px(220)); });
  layout_->setContentsMargins(margin, 10, margin, margin);
  layout_->setSpacing(6);
  layout_->addWidget(image_heading_ = heading(tr("Selected image")));
  image_heading_->setObjectName(QStringLiteral("imageHeading"));
  layout_->addWidget(image_);
  layout_->addSpacing(4);
  layout_->addWidget(fan_heading_ = heading(tr("Logits over the ratio")));
  layout_->addWidget(fan_);
  layout_->addSpacing(4);
  layout_->addWidget(galleryHeading());
  layout_->addWidget(filter_);
  layout_->addWidget(gallery_, 1);
  layout_->addWidget(gate_);
  layout_->addWidget(angle_);
  layout_->addWidget(mute_);

  connect(image_, &SelectedImagePanel::nextImageWanted, this, [this] { step(1); });
  connect(image_, &SelectedImagePanel::previousImageWanted, this, [this] { step(-1); });
  connect(fan_, &LogitsFan::ratioWanted, this, &Inspector::lensWanted);
  connect(fan_, &LogitsFan::hoverText, this, &Inspector::hoverText);
  connect(gallery_, &GalleryView::imageSelected, &selection_, &Selection::setImage);
  connect(gallery_, &GalleryView::shownCountChanged, filter_, &GalleryFilterBar::setCount);
  connect(filter_, &GalleryFilterBar::filterChanged, gallery_, &GalleryView::setFilter);
  connect(&selection_, &Selection::imageChanged, this, [this] { gallery_->setSelected(selection_.image()); });
  connect(&selection_, &Selection::gateChanged, this, [this] {
    gate_->setGate(selection_.gate());
    mute_->setGate(selection_.gate());
    angle_->setGate(selection_.gate());
  });
  connect(angle_, &AngleEditor::gestureBegins, this, &Inspector::circuitGestureBegins);
  connect(angle_, &AngleEditor::wanted, this, [this](const NamedEdit &wanted, bool in_gesture) {
    Q_EMIT circuitWanted(QString::fromStdString(write_qasm3(wanted.edit.circuit)), wanted.label, in_gesture);
  });
  connect(&selection_, &Selection::stepChanged, this, [this] {
    image_->setStep(selection_.step());
    fan_->setStep(selection_.step());
    gate_->setStep(selection_.step());
    sayStep();
  });
  connect(filter_, &GalleryFilterBar::listCleared, &selection_, [this] {
    selection_.setCell(std::nullopt);
    selection_.setList(std::nullopt);
  });
  connect(&selection_, &Selection::cellChanged, this, &Inspector::showListed);
  connect(&selection_, &Selection::listChanged, this, &Inspector::showListed);
  connect(mute_, &GateMute::listWanted, &selection_, &Selection::setList);
  gallery_->setSelected(selection_.image());
}

/// Lists the images of the chosen cell or list, and shows the first of them.
void Inspector::showListed() {
  filter_->setCell(selection_.cell(), voices_);
  filter_->setList(selection_.list());
  if (const auto first = selection_.cell() || selection_.list() ? gallery_->first() : std::nullopt)
    selection_.setImage(*first);
}

/// "SELECTED IMAGE", and while the time cursor stands "SELECTED IMAGE, STEP 4 OF 10".
void Inspector::sayStep() {
  const auto with_step = [this](const QString &title) {
    const int steps = inspection_ ? inspection_->steps() : 0;
    const bool shown = selection_.step() && steps > 0;
    return (shown ? tr("%1, %2").arg(title, so_far_short(selection_.step(), steps)) : title).toUpper();
  };
  image_heading_->setText(with_step(tr("Selected image")));
  fan_heading_->setText(with_step(tr("Logits over the ratio")));
}

QLabel *Inspector::heading(const QString &text) {
  auto *label = new QLabel(text.toUpper(), this);
  label->setProperty("heading", true);
  QFont spaced = ui::font(11, QFont::DemiBold);
  spaced.setLetterSpacing(QFont::PercentageSpacing, 106);
  label->setFont(spaced);
  return label;
}

/// The title, and beside it whether the noise is shown.
QWidget *Inspector::galleryHeading() {
  noisy_->setObjectName(QStringLiteral("gallery.noise"));
  noisy_->setToolTip(
      tr("Shows the test images with the noise the network sees; off: as the files hold them."));
  noisy_->setAccessibleName(tr("Show the test images with noise"));
  noisy_->setChecked(true);
  noisy_->hide();
  connect(noisy_, &QCheckBox::toggled, this, [this](bool noisy) {
    gallery_->setClean(!noisy);
    image_->setClean(!noisy);
  });
  auto *line = new QWidget(this);
  auto *row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(heading(tr("Test images")));
  row->addStretch(1);
  row->addWidget(noisy_);
  return line;
}

void Inspector::setView(const std::shared_ptr<const SessionView> &view) {
  if (view)
    filter_->setClasses(view->experiment.data.classes);
  noisy_->setVisible(view && disturbs_test(view->experiment.data.noise));
  if (Voices voices = view ? Voices(view->experiment) : Voices(); voices != voices_) {
    voices_ = std::move(voices);
    if (selection_.cell() && !voices_.find(selection_.cell()->who))
      selection_.setCell(std::nullopt); // this model has no such matrix
    filter_->setCell(selection_.cell(), voices_);
  }
  if (view && view->experiment.data.classes != classes_) {
    classes_ = view->experiment.data.classes;
    selection_.setCell(std::nullopt); // its row and column are other classes now
  }
  image_->setView(view);
  fan_->setView(view);
  gallery_->setView(view);
  gate_->setView(view);
  mute_->setView(view);
  if (selection_.list() && !(view && view->muted && changed_images(*view->muted) == *selection_.list()))
    selection_.setList(std::nullopt); // what it was of holds no more
  inspection_ = view ? view->training.inspection : nullptr;
  sayStep();
}

void Inspector::setExperiment(const Experiment &experiment) {
  if (experiment_ && experiment.quantum == experiment_->quantum &&
      experiment.model.kind == experiment_->model.kind)
    return;
  experiment_ = experiment;
  Circuit circuit;
  try {
    if (has_circuit(experiment))
      circuit = build_circuit(experiment.quantum);
  } catch (const Error &) {
    // the form says what is wrong with it
  }
  gate_->setCircuit(circuit);
  angle_->setCircuit(circuit);
  mute_->setCircuit(circuit);
}

void Inspector::setRatio(double ratio) {
  image_->setRatio(ratio);
  fan_->setRatio(ratio);
  gallery_->setRatio(ratio);
}

void Inspector::step(int offset) {
  if (const auto image = gallery_->next(offset))
    selection_.setImage(*image);
}

} // namespace duet::ui
