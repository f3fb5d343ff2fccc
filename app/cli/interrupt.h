// Ctrl-C as a stop token.
#pragma once
#include <csignal>
#include <stop_token>
#include <thread>

namespace duet {

/// While it lives, SIGINT and SIGTERM ask to stop instead of ending the program; a second one ends it at
/// once with 130. Make it before any other thread, for threads inherit which signals they do not take.
class Interrupt {
public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt &) = delete;
  Interrupt &operator=(const Interrupt &) = delete;
  std::stop_token token() const { return source_.get_token(); }
  bool requested() const { return source_.stop_requested(); }

private:
  sigset_t signals_{}, before_{};
  std::stop_source source_;
  std::jthread watcher_;
};

} // namespace duet
