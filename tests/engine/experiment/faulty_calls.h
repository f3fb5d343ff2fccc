// A disk that fails: stands in front of the C library's calls on files, for the one program that includes
// this. Armed, every call that can change a file counts, and the one asked for goes wrong.
#pragma once
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <set>
#include <string>
#include <unistd.h>
#include <vector>

namespace faulty {

enum class Fault {
  none,
  fail,      ///< the call returns an error
  interrupt, ///< a signal comes in between: EINTR, to be called again
  shorten,   ///< from there on only one byte in seven is written at a time
  kill,      ///< the process ends before the call, as by kill -9
  // The power goes before the call. What was written but not synced is lost, and of the renames that the
  // folder does not know on the disk yet
  cut_keeping_renames,     ///< all have come through
  cut_losing_renames,      ///< none has
  cut_keeping_last_rename, ///< only the newest has
};

struct Rename {
  std::string from, to, kept; ///< kept: the file that was replaced, "" for none
};

struct State {
  Fault fault = Fault::none;
  int at = 0, calls = 0, error = ENOSPC;
  bool armed = false;
  std::map<int, std::string> paths; ///< of open descriptors
  std::set<std::string> unsynced;   ///< files with data that only memory holds
  std::vector<Rename> renames;      ///< that the folder's sync has not seen
};
inline State state;

template <class Function> Function *real(const char *name) {
  return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

inline void arm(Fault fault, int at, int error = ENOSPC) {
  state = {};
  state.fault = fault;
  state.at = at;
  state.error = error;
  state.armed = true;
}

inline void forget_renames() {
  for (const Rename &rename : state.renames)
    if (!rename.kept.empty())
      real<int(const char *)>("unlink")(rename.kept.c_str());
  state.renames.clear();
}

/// What the disk holds when the power comes back.
inline void lose_power() {
  const auto rename = real<int(const char *, const char *)>("rename");
  std::vector<Rename> lost = state.renames;
  if (state.fault == Fault::cut_keeping_renames)
    lost.clear();
  if (state.fault == Fault::cut_keeping_last_rename && !lost.empty())
    lost.pop_back();
  for (auto one = lost.rbegin(); one != lost.rend(); ++one) {
    rename(one->to.c_str(), one->from.c_str());
    if (!one->kept.empty())
      rename(one->kept.c_str(), one->to.c_str());
    if (state.unsynced.erase(one->to))
      state.unsynced.insert(one->from);
  }
  for (const std::string &file : state.unsynced)
    if (::truncate(file.c_str(), 0) != 0)
      std::perror(file.c_str());
  forget_renames();
}

/// After the last call of what was tried: the power goes once all is said to be done.
inline void lose_power_afterwards() {
  if (state.fault >= Fault::cut_keeping_renames)
    lose_power();
  forget_renames();
}

/// True when this call is to fail with errno.
inline bool strikes() {
  if (!state.armed || ++state.calls != state.at)
    return false;
  switch (state.fault) {
  case Fault::fail:
    errno = state.error;
    return true;
  case Fault::interrupt:
    errno = EINTR;
    return true;
  case Fault::none:
  case Fault::shorten:
    return false;
  case Fault::kill:
    forget_renames();
    ::_exit(99);
  case Fault::cut_keeping_renames:
  case Fault::cut_losing_renames:
  case Fault::cut_keeping_last_rename:
    lose_power();
    ::_exit(99);
  }
  return false;
}

} // namespace faulty

extern "C" {

int open(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & O_CREAT) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  if (writes && faulty::state.fault != faulty::Fault::interrupt && faulty::strikes())
    return -1;
  const int descriptor = faulty::real<int(const char *, int, ...)>("open")(path, flags, mode);
  if (faulty::state.armed && descriptor >= 0) {
    faulty::state.paths[descriptor] = path;
    if (writes && (flags & O_TRUNC))
      faulty::state.unsynced.insert(path);
  }
  return descriptor;
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  using faulty::state;
  if (!state.armed || !state.paths.contains(descriptor))
    return faulty::real<ssize_t(int, const void *, size_t)>("write")(descriptor, bytes, size);
  if (faulty::strikes())
    return -1;
  if (state.fault == faulty::Fault::shorten && state.calls >= state.at)
    size = size / 7 + 1;
  state.unsynced.insert(state.paths[descriptor]);
  return faulty::real<ssize_t(int, const void *, size_t)>("write")(descriptor, bytes, size);
}

int fdatasync(int descriptor) {
  if (faulty::state.fault != faulty::Fault::interrupt && faulty::strikes())
    return -1;
  faulty::state.unsynced.erase(faulty::state.paths[descriptor]);
  return 0; // the disk of a test need not turn
}

int fsync(int descriptor) {
  if (faulty::state.fault != faulty::Fault::interrupt && faulty::strikes())
    return -1;
  faulty::state.unsynced.erase(faulty::state.paths[descriptor]);
  faulty::forget_renames(); // all tests work in one folder
  return 0;
}

int rename(const char *from, const char *to) {
  using faulty::state;
  if (!state.armed)
    return faulty::real<int(const char *, const char *)>("rename")(from, to);
  if (state.fault != faulty::Fault::interrupt && faulty::strikes())
    return -1;
  const std::string kept = std::string(to) + ".kept-by-the-disk";
  const bool replaces = ::link(to, kept.c_str()) == 0;
  state.renames.push_back({from, to, replaces ? kept : ""});
  if (state.unsynced.erase(from))
    state.unsynced.insert(to);
  return faulty::real<int(const char *, const char *)>("rename")(from, to);
}

} // extern "C"
