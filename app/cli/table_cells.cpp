#include "app/cli/table_cells.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include <cmath>

namespace duet {

std::string padded(std::string text, std::size_t width) {
  const std::size_t shown = letters(text);
  text.insert(0, width > shown ? width - shown : 0, ' ');
  return text;
}

std::string fixed(double value) { return padded(rounded(std::abs(value) < 5e-7 ? 0 : value, 6), 11); }

} // namespace duet
