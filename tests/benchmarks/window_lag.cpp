// What a person feels of the window: first paint, lag of the event loop while training, live commands, the
// cost of doing nothing, and memory; all with a full-size data set, while unsaved work is kept. Each figure
// stands beside its goal. Uses the display, or the offscreen platform.
#include "engine/data/catalog.h"
#include "engine/data/dataset.h"
#include "engine/io/files.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using namespace duet;
using namespace duet::ui;

double milliseconds(Clock::duration d) { return std::chrono::duration<double, std::milli>(d).count(); }

void report(const char *what, double figure, double goal, const char *unit) {
  std::printf("%-52s %9.2f %-3s goal <= %7.1f  %s\n", what, figure, unit, goal,
              figure <= goal ? "reached" : "MISSED");
  std::fflush(stdout);
}

void wait_for(int ms) {
  QEventLoop loop;
  QTimer::singleShot(ms, &loop, &QEventLoop::quit);
  loop.exec();
}

template <class Condition> bool wait_until(Condition condition, int timeout_ms) {
  QElapsedTimer clock;
  clock.start();
  while (!condition() && clock.elapsed() < timeout_ms)
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
  return condition();
}

double share(std::vector<double> values, double quantile) {
  if (values.empty())
    return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1,
                         static_cast<std::size_t>(quantile * static_cast<double>(values.size())))];
}

/// How long an event waits: another thread posts one every 2 ms, never more than one at a time.
std::vector<double> measure_lags(int duration_ms) {
  std::vector<double> lags;
  std::atomic<bool> waiting = false;
  QObject receiver;
  std::jthread poster([&](std::stop_token stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      if (waiting.exchange(true))
        continue;
      QMetaObject::invokeMethod(
          &receiver,
          [&lags, &waiting, posted = Clock::now()] {
            lags.push_back(milliseconds(Clock::now() - posted));
            waiting = false;
          },
          Qt::QueuedConnection);
    }
  });
  wait_for(duration_ms);
  return lags;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval &t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:"))
      return std::stol(line.substr(6)) / 1024.0;
  return 0;
}

void measure_live_commands(MainWindow &window) {
  std::vector<double> latencies;
  for (int i = 0; i < 40; ++i) {
    const double rate = i % 2 ? 0.001 : 0.0011;
    const auto sent = Clock::now();
    window.document().edit("training.learning_rate", rate);
    wait_until([&] { return window.session().view()->experiment.training.learning_rate == rate; }, 2000);
    latencies.push_back(milliseconds(Clock::now() - sent));
    wait_for(37);
  }
  report("live command until the window shows it, median", share(latencies, 0.5), 50, "ms");
  report("live command until the window shows it, 95 %", share(latencies, 0.95), 100, "ms");
}

/// The built-in images over and over: as many as MNIST has, where MNIST itself is not here.
std::string full_size_data(const std::filesystem::path &folder) {
  if (const CatalogEntry *mnist = find_in_catalog("mnist"); mnist && find_set(*mnist))
    return "mnist";
  const Dataset mini = load_dataset(DataSettings(), 1);
  const auto write = [&](std::string_view role, const ImageSet &set, std::size_t count) {
    const auto header = [](std::vector<std::size_t> dimensions) {
      std::string bytes = {0, 0, 8, static_cast<char>(dimensions.size())};
      for (const std::size_t each : dimensions)
        for (const int shift : {24, 16, 8, 0})
          bytes += static_cast<char>(each >> shift & 0xff);
      return bytes;
    };
    const auto pixels = static_cast<std::size_t>(set.rows * set.cols);
    std::string images =
                    header({count, static_cast<std::size_t>(set.rows), static_cast<std::size_t>(set.cols)}),
                labels = header({count});
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t from = i % set.size();
      images.append(reinterpret_cast<const char *>(set.pixels.data() + from * pixels), pixels);
      labels += static_cast<char>(set.targets[from]);
    }
    write_file(folder / (std::string(role) + "-images-idx3-ubyte"), images);
    write_file(folder / (std::string(role) + "-labels-idx1-ubyte"), labels);
  };
  write("train", mini.train, 60000);
  write("t10k", mini.test, 10000);
  return folder.string();
}

void report_lags(const std::string &when, const std::vector<double> &lags) {
  report((when + ", median").c_str(), share(lags, 0.5), 1, "ms");
  report((when + ", 99 %").c_str(), share(lags, 0.99), 16, "ms");
  report((when + ", longest").c_str(), share(lags, 1), 50, "ms");
}

/// Twice a second, twenty times as often as it is kept by itself.
void measure_lags_while_keeping(MainWindow &window) {
  QTimer often;
  QObject::connect(&often, &QTimer::timeout,
                   [&window] { window.session().send(KeepNow{std::make_shared<std::promise<void>>()}); });
  often.start(500);
  report_lags("lag of the event loop while saving twice a second", measure_lags(10000));
}

/// All the work of one keeping, copying and writing, against the least time from one to the next.
void measure_keeping(MainWindow &window) {
  std::vector<double> shares;
  for (int i = 0; i < 5; ++i) {
    window.session().send(StepBatches{1});
    const auto step = window.session().view()->training.step;
    wait_until([&] { return window.session().view()->training.step > step; }, 5000);
    wait_for(300);
    const double before = cpu_seconds();
    window.keepNow();
    shares.push_back((cpu_seconds() - before) / 10 * 100);
  }
  report("keeping unsaved work, share of a core while training", share(shares, 0.5), 1, "%");
}

void measure_stop(MainWindow &window) {
  std::vector<double> latencies;
  for (int i = 0; i < 12; ++i) { // at any moment, some within the answers to the test set
    window.session().send(Run{});
    wait_until([&] { return window.session().phase() != Phase::paused; }, 5000);
    wait_for(150 + 97 * i);
    const auto asked = Clock::now();
    window.session().send(Pause{});
    wait_until([&] { return window.session().phase() == Phase::paused; }, 5000);
    latencies.push_back(milliseconds(Clock::now() - asked));
  }
  report("pause until the window shows it, longest of 12", share(latencies, 1), 100, "ms");
}

} // namespace

int main(int argc, char **argv) {
  const auto started = Clock::now();
  if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
      qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  QApplication::setOrganizationName(QStringLiteral("duet-bench"));
  QApplication::setApplicationName(QStringLiteral("duet-bench"));
  theme().install();
  MainWindow window;
  QTemporaryDir folder; // for what is kept, too
  window.keepWork(std::filesystem::path(folder.path().toStdString()) / "kept");
  window.resize(1440, 900);
  Opened opened;
  opened.experiment.data.source = full_size_data(folder.path().toStdString());
  opened.experiment.training.epochs = 100000;
  double first_paint = 0;
  QObject::connect(&window, &MainWindow::firstPainted, &window,
                   [&] { first_paint = milliseconds(Clock::now() - started); });
  window.start(opened, true);
  window.show();
  wait_until([&] { return first_paint > 0; }, 10000);
  std::printf("data: %s, platform: %s\n", opened.experiment.data.source.c_str(),
              qPrintable(QApplication::platformName()));
  report("first paint after the start of main()", first_paint, 1000, "ms");
  if (!wait_until(
          [&] {
            return window.session().phase() == Phase::running && window.session().view()->training.step > 10;
          },
          30000)) {
    std::printf("training did not start\n");
    return 1;
  }
  wait_for(2000);
  const auto lags = measure_lags(10000);
  std::printf("training at %.0f images/s, %zu lags\n", window.session().view()->images_per_second,
              lags.size());
  report_lags("lag of the event loop while training", lags);
  measure_lags_while_keeping(window);
  measure_live_commands(window);
  window.session().send(Pause{});
  wait_until([&] { return window.session().phase() == Phase::paused; }, 5000);
  measure_stop(window);
  measure_keeping(window);
  wait_for(4000);
  const double before = cpu_seconds();
  wait_for(6000);
  report("idle window, share of a core", (cpu_seconds() - before) / 6 * 100, 2, "%");
  report("peak memory with 70,000 images", peak_megabytes(), 600, "MB");
  return 0;
}
