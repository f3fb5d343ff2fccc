// Zero-noise extrapolation, as Mitiq defines it: the same circuit with more noise, and from that back to
// none. engine/MODEL.md 6.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duet {

enum class ZneFit : std::uint8_t { richardson, linear, exponential };

struct ZneFitFacts {
  ZneFit fit;
  std::string_view name;
  std::string_view help; ///< one sentence
};
std::span<const ZneFitFacts> all_zne_fits(); ///< in the enumeration's order
std::string_view name_of(ZneFit fit);

/// A circuit U is run as U (U^-1 U)^k, gate by gate, at the noise scale 2 k + 1.
struct Mitigation {
  ZneFit fit = ZneFit::richardson;
  std::vector<int> scales = {1, 3, 5}; ///< odd, increasing
  bool operator==(const Mitigation &) const = default;
};

inline constexpr int most_noise_scale = 99;

/// Throw Error (exit 2). `where`: the option they were given to.
ZneFit read_zne_fit(std::string_view text, const std::string &where);
/// "1,3,5"
std::vector<int> read_noise_scales(std::string_view text, const std::string &where);

/// The fit's value at scale 0. richardson: the polynomial through all points. linear: the straight line of
/// least squares. exponential: b exp(-c s) by least squares of the logarithm, each weighted by its value;
/// values of the other sign than the first count as the least that there is of its sign.
double at_zero_noise(ZneFit fit, std::span<const int> scales, std::span<const double> values);

} // namespace duet
