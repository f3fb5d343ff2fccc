// What the plots of the window cost: each figure is the best of several rounds, beside its goal.
#include "engine/session/session.h"
#include "tests/benchmarks/rounds.h"
#include "ui/plots/line_chart.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/spike_image.h"
#include "ui/theme/theme.h"
#include <QApplication>
#include <QPixmap>
#include <cmath>
#include <random>

namespace {

using namespace duet;
using namespace duet::ui;

/// Every neuron of one layer, each cell a spike with this chance.
std::shared_ptr<SessionView> spiking(int neurons, int steps, double chance) {
  std::mt19937 engine(3);
  std::bernoulli_distribution spike(chance);
  LayerRecord layer;
  layer.neurons = neurons;
  layer.steps = steps;
  layer.spikes.resize(static_cast<std::size_t>(neurons) * static_cast<std::size_t>(steps));
  for (std::uint16_t &count : layer.spikes)
    count = spike(engine);
  auto seen = std::make_shared<Inspection>();
  seen->spiking.emplace().layers.push_back(std::move(layer));
  auto view = std::make_shared<SessionView>();
  view->phase = Phase::paused;
  view->training.inspection = seen;
  return view;
}

void rasters() {
  struct Case {
    const char *what;
    int neurons, steps;
    double chance, goal;
  };
  for (const Case &c :
       {Case{"raster of 100,000 spikes, 1,000 neurons x 200 steps, 1200 x 700", 1000, 200, 0.5, 5},
        Case{"raster of 100,000 spikes, 1,000 neurons x 1,000 steps", 1000, 1000, 0.1, 5},
        Case{"raster of 1,000,000 spikes, 4,000 neurons x 1,000 steps", 4000, 1000, 0.25, 10}}) {
    RasterView raster;
    raster.resize(1200, 700);
    raster.setView(spiking(c.neurons, c.steps, c.chance));
    QPixmap target(raster.size());
    raster.render(&target);
    report(c.what,
           best_ms(15,
                   [&] {
                     raster.setTimeRange(
                         0, c.steps - 1e-9 * (raster.imagePaints() + 1)); // another picture each time
                     raster.render(&target);
                   }),
           c.goal);
  }
}

void charts() {
  LineChart chart(QStringLiteral("Accuracy"), QStringLiteral("accuracy"));
  chart.resize(600, 300);
  std::vector<int> curves;
  for (int k = 0; k < 4; ++k)
    curves.push_back(chart.addCurve(QStringLiteral("curve"), {Voice::fused, CurveStyle::Stroke::thin, 1}));
  QPixmap target(chart.size());
  int round = 0;
  report("four curves of 10,000 points",
         best_ms(12,
                 [&] {
                   ++round;
                   for (const int curve : curves) {
                     std::vector<QPointF> points;
                     for (int i = 0; i < 10000 + round; ++i)
                       points.emplace_back(i / 500.0, std::sin(i * 0.01) * std::sin(i * 7.1));
                     chart.replace(curve, std::move(points));
                   }
                   chart.render(&target);
                 }),
         10);
}

} // namespace

int main(int argc, char **argv) {
  if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication app(argc, argv);
  theme().install();
  rasters();
  charts();
}
