// Cosine and sine of many angles at once, in double precision whatever the circuit's.
#pragma once
#include "engine/kernels/circuit/vectors.h"

namespace {

/// exp(i x): reduction by multiples of pi/2 in three parts (Cody and Waite; the parts and the minimax
/// polynomials are those of fdlibm's k_sin.c and k_cos.c), good to a unit in the last place for |x| < 1e6.
inline void cis_vector(VectorOf<double> x, VectorOf<double> &cosine, VectorOf<double> &sine) {
  constexpr double to_even = 6755399441055744.0; // 1.5 * 2^52: adding it rounds to an integer
  const auto shifted = x * 6.36619772367581382433e-01 + to_even;
  const auto quadrant = reinterpret_cast<Lanes<double>::Indices>(shifted);
  const auto k = shifted - to_even;
  const auto r = ((x - k * 1.57079632673412561417e+00) - k * 6.07710050630396597660e-11) - k * 2.02226624879595063154e-21;
  const auto z = r * r;
  const auto s = r + r * z * (-1.66666666666666324348e-01 + z * (8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 +
                 z * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))));
  const auto c = 1.0 - 0.5 * z + z * z * (4.16666666666666019037e-02 + z * (-1.38888888888741095749e-03 + z * (2.48015872894767294178e-05 +
                 z * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
  const auto odd = (quadrant & 1) != 0, sine_down = (quadrant & 2) != 0, cosine_down = ((quadrant + 1) & 2) != 0;
  cosine = odd ? s : c;
  sine = odd ? c : s;
  cosine = cosine_down ? -cosine : cosine;
  sine = sine_down ? -sine : sine;
}

template <class Real> void cis(std::size_t count, const double *radians, Real *cosine, Real *sine) {
  using L = Lanes<double>;
  for (std::size_t k = 0; k < count; k += L::count) {
    VectorOf<double> c, s;
    cis_vector(L::load(radians + k, 0), c, s);
    for (int lane = 0; lane < L::count; ++lane) {
      cosine[k + lane] = static_cast<Real>(c[lane]);
      sine[k + lane] = static_cast<Real>(s[lane]);
    }
  }
}

} // namespace
