#include "engine/io/gzip.h"
#include "engine/base/error.h"
#include "engine/base/words.h"
#include <algorithm>
#include <zlib.h>

namespace duet {
namespace {

/// zlib's stream, ended when it leaves scope.
class Inflater {
public:
  Inflater() {
    constexpr int gzip_window = 15 + 16; // largest window, gzip wrapper
    if (inflateInit2(&stream, gzip_window) != Z_OK)
      throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater &) = delete;
  Inflater &operator=(const Inflater &) = delete;
  z_stream stream{};
};

/// zlib counts in 32 bits: a long stream is handed over in pieces.
constexpr std::size_t piece_bytes = 1u << 30;

} // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.size() >= 2 && static_cast<unsigned char>(bytes[0]) == 0x1f &&
         static_cast<unsigned char>(bytes[1]) == 0x8b;
}

std::string gunzip(std::string_view bytes, const std::string &name, std::size_t limit) {
  Inflater inflater;
  z_stream &stream = inflater.stream;
  std::string out;
  std::size_t used = 0;
  while (used < limit) {
    if (out.size() == used)
      out.resize(std::min(limit, std::max<std::size_t>(used * 2, std::min(limit, bytes.size() * 4 + 64))));
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(std::min(bytes.size(), piece_bytes));
    stream.next_out = reinterpret_cast<Bytef *>(out.data() + used);
    const uInt room = static_cast<uInt>(std::min(out.size() - used, piece_bytes));
    const uInt given = stream.avail_in;
    stream.avail_out = room;
    const int result = inflate(&stream, Z_NO_FLUSH);
    bytes.remove_prefix(given - stream.avail_in);
    used += room - stream.avail_out;
    if (result == Z_STREAM_END) {
      if (!is_gzip(bytes)) // the end, or padding after it
        break;
      inflateReset(&stream); // a further member
    } else if (result == Z_BUF_ERROR && bytes.empty()) {
      throw Error(ExitCode::data, "Damaged file " + name + ": its gzip stream ends too early, after " +
                                      counted(used, "unpacked byte") + ".");
    } else if (result != Z_OK) {
      throw Error(ExitCode::data, "Damaged file " + name + ": its gzip stream is broken after " +
                                      counted(used, "unpacked byte") + ".");
    }
  }
  out.resize(used);
  return out;
}

} // namespace duet
