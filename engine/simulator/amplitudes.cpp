#include "engine/simulator/amplitudes.h"

namespace duet {
namespace {

using Complex = std::complex<double>;

/// Calls body(first, count) for runs of consecutive indices that have none of the bits of `fixed`.
template <class Body> void for_runs(std::size_t size, std::size_t fixed, Body body) {
  const std::size_t run = fixed & (~fixed + 1); // the lowest fixed bit: all below it run freely
  const std::size_t mask = fixed | (run - 1);
  for (std::size_t first = 0; first < size; first = ((first | mask) + 1) & ~mask)
    body(first, run);
}

void apply_one(const Complex *matrix, std::size_t bit, std::size_t controls, Amplitudes &amplitudes) {
  const double ar = matrix[0].real(), ai = matrix[0].imag(), br = matrix[1].real(), bi = matrix[1].imag();
  const double cr = matrix[2].real(), ci = matrix[2].imag(), dr = matrix[3].real(), di = matrix[3].imag();
  for_runs(amplitudes.size(), bit | controls, [&](std::size_t first, std::size_t count) {
    double *__restrict re0 = amplitudes.re.data() + first + controls;
    double *__restrict im0 = amplitudes.im.data() + first + controls;
    double *__restrict re1 = re0 + bit;
    double *__restrict im1 = im0 + bit;
    for (std::size_t k = 0; k < count; ++k) {
      const double xr = re0[k], xi = im0[k], yr = re1[k], yi = im1[k];
      re0[k] = ar * xr - ai * xi + br * yr - bi * yi;
      im0[k] = ar * xi + ai * xr + br * yi + bi * yr;
      re1[k] = cr * xr - ci * xi + dr * yr - di * yi;
      im1[k] = cr * xi + ci * xr + dr * yi + di * yr;
    }
  });
}

void apply_two(const Complex *matrix, std::size_t high, std::size_t low, std::size_t controls,
               Amplitudes &amplitudes) {
  double mr[4][4], mi[4][4];
  for (std::size_t e = 0; e < 16; ++e)
    mr[e / 4][e % 4] = matrix[e].real(), mi[e / 4][e % 4] = matrix[e].imag();
  for_runs(amplitudes.size(), high | low | controls, [&](std::size_t first, std::size_t count) {
    double *__restrict re0 = amplitudes.re.data() + first + controls;
    double *__restrict im0 = amplitudes.im.data() + first + controls;
    double *__restrict re1 = re0 + low;
    double *__restrict im1 = im0 + low;
    double *__restrict re2 = re0 + high;
    double *__restrict im2 = im0 + high;
    double *__restrict re3 = re2 + low;
    double *__restrict im3 = im2 + low;
    for (std::size_t k = 0; k < count; ++k) {
      const double xr[4] = {re0[k], re1[k], re2[k], re3[k]}, xi[4] = {im0[k], im1[k], im2[k], im3[k]};
      double yr[4], yi[4];
      for (int row = 0; row < 4; ++row) {
        yr[row] = mr[row][0] * xr[0] - mi[row][0] * xi[0] + mr[row][1] * xr[1] - mi[row][1] * xi[1] +
                  mr[row][2] * xr[2] - mi[row][2] * xi[2] + mr[row][3] * xr[3] - mi[row][3] * xi[3];
        yi[row] = mr[row][0] * xi[0] + mi[row][0] * xr[0] + mr[row][1] * xi[1] + mi[row][1] * xr[1] +
                  mr[row][2] * xi[2] + mi[row][2] * xr[2] + mr[row][3] * xi[3] + mi[row][3] * xr[3];
      }
      re0[k] = yr[0], re1[k] = yr[1], re2[k] = yr[2], re3[k] = yr[3];
      im0[k] = yi[0], im1[k] = yi[1], im2[k] = yi[2], im3[k] = yi[3];
    }
  });
}

void apply_many(std::span<const Complex> matrix, std::span<const std::size_t> bits, std::size_t controls,
                Amplitudes &amplitudes) {
  const std::size_t width = std::size_t{1} << bits.size();
  std::vector<std::size_t> offset(width, controls);
  std::size_t fixed = controls;
  for (std::size_t b = 0; b < bits.size(); ++b) {
    fixed |= bits[b];
    for (std::size_t row = 0; row < width; ++row)
      if (row >> (bits.size() - 1 - b) & 1)
        offset[row] |= bits[b];
  }
  std::vector<Complex> before(width);
  for_runs(amplitudes.size(), fixed, [&](std::size_t first, std::size_t count) {
    for (std::size_t base = first; base < first + count; ++base) {
      for (std::size_t row = 0; row < width; ++row)
        before[row] = {amplitudes.re[base + offset[row]], amplitudes.im[base + offset[row]]};
      for (std::size_t row = 0; row < width; ++row) {
        double re = 0, im = 0;
        for (std::size_t column = 0; column < width; ++column) {
          const Complex m = matrix[row * width + column], x = before[column];
          re += m.real() * x.real() - m.imag() * x.imag();
          im += m.real() * x.imag() + m.imag() * x.real();
        }
        amplitudes.re[base + offset[row]] = re, amplitudes.im[base + offset[row]] = im;
      }
    }
  });
}

} // namespace

void Amplitudes::start(std::size_t size) {
  re.assign(size, 0.0);
  im.assign(size, 0.0);
  re[0] = 1;
}

void apply_to_bits(std::span<const Complex> matrix, std::span<const std::size_t> bits, std::size_t controls,
                   Amplitudes &amplitudes) {
  if (bits.size() == 1)
    apply_one(matrix.data(), bits[0], controls, amplitudes);
  else if (bits.size() == 2)
    apply_two(matrix.data(), bits[0], bits[1], controls, amplitudes);
  else
    apply_many(matrix, bits, controls, amplitudes);
}

std::array<Complex, 4> reduced_to_bit(const Amplitudes &amplitudes, std::size_t bit) {
  double zero = 0, one = 0, re = 0, im = 0; // re + i im: of a_1 conj(a_0)
  for_runs(amplitudes.size(), bit, [&](std::size_t first, std::size_t count) {
    const double *re0 = amplitudes.re.data() + first, *im0 = amplitudes.im.data() + first;
    const double *re1 = re0 + bit, *im1 = im0 + bit;
    for (std::size_t k = 0; k < count; ++k) {
      zero += re0[k] * re0[k] + im0[k] * im0[k];
      one += re1[k] * re1[k] + im1[k] * im1[k];
      re += re1[k] * re0[k] + im1[k] * im0[k];
      im += im1[k] * re0[k] - re1[k] * im0[k];
    }
  });
  return {zero, Complex(re, -im), Complex(re, im), one};
}

} // namespace duet
