// Memory for vectors of numbers.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

namespace duet {

/// An array that begins on a cache line. Grows only, and forgets its contents when it does.
template <class T> class GrowOnlyArray {
public:
  void reserve(std::size_t count) {
    if (count <= size_)
      return;
    const std::size_t bytes = (count * sizeof(T) + 63) / 64 * 64;
    data_.reset(static_cast<T *>(std::aligned_alloc(64, bytes)));
    if (!data_)
      throw std::bad_alloc();
    size_ = count;
    std::fill(data(), data() + count, T{});
  }
  T *data() const { return data_.get(); }
  std::size_t size() const { return size_; }

private:
  struct Free {
    void operator()(T *p) const { std::free(p); }
  };
  std::unique_ptr<T, Free> data_;
  std::size_t size_ = 0;
};

} // namespace duet
