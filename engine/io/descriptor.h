// A file descriptor that closes itself.
#pragma once
#include <string_view>
#include <utility>

namespace duet {

class Descriptor {
public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close_now(); }
  Descriptor(Descriptor &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor &operator=(Descriptor &&other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  /// False, with errno, when the last of the data could not be stored (a full disk on a network file system).
  bool close_now();

private:
  int number_;
};

/// All of the bytes, in as many pieces as it takes. False, with errno, when they cannot all be written.
bool write_all(int descriptor, std::string_view bytes);

} // namespace duet
