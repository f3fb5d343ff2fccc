#include "app/cli/interrupt.h"
#include "engine/base/error.h"
#include <unistd.h>

namespace duet {

Interrupt::Interrupt() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  watcher_ = std::jthread([this](std::stop_token done) {
    const timespec patience{0, 50'000'000};
    while (!done.stop_requested()) {
      if (sigtimedwait(&signals_, nullptr, &patience) < 0)
        continue;
      if (!source_.request_stop())
        _exit(static_cast<int>(ExitCode::interrupted));
    }
  });
}

Interrupt::~Interrupt() {
  watcher_.request_stop();
  watcher_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

} // namespace duet
