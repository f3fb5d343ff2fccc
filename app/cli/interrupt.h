// Ctrl-C and its like as a stop token.
#pragma once
#include <csignal>
#include <stop_token>
#include <string>
#include <thread>

namespace duet {

/// While it lives, SIGINT, SIGTERM, SIGHUP and SIGXCPU ask to stop instead of ending the program, once. A
/// further one is told what is being finished; where there is nothing to finish it ends the program at once
/// with 130. Those that were ignored from the start (nohup, a background job) stay ignored. Make it before
/// any other thread, for threads inherit which signals they do not take. Throws Error (exit 2) where the
/// machine allows no thread.
class Interrupt {
public:
  /// finishing: "saving the checkpoint"; empty for nothing.
  explicit Interrupt(const std::string &finishing = "");
  ~Interrupt();
  Interrupt(const Interrupt &) = delete;
  Interrupt &operator=(const Interrupt &) = delete;
  std::stop_token token() const { return source_.get_token(); }
  bool requested() const { return source_.stop_requested(); }

private:
  void watch(const std::stop_token &done);

  std::string notice_; ///< what a further signal is told
  sigset_t signals_{}, before_{};
  std::stop_source source_;
  std::jthread watcher_;
};

} // namespace duet
