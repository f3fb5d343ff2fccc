// No label of a chart lies on a curve or on another label, whatever is shown and however narrow the chart is.
#include "tests/ui/fabricated_view.h"
#include "ui/pages/fusion_page.h"
#include "ui/pages/training_page.h"
#include "ui/plots/chart_layout.h"
#include "ui/theme/theme.h"
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

using Role = ChartText::Role;

bool is_label(const ChartText &text) {
  return text.role == Role::mark || text.role == Role::end || text.role == Role::point ||
         text.role == Role::legend;
}

/// Whether a line passes through a rectangle, looked at twice a pixel.
bool passes(const QPolygonF &line, const QRectF &rect) {
  for (qsizetype i = 1; i < line.size(); ++i) {
    const QPointF from = line[i - 1], way = line[i] - from;
    const int parts = std::max(1, static_cast<int>(2 * std::hypot(way.x(), way.y())));
    for (int k = 0; k <= parts; ++k)
      if (rect.contains(from + way * k / parts))
        return true;
  }
  return false;
}

/// What is wrong with the places, or nothing.
QString fault_of(const ChartLayout &layout, const QRectF &chart) {
  for (std::size_t i = 0; i < layout.texts.size(); ++i) {
    const ChartText &text = layout.texts[i];
    if (!chart.adjusted(-1, -1, 1, 1).contains(text.rect) && text.role != Role::tick)
      return "'" + text.text + "' leaves the chart";
    for (std::size_t k = 0; k < i; ++k)
      if (const QRectF both = text.rect & layout.texts[k].rect; both.width() > 1 && both.height() > 1)
        return "'" + text.text + "' lies on '" + layout.texts[k].text + "'";
    if (!is_label(text))
      continue;
    for (const ChartLine &line : layout.lines) {
      for (const QPolygonF &piece : line.pixels)
        if (passes(piece, text.rect))
          return "'" + text.text + "' lies on a curve";
      for (const QPointF &dot : line.dots)
        if (text.rect.adjusted(-1, -1, 1, 1).contains(dot))
          return "'" + text.text + "' lies on a dot";
    }
  }
  return {};
}

std::vector<std::pair<QString, std::shared_ptr<SessionView>>> views() {
  std::vector<std::pair<QString, std::shared_ptr<SessionView>>> made;
  for (const ModelKind kind : {ModelKind::parallel, ModelKind::spiking, ModelKind::serial}) {
    Experiment experiment;
    experiment.model.kind = kind;
    made.emplace_back(QString("kind %1").arg(static_cast<int>(kind)), fabricated::view(experiment));
  }
  const auto shortened = [](int epochs, std::size_t batches) {
    auto view = fabricated::view();
    auto rows = std::make_shared<std::vector<EpochRow>>(*view->training.epochs);
    rows->resize(static_cast<std::size_t>(epochs));
    auto points = std::make_shared<std::vector<BatchPoint>>(*view->training.batches);
    points->resize(batches);
    auto running = std::make_shared<std::vector<RunningTest>>();
    for (const RunningTest &test : *view->training.running)
      if (test.epoch <= points->back().epoch)
        running->push_back(test);
    view->training.epochs = rows;
    view->training.batches = points;
    view->training.running = running;
    return view;
  };
  made.emplace_back("one epoch", shortened(1, 188));
  made.emplace_back("one batch", shortened(0, 1));
  made.emplace_back("half an epoch", shortened(0, 90));
  auto marked = fabricated::view();
  auto marks = std::make_shared<std::vector<Mark>>();
  for (int k = 0; k < 14; ++k)
    marks->push_back(
        {0.23 * k, static_cast<std::uint64_t>(k), "membrane time constant 10 to " + std::to_string(k)});
  marked->marks = marks;
  made.emplace_back("many marks", marked);
  auto whole = fabricated::view(); // all planned epochs: the curves end at the right border
  auto rows = std::make_shared<std::vector<EpochRow>>();
  for (int k = 1; k <= 10; ++k) {
    EpochRow row = whole->training.epochs->back();
    row.epoch = k;
    row.test_accuracy = 0.94 + 0.002 * k;
    row.test_accuracy_spiking = 0.935 + 0.0021 * k; // nearly on one another
    row.test_accuracy_quantum = 0.5 + 0.04 * k;
    row.validation_accuracy = 0.93 + 0.002 * k;
    row.validation_loss = 0.3;
    rows->push_back(row);
  }
  auto points = std::make_shared<std::vector<BatchPoint>>();
  for (int k = 1; k <= 1880; ++k)
    points->push_back(
        {k / 188.0, 0.2F + 0.1F * static_cast<float>(k % 7), 0.9F + 0.01F * static_cast<float>(k % 9)});
  whole->training.epochs = rows;
  whole->training.batches = points;
  whole->training.epochs_done = 10;
  made.emplace_back("all epochs", whole);
  return made;
}

} // namespace

class TestChartLabels : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void noLabelCoversACurveOrAnotherLabel() {
    for (const auto &[name, view] : views())
      for (const QSize &size : {QSize(180, 130), QSize(240, 180), QSize(300, 260), QSize(420, 300),
                                QSize(700, 280), QSize(1100, 520)}) {
        TrainingPage page;
        page.resize(1400, 330);
        page.setView(view);
        page.show();
        for (const char *chart_name : {"chart.accuracy", "chart.loss"}) {
          auto *chart = page.findChild<LineChart *>(chart_name);
          chart->resize(size);
          const QString fault = fault_of(chart->shown(), QRectF(QPointF(), QSizeF(size)));
          QVERIFY2(fault.isEmpty(), qPrintable(QString("%1, %2 at %3 x %4: %5")
                                                   .arg(name, chart_name)
                                                   .arg(size.width())
                                                   .arg(size.height())
                                                   .arg(fault)));
        }
      }
  }
  void everyCurveThatEndsIsNamedWhereThereIsRoom() {
    for (const auto &[name, view] : views()) {
      TrainingPage page;
      page.resize(1100, 330);
      page.setView(view);
      page.show();
      auto *chart = page.findChild<LineChart *>("chart.accuracy");
      chart->resize(330, 260);
      QStringList said;
      for (const ChartText &text : chart->shown().texts)
        if (text.role == Role::end || text.role == Role::legend)
          said << text.text;
      const bool tested = view->training.epochs && !view->training.epochs->empty();
      if (!tested)
        continue;
      const bool both = view->experiment.model.kind == ModelKind::parallel;
      const bool validated = view->training.epochs->back().validation_accuracy.has_value();
      QVERIFY2(said.size() == (both ? 3 : 1) + validated, qPrintable(name + ": " + said.join(" | ")));
      QVERIFY(said.join(' ').contains(QString::number(view->training.epochs->back().test_accuracy, 'f', 3)));
    }
  }
  void everyMarkIsReadable() {
    TrainingPage page;
    page.resize(1100, 330);
    const auto view = views()[6].second;
    page.setView(view);
    page.show();
    auto *chart = page.findChild<LineChart *>("chart.accuracy");
    chart->resize(420, 300);
    const ChartLayout &layout = chart->shown();
    QCOMPARE(layout.marks.size(), view->marks->size()); // each has its line and flag
    for (const ChartText &text : layout.texts)
      if (text.role == Role::mark)
        QVERIFY(text.rect.bottom() <= layout.area.top()); // beside the curves, not among them
    for (const Mark &mark : *view->marks)
      QVERIFY2(chart->readOutAt(mark.epoch).contains(QString::fromStdString(mark.label)),
               qPrintable(chart->readOutAt(mark.epoch)));
  }
  void oneBatchAndOneEpochAreSeen() {
    for (const auto &[name, view] : views()) {
      if (!name.startsWith("one ") && !name.startsWith("half "))
        continue;
      TrainingPage page;
      page.resize(1400, 330);
      page.setView(view);
      page.show();
      for (const char *chart_name : {"chart.accuracy", "chart.loss"})
        for (const ChartLine &line : page.findChild<LineChart *>(chart_name)->shown().lines)
          QVERIFY2(line.points == 0 || !line.pixels.empty() || !line.dots.empty(), qPrintable(name));
    }
  }
  void theRatiosLabelsKeepClear() {
    for (const QSize &size : {QSize(300, 200), QSize(500, 260), QSize(900, 320)})
      for (const unsigned seed : {2U, 3U, 4U}) {
        FusionPage page;
        auto view = fabricated::view();
        view->training.answers = fabricated::answers(*view->dataset, seed);
        page.setView(view);
        page.setRatio(0.6);
        page.show();
        auto *chart = page.findChild<LineChart *>("chart.ratio");
        chart->resize(size);
        const QString fault = fault_of(chart->shown(), QRectF(QPointF(), QSizeF(size)));
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
      }
  }
};

QTEST_MAIN(TestChartLabels)
#include "test_chart_labels.moc"
