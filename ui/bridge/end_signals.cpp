#include "ui/bridge/end_signals.h"
#include <QSocketNotifier>
#include <array>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace duet::ui {
namespace {

constexpr std::array end_signals = {SIGTERM, SIGINT, SIGHUP};
std::atomic<int> pipe_in = -1; ///< the writing end; all a handler may touch
struct sigaction before[end_signals.size()];

void on_signal(int number) {
  const int kept = errno;
  const auto byte = static_cast<unsigned char>(number);
  [[maybe_unused]] const auto written = ::write(pipe_in, &byte, 1);
  errno = kept;
}

} // namespace

EndSignals::EndSignals(QObject *parent) : QObject(parent) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
    return; // without a pipe the signals end the process as ever
  pipe_in = ends[1];
  notifier_ = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
  connect(notifier_, &QSocketNotifier::activated, this, [this] {
    unsigned char number = 0;
    notifier_->setEnabled(false);
    if (::read(static_cast<int>(notifier_->socket()), &number, 1) == 1)
      Q_EMIT endWanted(number);
  });
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < end_signals.size(); ++i) {
    ::sigaction(end_signals[i], nullptr, &before[i]);
    if (before[i].sa_handler != SIG_IGN) // nohup stays nohup
      ::sigaction(end_signals[i], &action, nullptr);
  }
}

EndSignals::~EndSignals() {
  if (!notifier_)
    return;
  for (std::size_t i = 0; i < end_signals.size(); ++i)
    ::sigaction(end_signals[i], &before[i], nullptr);
  const int in = pipe_in.exchange(-1);
  ::close(static_cast<int>(notifier_->socket()));
  ::close(in);
}

} // namespace duet::ui
