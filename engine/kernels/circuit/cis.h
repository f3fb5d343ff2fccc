// Cosine and sine of many angles at once, in double precision whatever the circuit's.
#pragma once
#include "engine/kernels/circuit/vectors.h"

namespace {

/// What is left of an angle in [-pi/4, pi/4], and how many quarter turns were taken off it.
struct Reduced {
  VectorOf<double> rest;
  Lanes<double>::Indices quarters; ///< in the low bits
};

/// Reduction by multiples of pi/2 in three parts (Cody and Waite; the parts are fdlibm's), for |x| < 1e6.
inline Reduced reduce(VectorOf<double> x) {
  constexpr double to_even = 6755399441055744.0; // 1.5 * 2^52: adding it rounds to an integer
  const auto shifted = x * 6.36619772367581382433e-01 + to_even;
  const auto k = shifted - to_even;
  const auto rest = ((x - k * 1.57079632673412561417e+00) - k * 6.07710050630396597660e-11) -
                    k * 2.02226624879595063154e-21;
  return {rest, reinterpret_cast<Lanes<double>::Indices>(shifted)};
}

/// Minimax polynomials on [-pi/4, pi/4]: fdlibm's k_sin.c and k_cos.c.
inline void cis_near_zero(VectorOf<double> r, VectorOf<double> &cosine, VectorOf<double> &sine) {
  const auto z = r * r;
  sine = r + r * z *
                 (-1.66666666666666324348e-01 +
                  z * (8.33333333332248946124e-03 +
                       z * (-1.98412698298579493134e-04 +
                            z * (2.75573137070700676789e-06 +
                                 z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))));
  cosine = 1.0 - 0.5 * z +
           z * z *
               (4.16666666666666019037e-02 +
                z * (-1.38888888888741095749e-03 +
                     z * (2.48015872894767294178e-05 +
                          z * (-2.75573143513906633035e-07 +
                               z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
}

/// The same for float, to the precision of float: fdlibm's k_sinf.c and k_cosf.c, rounded.
inline void cis_near_zero(VectorOf<float> r, VectorOf<float> &cosine, VectorOf<float> &sine) {
  const auto z = r * r;
  sine = r + r * z * (-1.6666667e-01f + z * (8.3333290e-03f + z * (-1.9839334e-04f + z * 2.7183114e-06f)));
  cosine = 1.0f - 0.5f * z + z * z * (4.1666623e-02f + z * (-1.3886763e-03f + z * 2.4390449e-05f));
}

template <class Real> void cis(std::size_t count, const double *radians, Real *cosine, Real *sine) {
  using L = Lanes<Real>;
  constexpr int halves = sizeof(double) / sizeof(Real), half = Lanes<double>::count;
  for (std::size_t v = 0; v < count / L::count; ++v) {
    VectorOf<Real> rest, c, s;
    typename L::Indices quarters;
    for (int h = 0; h < halves; ++h) {
      const Reduced part = reduce(Lanes<double>::load(radians, v * halves + h));
      for (int k = 0; k < half; ++k) {
        rest[h * half + k] = static_cast<Real>(part.rest[k]);
        quarters[h * half + k] = static_cast<std::remove_cvref_t<decltype(quarters[0])>>(part.quarters[k]);
      }
    }
    cis_near_zero(rest, c, s);
    const auto odd = (quarters & 1) != 0, sine_down = (quarters & 2) != 0,
               cosine_down = ((quarters + 1) & 2) != 0;
    const auto turned_c = odd ? s : c, turned_s = odd ? c : s;
    L::store(cosine, v, cosine_down ? -turned_c : turned_c);
    L::store(sine, v, sine_down ? -turned_s : turned_s);
  }
}

template <class Real>
void turn(std::size_t rows, const Real *of_cosine, const Real *of_sine, const Real *cosine, const Real *sine,
          Real *forward, Real *inverse) {
  using L = Lanes<Real>;
  const auto c = L::load(cosine, 0), s = L::load(sine, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto factor = L::load(of_cosine, row), off = L::load(of_sine, row) * s;
    const auto diagonal = factor * c + (L::all(1) - factor);
    L::store(forward, 2 * row, diagonal);
    L::store(forward, 2 * row + 1, off);
    L::store(inverse, 2 * row, diagonal);
    L::store(inverse, 2 * row + 1, -off);
  }
}

} // namespace
