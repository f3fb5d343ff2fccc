// One vector of floats, as wide as the instruction set this file is compiled for.
#pragma once
#include <cstdint>

namespace {

constexpr int lanes = DUET_VECTOR_BYTES / 4;
typedef float Vec __attribute__((vector_size(DUET_VECTOR_BYTES), may_alias));
typedef std::int32_t IntVec __attribute__((vector_size(DUET_VECTOR_BYTES), may_alias));
typedef std::uint32_t WordVec __attribute__((vector_size(DUET_VECTOR_BYTES), may_alias));

inline Vec load(const float *p) { return *reinterpret_cast<const Vec *>(p); }
inline void store(float *p, Vec v) { *reinterpret_cast<Vec *>(p) = v; }
inline Vec splat(float x) { return x - Vec{}; }
inline Vec abs(Vec x) { return reinterpret_cast<Vec>(reinterpret_cast<IntVec>(x) & 0x7fffffff); }
inline Vec max(Vec a, Vec b) { return a > b ? a : b; }
inline Vec min(Vec a, Vec b) { return a < b ? a : b; }
/// 1 where the mask holds, else 0.
inline Vec one_where(IntVec mask) { return reinterpret_cast<Vec>(mask & 0x3f800000); }
inline Vec zero_where(IntVec mask, Vec x) {
  return reinterpret_cast<Vec>(reinterpret_cast<IntVec>(x) & ~mask);
}

/// Largest whole number not above x. From 2^23 on every float is whole, and not a number stays so.
inline Vec floor(Vec x) {
  const Vec whole = __builtin_convertvector(__builtin_convertvector(x, IntVec), Vec);
  return abs(x) < 8388608.0f ? whole - one_where(whole > x) : x;
}

/// e^x to about 1 unit in the last place: x = n ln 2 + r, |r| <= ln 2 / 2, and a Taylor polynomial of degree
/// 7 (remainder 5e-9). Clamped to the range of normal floats.
inline Vec exp(Vec x) {
  x = min(max(x, splat(-87.0f)), splat(88.0f));
  const Vec n = floor(x * 1.44269504088896f + 0.5f);
  Vec r = x - n * 0.693359375f; // ln 2 in two parts: the first is exact in 9 bits
  r = r - n * -2.12194440e-4f;
  Vec p = splat(1.0f / 5040);
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const IntVec power = (__builtin_convertvector(n, IntVec) + 127) << 23;
  return p * reinterpret_cast<Vec>(power);
}

} // namespace
