#include "ui/pages/errors_page.h"
#include "ui/data/confusion_view.h"
#include <QHBoxLayout>
#include <array>

namespace duet::ui {

struct ErrorsPage::State {
  std::shared_ptr<const TestAnswers> answers, counted;
  ModelKind kind = ModelKind::parallel, counted_kind = ModelKind::parallel;
  double ratio = 0.6, counted_ratio = -1;
  std::vector<int> classes, counted_classes; ///< [output]
  std::vector<ImageAnswer> answered;
  std::array<ConfusionView *, 3> matrices{};
};

namespace {

constexpr std::array<Answerer, 3> answerers = {Answerer::spiking, Answerer::quantum, Answerer::fused};

} // namespace

ErrorsPage::ErrorsPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  s.matrices = {
      new ConfusionView(QStringLiteral("Spiking branch"), QStringLiteral("confusion-spiking"),
                        Voice::spiking),
      new ConfusionView(QStringLiteral("Quantum branch"), QStringLiteral("confusion-quantum"),
                        Voice::quantum),
      new ConfusionView(QStringLiteral("Together"), QStringLiteral("confusion-together"), Voice::fused)};
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(16, 6, 12, 6);
  row->setSpacing(10);
  for (std::size_t k = 0; k < s.matrices.size(); ++k) {
    ConfusionView *matrix = s.matrices[k];
    matrix->setObjectName(matrix->exportName());
    row->addWidget(matrix, 1);
    connect(matrix, &ConfusionView::hoverText, this, &ErrorsPage::hoverText);
    connect(matrix, &ConfusionView::cellSelected, this, [this, k](int truth, int answer) {
      Q_EMIT cellSelected(truth, answer);
      const State &now = *state_;
      if (!now.counted)
        return;
      if (const auto image = first_with(now.counted->targets, now.answered, answerers[k], truth, answer))
        Q_EMIT imageSelected(*image);
    });
  }
}

ErrorsPage::~ErrorsPage() = default;

void ErrorsPage::setView(const std::shared_ptr<const SessionView> &view) {
  state_->answers = view ? view->training.answers : nullptr;
  state_->classes = view ? view->experiment.data.classes : std::vector<int>();
  state_->kind = view ? view->experiment.model.kind : ModelKind::parallel;
  if (isVisible())
    count();
}

void ErrorsPage::setRatio(double ratio) {
  state_->ratio = ratio;
  if (isVisible())
    count();
}

namespace {

QString reason_text(bool answered, Answerer who, ModelKind kind) {
  if (!answered)
    return QStringLiteral("The test set is answered after the first epoch.");
  if (who == Answerer::fused)
    return QStringLiteral("One branch alone: its matrix is the model's.");
  return !has_quantum_branch(kind) ? QStringLiteral("This model has no quantum branch.")
                                   : QStringLiteral("This model has no spiking branch: it is one chain.");
}

} // namespace

void ErrorsPage::count() {
  State &s = *state_;
  if (s.answers == s.counted && s.ratio == s.counted_ratio && s.kind == s.counted_kind &&
      s.classes == s.counted_classes)
    return;
  s.counted = s.answers;
  s.counted_ratio = s.ratio;
  s.counted_kind = s.kind;
  s.counted_classes = s.classes;
  s.answered = s.answers ? answers_at(*s.answers, s.ratio) : std::vector<ImageAnswer>();
  const bool both = s.answers && !s.answers->spiking.empty() && !s.answers->quantum.empty();
  s.matrices[0]->setTitle(both ? QStringLiteral("Spiking branch of this model")
                               : QStringLiteral("Spiking network"));
  s.matrices[1]->setTitle(both ? QStringLiteral("Quantum branch of this model")
                               : QStringLiteral("Serial network"));
  s.matrices[2]->setTitle(QStringLiteral("Together at the ratio %1").arg(QString::number(s.ratio, 'f', 2)));
  for (std::size_t k = 0; k < s.matrices.size(); ++k) {
    const Answerer who = answerers[k];
    const bool shown = s.answers && (who != Answerer::fused || both);
    s.matrices[k]->setConfusion(shown ? confusion(s.answers->targets, s.answered, who) : std::nullopt,
                                s.classes, reason_text(s.answers != nullptr, who, s.kind));
  }
}

QList<Exportable *> ErrorsPage::plots() const {
  return {state_->matrices[0], state_->matrices[1], state_->matrices[2]};
}

void ErrorsPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  count();
}

} // namespace duet::ui
