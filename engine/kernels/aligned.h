// Memory aligned for the widest vectors.
#pragma once
#include <cstddef>
#include <new>
#include <vector>

namespace duet {

/// Allocates on cache lines, which are also the widest vectors: 64 bytes.
template <class T> struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U> CacheLineAllocator(const CacheLineAllocator<U> &) {}
  T *allocate(std::size_t n) {
    return static_cast<T *>(::operator new (n * sizeof(T), std::align_val_t{64}));
  }
  void deallocate(T *p, std::size_t) { ::operator delete (p, std::align_val_t{64}); }
  bool operator==(const CacheLineAllocator &) const { return true; }
};

template <class T> using Aligned = std::vector<T, CacheLineAllocator<T>>;

/// Rows of floats are padded to whole cache lines: 16 floats, a multiple of every vector width.
inline constexpr int row_padding = 16;
inline constexpr int padded(int n) { return (n + row_padding - 1) / row_padding * row_padding; }

} // namespace duet
