// libFuzzer on one reader, named by the target that is built: preset fuzz, then
//   .build/fuzz/bin/fuzz_qasm -max_total_time=120 FOUND_FOLDER tests/fuzz/corpus/qasm
#include "tests/fuzz/reader_properties.h"
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const duet::fuzz::ReaderProperty &reader = duet::fuzz::reader_property(DUET_FUZZED_READER);
  const std::string broken = reader.broken_promise({reinterpret_cast<const char *>(data), size});
  if (!broken.empty()) {
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
  }
  return 0;
}
