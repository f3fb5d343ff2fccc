#include "engine/io/tar.h"
#include "engine/base/error.h"
#include <cstdint>

// POSIX.1-1988 ustar: 512-byte headers, each followed by its file, padded to 512 bytes.
namespace duet {
namespace {

constexpr std::size_t block_bytes = 512;

/// A field that ends at its first zero byte.
std::string text_at(std::string_view header, std::size_t offset, std::size_t size) {
  const std::string_view field = header.substr(offset, size);
  return std::string(field.substr(0, field.find('\0')));
}

/// An octal number, ended by a space or a zero byte; -1 when it is none.
std::int64_t octal_at(std::string_view header, std::size_t offset, std::size_t size) {
  std::int64_t value = 0;
  bool any = false;
  for (const char c : header.substr(offset, size)) {
    if (c >= '0' && c <= '7') {
      value = value * 8 + (c - '0');
      any = true;
    } else if (any || c != ' ') {
      break;
    }
  }
  return any ? value : -1;
}

/// The sum of the header's bytes, its own field counted as spaces.
std::int64_t checksum_of(std::string_view header) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < block_bytes; ++i)
    sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(header[i]);
  return sum;
}

} // namespace

std::map<std::string, std::string> read_tar(std::string_view archive, const std::string &name) {
  const auto fail = [&](const std::string &why) {
    throw Error(ExitCode::data, "Damaged archive " + name + ": " + why + ".");
  };
  std::map<std::string, std::string> files;
  while (true) {
    if (archive.size() < block_bytes)
      fail("it ends too early");
    const std::string_view header = archive.substr(0, block_bytes);
    archive.remove_prefix(block_bytes);
    if (header.find_first_not_of('\0') == std::string_view::npos) // an empty block ends the archive
      return files;
    if (octal_at(header, 148, 8) != checksum_of(header))
      fail("the header after " + std::to_string(files.size()) + " files has a wrong checksum");
    const std::int64_t size = octal_at(header, 124, 12);
    if (size < 0 || static_cast<std::uint64_t>(size) > archive.size())
      fail("it ends within " + text_at(header, 0, 100));
    const char type = header[156];
    if (type == '0' || type == '\0') {
      const std::string folder = header.substr(257, 5) == "ustar" ? text_at(header, 345, 155) : "";
      files[(folder.empty() ? "" : folder + "/") + text_at(header, 0, 100)] =
          archive.substr(0, static_cast<std::size_t>(size));
    }
    const std::size_t padded = (static_cast<std::size_t>(size) + block_bytes - 1) / block_bytes * block_bytes;
    archive.remove_prefix(std::min(padded, archive.size()));
  }
}

} // namespace duet
