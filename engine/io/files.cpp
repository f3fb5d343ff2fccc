#include "engine/io/files.h"
#include "engine/base/words.h"
#include "engine/io/descriptor.h"
#include "engine/io/replacement.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace duet {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

[[noreturn]] void fail_write(const fs::path &file, const std::string &why) {
  throw Error(ExitCode::write, "Cannot write " + file.string() + ": " + why + ".");
}

/// The standard stream that this very file already is (`--csv /dev/stdout >file`); -1 for none.
int standard_stream_of(const struct stat &file) {
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
    if (struct stat own{};
        ::fstat(stream, &own) == 0 && own.st_dev == file.st_dev && own.st_ino == file.st_ino)
      return stream;
  return -1;
}

/// A pipe, a device (/dev/stdout) or a file that is a standard stream of ours cannot be replaced by a rename:
/// it is written to as it is. False for all others.
bool written_in_place(const fs::path &file, std::string_view bytes) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0)
    return false;
  if (S_ISDIR(status.st_mode))
    fail_write(file, "it is a folder");
  const int stream = standard_stream_of(status);
  if (S_ISREG(status.st_mode) && stream < 0)
    return false;
  Descriptor own(stream < 0 ? ::open(file.c_str(), O_WRONLY | O_CLOEXEC) : -1);
  const int out = stream < 0 ? own.number() : stream;
  if (out < 0 || !write_all(out, bytes) || !own.close_now()) {
    if (errno == EPIPE)
      throw ReaderGone(file.string());
    fail_write(file, reason());
  }
  return true;
}

[[noreturn]] void fail_read(const std::string &what, const std::string &why) {
  throw Error(ExitCode::usage, "Cannot read " + what + ": " + why + ".");
}

/// To the end, whatever it is, but no more than `most` bytes.
std::string read_all(int descriptor, const std::string &what, std::size_t most) {
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode))
    fail_read(what, "it is a folder");
  std::string bytes(
      S_ISREG(status.st_mode) ? std::min(static_cast<std::size_t>(status.st_size), most) + 1 : 65536, '\0');
  std::size_t used = 0;
  while (true) {
    const ssize_t got = ::read(descriptor, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      fail_read(what, reason());
    if (got == 0)
      break;
    used += static_cast<std::size_t>(got);
    if (used > most)
      fail_read(what, "it has more than " + grouped(static_cast<double>(most)) + " bytes, which is the most");
    if (used == bytes.size())
      bytes.resize(used * 2);
  }
  bytes.resize(used);
  return bytes;
}

std::string digest_hex(const EVP_MD *algorithm, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (!EVP_Digest(bytes.data(), bytes.size(), digest, &size, algorithm, nullptr))
    throw std::runtime_error("OpenSSL does not offer this digest here");
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += "0123456789abcdef"[digest[i] >> 4];
    hex += "0123456789abcdef"[digest[i] & 15];
  }
  return hex;
}

} // namespace

void write_file(const fs::path &file, std::string_view bytes) {
  if (written_in_place(file, bytes))
    return;
  std::error_code ignored;
  const fs::path target = fs::is_symlink(file, ignored) ? fs::weakly_canonical(file, ignored) : file;
  Replacement replacement;
  replacement.add(target, bytes);
  replacement.commit();
}

void write_to_standard_output(std::string_view bytes) {
  if (write_all(STDOUT_FILENO, bytes))
    return;
  if (errno == EPIPE)
    throw ReaderGone("standard output");
  throw Error(ExitCode::write, "The results cannot be written to standard output: " + reason() +
                                   "; free space or name another place.");
}

std::string read_file(const fs::path &file, std::size_t most) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!in.is_open())
    fail_read(file.string(), reason());
  return read_all(in.number(), file.string(), most);
}

std::string read_standard_input(std::size_t most) { return read_all(STDIN_FILENO, "standard input", most); }

std::string sha256_hex(std::string_view bytes) { return digest_hex(EVP_sha256(), bytes); }
std::string md5_hex(std::string_view bytes) { return digest_hex(EVP_md5(), bytes); }

} // namespace duet
