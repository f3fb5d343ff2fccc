#include "engine/simulator/mitigation.h"
#include "engine/base/error.h"
#include "engine/base/plain_number.h"
#include "engine/base/words.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

constexpr ZneFitFacts records[] = {
    {ZneFit::richardson, "richardson", "The polynomial through all points."},
    {ZneFit::linear, "linear", "The straight line nearest to the points."},
    {ZneFit::exponential, "exponential", "A decay towards 0, b exp(-c s)."},
};

/// The straight line of least weighted squares, at 0.
double line_at_zero(std::span<const int> scales, std::span<const double> values,
                    std::span<const double> weights) {
  double w = 0, s = 0, v = 0, ss = 0, sv = 0;
  for (std::size_t k = 0; k < scales.size(); ++k) {
    w += weights[k];
    s += weights[k] * scales[k];
    v += weights[k] * values[k];
  }
  s /= w, v /= w; // about the means, for what is far apart in size is not subtracted then
  for (std::size_t k = 0; k < scales.size(); ++k) {
    ss += weights[k] * (scales[k] - s) * (scales[k] - s);
    sv += weights[k] * (scales[k] - s) * (values[k] - v);
  }
  return ss > 0 ? v - sv / ss * s : v;
}

double polynomial_at_zero(std::span<const int> scales, std::span<const double> values) {
  double sum = 0;
  for (std::size_t k = 0; k < scales.size(); ++k) {
    double basis = 1; // Lagrange's
    for (std::size_t j = 0; j < scales.size(); ++j)
      if (j != k)
        basis *= scales[j] / double(scales[j] - scales[k]);
    sum += basis * values[k];
  }
  return sum;
}

double decay_at_zero(std::span<const int> scales, std::span<const double> values) {
  constexpr double least = 1e-6; // as Mitiq has it
  const double sign = values[0] < 0 ? -1 : 1;
  if (std::abs(values[0]) < 1e-12) // nothing that could decay
    return values[0];
  std::vector<double> sizes, logarithms;
  for (const double value : values) {
    sizes.push_back(std::max(sign * value, std::min(least, std::abs(values[0]))));
    logarithms.push_back(std::log(sizes.back()));
  }
  return sign * std::exp(line_at_zero(scales, logarithms, sizes));
}

} // namespace

std::span<const ZneFitFacts> all_zne_fits() { return records; }
std::string_view name_of(ZneFit fit) { return records[std::size_t(fit)].name; }

ZneFit read_zne_fit(std::string_view text, const std::string &where) {
  std::vector<std::string> names;
  for (const ZneFitFacts &record : records) {
    if (record.name == text)
      return record.fit;
    names.emplace_back(record.name);
  }
  throw Error(ExitCode::usage,
              where + " is \"" + std::string(text) + "\"; the fits are " + listed(names) + ".");
}

std::vector<int> read_noise_scales(std::string_view text, const std::string &where) {
  std::vector<int> scales;
  bool sound = true;
  for (std::string_view rest = text; sound;) {
    const std::size_t comma = rest.find(',');
    const auto scale = read_whole(rest.substr(0, comma));
    sound = scale && *scale % 2 == 1 && *scale <= most_noise_scale &&
            *scale > (scales.empty() ? 0 : scales.back());
    if (sound)
      scales.push_back(int(*scale));
    if (comma == std::string_view::npos)
      break;
    rest.remove_prefix(comma + 1);
  }
  if (!sound || scales.size() < 2)
    throw Error(ExitCode::usage, where + " is \"" + std::string(text) +
                                     "\"; allowed: two or more odd numbers from 1 to " +
                                     std::to_string(most_noise_scale) + ", increasing, such as 1,3,5.");
  return scales;
}

double at_zero_noise(ZneFit fit, std::span<const int> scales, std::span<const double> values) {
  switch (fit) {
  case ZneFit::richardson:
    return polynomial_at_zero(scales, values);
  case ZneFit::linear:
    return line_at_zero(scales, values, std::vector<double>(values.size(), 1.0));
  case ZneFit::exponential:
    break;
  }
  return decay_at_zero(scales, values);
}

} // namespace duet
