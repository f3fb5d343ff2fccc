#include "ui/window/bottom_tabs.h"
#include "ui/pages/errors_page.h"
#include "ui/pages/fusion_page.h"
#include "ui/pages/spikes_page.h"
#include "ui/pages/training_page.h"
#include "ui/panels/circuit_page.h"
#include "ui/panels/state_page.h"
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {
namespace {

/// The pages that show one image in time follow and move the same cursor.
template <class TimePage> void follow_time(TimePage *page, Selection &selection) {
  QObject::connect(page, &TimePage::stepSelected, &selection, &Selection::setStep);
  QObject::connect(page, &TimePage::neuronSelected, &selection, &Selection::setNeuron);
  QObject::connect(&selection, &Selection::stepChanged, page,
                   [page, &selection] { page->setStep(selection.step()); });
  QObject::connect(&selection, &Selection::neuronChanged, page,
                   [page, &selection] { page->setNeuron(selection.neuron()); });
  page->setStep(selection.step());
  page->setNeuron(selection.neuron());
}

} // namespace

BottomTabs::BottomTabs(Selection &selection, QWidget *parent) : QTabWidget(parent), selection_(selection) {
  setObjectName(QStringLiteral("bottomTabs"));
  setAttribute(Qt::WA_StyledBackground);
  setDocumentMode(false);
  tabBar()->setObjectName(QStringLiteral("bottomTabBar"));
  tabBar()->setDrawBase(false);
  tabBar()->setExpanding(false);
  setAccessibleName(tr("Training, fusion, spikes, errors, circuit and its state"));
  makeTraining(pages_[0]);
  makeFusion(pages_[1]);
  makeSpikes(pages_[2]);
  makeErrors(pages_[3]);
  makeCircuit(pages_[4]);
  makeState(pages_[5]);
  struct Title {
    const char *name;
    QString text, tip;
  };
  const Title titles[] = {
      {"training", tr("Training"), tr("Accuracy and loss over the epochs.")},
      {"fusion", tr("Fusion"), tr("Accuracy of the whole test set at every ratio.")},
      {"spikes", tr("Spikes"), tr("Raster and membrane of the selected image.")},
      {"errors", tr("Errors"), tr("What was taken for what, per branch and together.")},
      {"circuit", tr("Circuit"), tr("The circuit, to be edited: drag gates in, about and out.")},
      {"state", tr("State"), tr("The state of the circuit column by column, for the selected image.")}};
  for (const Title &title : titles) {
    auto *holder = new QWidget(this);
    holder->setObjectName(QLatin1String(title.name) + QStringLiteral("Tab"));
    auto *layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    setTabToolTip(addTab(holder, title.text), title.tip);
  }
  connect(this, &QTabWidget::currentChanged, this, &BottomTabs::feedCurrent);
}

void BottomTabs::makeTraining(Page &page) {
  page.make = [this, &page] {
    auto *made = new TrainingPage;
    page.update_now = [made] { made->bringUpToDate(); };
    follow_time(made, selection_);
    connect(made, &TrainingPage::hoverText, this, &BottomTabs::hoverText);
    page.reset_zoom = [made] { made->resetZoom(); };
    page.feed = [this, made] { made->setView(view_); };
    page.plots = [made] { return made->plots(); };
    return made;
  };
}

void BottomTabs::makeFusion(Page &page) {
  page.make = [this, &page] {
    auto *made = new FusionPage;
    page.update_now = [made] { made->bringUpToDate(); };
    connect(made, &FusionPage::ratioWanted, this, &BottomTabs::lensWanted);
    connect(made, &FusionPage::hoverText, this, &BottomTabs::hoverText);
    page.feed = [this, made] {
      made->setRatio(ratio_);
      made->setView(view_);
    };
    page.plots = [made] { return made->plots(); };
    return made;
  };
}

void BottomTabs::makeSpikes(Page &page) {
  page.make = [this, &page] {
    auto *made = new SpikesPage;
    follow_time(made, selection_);
    connect(made, &SpikesPage::hoverText, this, &BottomTabs::hoverText);
    page.reset_zoom = [made] { made->resetZoom(); };
    page.feed = [this, made] { made->setView(view_); };
    page.plots = [made] { return made->plots(); };
    return made;
  };
}

void BottomTabs::makeErrors(Page &page) {
  page.make = [this, &page] {
    auto *made = new ErrorsPage;
    page.update_now = [made] { made->bringUpToDate(); };
    connect(made, &ErrorsPage::cellSelected, &selection_, [this](const AnswerCell &cell) {
      selection_.setCell(selection_.cell() == cell ? std::nullopt : std::optional(cell));
    });
    const auto mark = [this, made] { made->setMarked(selection_.cell()); };
    connect(&selection_, &Selection::cellChanged, made, mark);
    mark();
    connect(made, &ErrorsPage::hoverText, this, &BottomTabs::hoverText);
    page.feed = [this, made] {
      made->setRatio(ratio_);
      made->setView(view_);
    };
    page.plots = [made] { return made->plots(); };
    return made;
  };
}

void BottomTabs::makeCircuit(Page &page) {
  page.make = [this, &page] {
    auto *made = circuit_ = new CircuitPage(selection_);
    connect(made, &CircuitPage::circuitWanted, this, &BottomTabs::circuitWanted);
    made->setExperiment(experiment_);
    page.feed = [this, made] { made->setView(view_); };
    page.plots = [made] { return made->plots(); };
    return made;
  };
}

void BottomTabs::feedCurrent() {
  const int index = currentIndex();
  if (index < 0 || index >= static_cast<int>(pages_.size()) || isHidden())
    return;
  make(index);
  if (view_)
    pages_[static_cast<std::size_t>(index)].feed();
}

void BottomTabs::make(int index) {
  Page &page = pages_[static_cast<std::size_t>(index)];
  if (page.widget)
    return;
  page.widget = page.make();
  widget(index)->layout()->addWidget(page.widget);
}

void BottomTabs::resetZoom() {
  for (const Page &page : pages_)
    if (page.widget && page.reset_zoom)
      page.reset_zoom();
}

void BottomTabs::makeState(Page &page) {
  page.make = [this, &page] {
    auto *made = new StatePage(selection_);
    page.update_now = [made] { made->bringUpToDate(); };
    page.feed = [this, made] { made->setView(view_); };
    page.plots = [made] { return made->plots(); };
    return made;
  };
}

void BottomTabs::setView(const std::shared_ptr<const SessionView> &view) {
  view_ = view;
  feedCurrent();
}

void BottomTabs::setRatio(double ratio) {
  if (ratio == ratio_)
    return;
  ratio_ = ratio;
  feedCurrent();
}

void BottomTabs::setExperiment(const Experiment &experiment) {
  experiment_ = experiment;
  if (circuit_)
    circuit_->setExperiment(experiment);
}

void BottomTabs::refuseCircuit(const QString &sentence) {
  if (circuit_)
    circuit_->refuse(sentence);
}

QList<Exportable *> BottomTabs::plots() {
  QList<Exportable *> all;
  for (int i = 0; i < static_cast<int>(pages_.size()); ++i) {
    make(i);
    Page &page = pages_[static_cast<std::size_t>(i)];
    if (view_)
      page.feed();
    if (page.update_now)
      page.update_now();
    for (Exportable *plot : page.plots()) {
      const auto same = std::find_if(all.begin(), all.end(), [plot](const Exportable *other) {
        return other->exportName() == plot->exportName();
      });
      if (same == all.end())
        all << plot;
      else if (i == currentIndex())
        *same = plot;
    }
  }
  return all;
}

} // namespace duet::ui
