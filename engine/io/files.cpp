#include "engine/io/files.h"
#include "engine/base/error.h"
#include <atomic>
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

/// A file descriptor that closes itself.
class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close_now(); }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  /// False when the last of the data could not be stored (a full disk on a network file system).
  bool close_now() {
    const int number = number_;
    number_ = -1;
    return number < 0 || ::close(number) == 0;
  }

private:
  int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A pipe or a device (/dev/stdout) cannot be replaced by a rename: it is written to as it is.
bool write_to_device(const fs::path &file, std::string_view bytes) {
  std::error_code ignored;
  const fs::file_status status = fs::status(file, ignored);
  if (!fs::exists(status) || fs::is_regular_file(status))
    return false;
  if (fs::is_directory(status))
    fail_write(file, "it is a folder");
  Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (!out.is_open() || !write_all(out.number(), bytes))
    fail_write(file, reason());
  return true;
}

fs::path temporary_beside(const fs::path &target) {
  static std::atomic<unsigned> counter{0};
  return target.parent_path() / ("." + target.filename().string() + ".tmp-" + std::to_string(::getpid()) +
                                 "-" + std::to_string(counter++));
}

/// Makes a rename last: the folder's own entry is written out.
void sync_folder(const fs::path &folder) {
  const Descriptor entry(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (entry.is_open())
    ::fsync(entry.number());
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
  if (write_to_device(file, bytes))
    return;
  std::error_code ignored;
  const fs::path target = fs::is_symlink(file, ignored) ? fs::weakly_canonical(file, ignored) : file;
  const fs::path temporary = temporary_beside(target);
  Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!out.is_open())
    fail_write(file, reason());
  if (!write_all(out.number(), bytes) || ::fdatasync(out.number()) != 0 || !out.close_now() ||
      ::rename(temporary.c_str(), target.c_str()) != 0) {
    const std::string why = reason();
    ::unlink(temporary.c_str());
    fail_write(file, why);
  }
  sync_folder(target.parent_path());
}

std::string read_file(const fs::path &file) {
  const auto fail = [&](const std::string &why) {
    throw Error(ExitCode::usage, "Cannot read " + file.string() + ": " + why + ".");
  };
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!in.is_open())
    fail(reason());
  struct stat status {};
  if (::fstat(in.number(), &status) == 0 && S_ISDIR(status.st_mode))
    fail("it is a folder");
  std::string bytes(S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) + 1 : 65536, '\0');
  std::size_t used = 0;
  while (true) {
    const ssize_t got = ::read(in.number(), bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      fail(reason());
    if (got == 0)
      break;
    used += static_cast<std::size_t>(got);
    if (used == bytes.size())
      bytes.resize(used * 2);
  }
  bytes.resize(used);
  return bytes;
}

std::string sha256_hex(std::string_view bytes) { return digest_hex(EVP_sha256(), bytes); }
std::string md5_hex(std::string_view bytes) { return digest_hex(EVP_md5(), bytes); }

} // namespace duet
