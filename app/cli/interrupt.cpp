#include "app/cli/interrupt.h"
#include "engine/base/error.h"
#include "engine/io/descriptor.h"
#include <unistd.h>

namespace duet {
namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Wakes the watcher at the end; nothing else takes it for anything, for by default it is ignored.
constexpr int wake = SIGURG;

} // namespace

Interrupt::Interrupt(const std::string &finishing)
    : notice_(finishing.empty() ? "" : "\nduet-cli: " + finishing + "; it ends by itself then.\n") {
  sigemptyset(&signals_);
  sigaddset(&signals_, wake);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGXCPU})
    if (!is_ignored(signal))
      sigaddset(&signals_, signal);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  try {
    watcher_ = std::jthread([this](const std::stop_token &done) { watch(done); });
  } catch (const std::system_error &) {
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    throw NoThreads();
  }
}

Interrupt::~Interrupt() {
  watcher_.request_stop();
  pthread_kill(watcher_.native_handle(), wake);
  watcher_.join();
  const timespec now{0, 0};
  while (sigtimedwait(&signals_, nullptr, &now) > 0) { // what was asked for is done
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::watch(const std::stop_token &done) {
  for (;;) {
    int signal = 0;
    sigwait(&signals_, &signal);
    if (done.stop_requested())
      return;
    if (signal == wake || source_.request_stop())
      continue;
    if (notice_.empty())
      ::_exit(static_cast<int>(ExitCode::interrupted));
    write_all(STDERR_FILENO, notice_);
  }
}

} // namespace duet
