#include "engine/base/words.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace duet {
namespace {

/// Letters to put in, take out, replace or swap with their neighbour to make one word of the other
/// (Damerau's distance, each place changed once).
std::size_t distance(const std::string &a, const std::string &b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  std::iota(d[0].begin(), d[0].end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    d[i][0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      d[i][k] = std::min({d[i - 1][k] + 1, d[i][k - 1] + 1, d[i - 1][k - 1] + (a[i - 1] != b[k - 1])});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        d[i][k] = std::min(d[i][k], d[i - 2][k - 2] + 1);
    }
  }
  return d.back().back();
}

} // namespace

std::string grouped(double value) {
  std::string digits = std::to_string(static_cast<long long>(std::llround(value)));
  const std::ptrdiff_t first = value < 0 ? 1 : 0;
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > first; i -= 3)
    digits.insert(static_cast<std::size_t>(i), 1, ',');
  return digits;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return grouped(static_cast<double>(count)) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

std::size_t letters(std::string_view text) {
  return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string listed(const std::vector<std::string> &items, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += i == 0 ? "" : i + 1 == items.size() ? last : ", ";
    text += items[i];
  }
  return text;
}

std::string few_listed(std::vector<std::string> items) {
  constexpr std::size_t most = 8;
  if (items.size() > most) {
    const std::size_t others = items.size() - (most - 1);
    items.resize(most - 1);
    items.push_back(counted(others, "other"));
  }
  return listed(items);
}

std::string closest(const std::string &word, const std::vector<std::string> &known) {
  constexpr std::size_t longest = 100; // what is longer is no slip of the fingers
  std::string best;
  std::size_t least = std::min<std::size_t>(3, word.size() / 2 + 1);
  if (word.size() > longest)
    return best;
  for (const std::string &candidate : known)
    if (const std::size_t changes = distance(word, candidate); changes < least) {
      least = changes;
      best = candidate;
    }
  return best;
}

} // namespace duet
