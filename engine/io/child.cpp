#include "engine/io/child.h"
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace duet {
namespace {

constexpr int poll_ms = 100; // how late a stop may be noticed

/// Starts the command as leader of its own process group, writing to `output`. 0 when it cannot.
pid_t spawn(const std::vector<std::string> &command, const std::filesystem::path &folder, int output) {
  std::vector<char *> arguments;
  for (const std::string &argument : command)
    arguments.push_back(const_cast<char *>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t nothing, usual;
  sigemptyset(&nothing); // the caller may hold signals back or pass them over; the child must not
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  sigaddset(&usual, SIGXFSZ);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setsigmask(&attributes, &nothing);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed ? 0 : child;
}

} // namespace

std::string ChildResult::last_line() const {
  const std::size_t end = output.find_last_not_of(" \n\r\t");
  if (end == std::string::npos)
    return {};
  const std::size_t begin = output.find_last_of('\n', end);
  return output.substr(begin == std::string::npos ? 0 : begin + 1,
                       end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

ChildResult run_child(const std::vector<std::string> &command, const std::filesystem::path &folder,
                      const std::stop_token &stop) {
  ChildResult result;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return result;
  const pid_t child = spawn(command, folder, ends[1]);
  ::close(ends[1]);
  result.started = child != 0;
  bool told_to_stop = false;
  std::array<char, 4096> buffer;
  while (result.started) {
    if (stop.stop_requested() && !told_to_stop) {
      ::kill(-child, SIGTERM);
      told_to_stop = true;
    }
    pollfd wait{ends[0], POLLIN, 0};
    if (::poll(&wait, 1, poll_ms) <= 0)
      continue;
    const ssize_t got = ::read(ends[0], buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      break;
    result.output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  if (result.started) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return result;
}

} // namespace duet
