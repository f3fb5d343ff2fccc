// libFuzzer on the OpenQASM reader: build with clang (target fuzz_qasm), then
//   fuzz_qasm -max_total_time=60 tests/fuzz/corpus/qasm
#include "tests/fuzz/qasm_property.h"
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size) {
  const std::string broken = duet::fuzz::broken_promise({reinterpret_cast<const char *>(data), size});
  if (!broken.empty()) {
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
  }
  return 0;
}
