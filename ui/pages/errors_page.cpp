#include "ui/pages/errors_page.h"
#include "ui/data/confusion_view.h"
#include <QHBoxLayout>
#include <array>

namespace duet::ui {

struct ErrorsPage::State {
  std::shared_ptr<const TestAnswers> answers, counted;
  Voices voices, counted_voices;
  double ratio = ModelSettings{}.fusion_ratio, counted_ratio = -1;
  std::vector<int> classes, counted_classes; ///< [output]
  std::optional<AnswerCell> marked;
  std::array<ConfusionView *, 3> matrices{}; ///< [speaker]
  ConfusionView *of(Speaker who) const { return matrices[static_cast<std::size_t>(who)]; }
};

ErrorsPage::ErrorsPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(16, 6, 12, 6);
  row->setSpacing(10);
  const char *const names[] = {"confusion-spiking", "confusion-quantum", "confusion-together"};
  for (std::size_t k = 0; k < s.matrices.size(); ++k) {
    auto *matrix = s.matrices[k] = new ConfusionView(this);
    matrix->setObjectName(QLatin1String(names[k]));
    row->addWidget(matrix, 1);
    connect(matrix, &ConfusionView::hoverText, this, &ErrorsPage::hoverText);
    connect(matrix, &ConfusionView::cellSelected, this, &ErrorsPage::cellSelected);
  }
}

ErrorsPage::~ErrorsPage() = default;

void ErrorsPage::setView(const std::shared_ptr<const SessionView> &view) {
  state_->answers = view ? view->training.answers : nullptr;
  state_->classes = view ? view->experiment.data.classes : std::vector<int>();
  state_->voices = view ? Voices(view->experiment) : Voices();
  if (isVisible())
    count();
}

void ErrorsPage::setRatio(double ratio) {
  state_->ratio = ratio;
  if (isVisible())
    count();
}

void ErrorsPage::setMarked(const std::optional<AnswerCell> &cell) {
  state_->marked = cell;
  for (ConfusionView *matrix : state_->matrices)
    matrix->setMarked(cell);
}

void ErrorsPage::count() {
  State &s = *state_;
  if (s.answers == s.counted && s.ratio == s.counted_ratio && s.voices == s.counted_voices &&
      s.classes == s.counted_classes)
    return;
  s.counted = s.answers;
  s.counted_ratio = s.ratio;
  s.counted_voices = s.voices;
  s.counted_classes = s.classes;
  for (const MatrixSaid &said : matrices_of(s.voices, s.classes, s.answers.get(), s.ratio))
    s.of(said.who)->setSaid(said);
  for (const Speaker who : speakers)
    s.of(who)->setVisible(s.voices.find(who) != nullptr);
  setMarked(s.marked);
}

void ErrorsPage::bringUpToDate() { count(); }

QList<Exportable *> ErrorsPage::plots() const {
  QList<Exportable *> shown;
  for (const NamedVoice &voice : state_->voices.all())
    shown << state_->of(voice.who);
  return shown;
}

void ErrorsPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  count();
}

} // namespace duet::ui
