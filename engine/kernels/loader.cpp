#include "engine/kernels/loader.h"
#include "engine/base/error.h"
#include <algorithm>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <map>
#include <mutex>

namespace duet {
namespace {

/// Where the program lies: the libraries lie beside it, or under ../lib/duet once installed.
std::vector<std::filesystem::path> folders() {
  std::error_code ignored;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  return {self, self / ".." / "lib" / "duet"};
}

Kernels load(const std::string &isa) {
  const std::string file = "duet_kernels_" + isa + ".so";
  for (const auto &folder : folders()) {
    void *library = dlopen((folder / file).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
      continue;
    using DenseEntry = const DenseKernels *(*)();
    using CircuitEntry = const CircuitKernels *(*)();
    const auto dense = reinterpret_cast<DenseEntry>(dlsym(library, "duet_dense_kernels"));
    const auto circuit = reinterpret_cast<CircuitEntry>(dlsym(library, "duet_circuit_kernels"));
    if (dense && circuit)
      return {isa, dense(), circuit()};
  }
  throw Error(ExitCode::usage, "The kernel library " + file + " is missing beside the program " +
                                   folders().front().string() + ": build Duet again or reinstall it.");
}

} // namespace

std::vector<std::string> runnable_isas() {
#if defined(__x86_64__)
  std::vector<std::string> isas = {"x86-64"};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
    isas.emplace_back("x86-64-v3");
  if (isas.size() == 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    isas.emplace_back("x86-64-v4");
  return isas;
#else
  return {"native"};
#endif
}

const Kernels &kernels_for(const std::string &isa) {
  static std::mutex mutex;
  static std::map<std::string, Kernels> loaded;
  std::lock_guard lock(mutex);
  const auto isas = runnable_isas();
  if (std::find(isas.begin(), isas.end(), isa) == isas.end()) {
    std::string list;
    for (const auto &name : isas)
      list += (list.empty() ? "" : ", ") + name;
    throw Error(ExitCode::usage,
                "DUET_ISA is '" + isa + "', which this machine cannot run: choose one of " + list + ".");
  }
  const auto found = loaded.find(isa);
  return found != loaded.end() ? found->second : loaded.emplace(isa, load(isa)).first->second;
}

const Kernels &kernels() {
  static const Kernels &chosen = [&]() -> const Kernels & {
    const char *forced = std::getenv("DUET_ISA");
    return kernels_for(forced && *forced ? forced : runnable_isas().back());
  }();
  return chosen;
}

} // namespace duet
