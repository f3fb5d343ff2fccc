// A window as a person has it open, and what tests ask of it.
#pragma once
#include "tests/ui/window_home.h"
#include "ui/window/main_window.h"
#include <QTest>

namespace duet::ui {

/// The default experiment on a few of the built-in images.
inline Opened few_images(int training, int test, int epochs) {
  Opened opened;
  opened.experiment.data.train_limit = training;
  opened.experiment.data.test_limit = test;
  opened.experiment.training.epochs = epochs;
  return opened;
}

inline void show_started(MainWindow &window, const Opened &opened, bool train = false) {
  window.resize(1280, 800);
  window.start(opened, train);
  window.show();
  window.activateWindow();
  if (!QTest::qWaitForWindowActive(&window))
    qWarning("the window did not become active");
}

inline std::unique_ptr<MainWindow> started(const Opened &opened, bool train = false) {
  auto window = std::make_unique<MainWindow>();
  show_started(*window, opened, train);
  return window;
}

inline Phase phase(MainWindow &window) { return window.session().phase(); }
inline std::uint64_t step(MainWindow &window) {
  return window.session().view() ? window.session().view()->training.step : 0;
}

} // namespace duet::ui
