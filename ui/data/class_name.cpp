#include "ui/data/class_name.h"
#include "engine/data/settings.h"

namespace duet::ui {

QString class_name(const std::vector<int> &classes, int output) {
  const auto label = label_of(classes, output);
  return label ? QString::number(*label) : QStringLiteral("\u2013");
}

std::array<QString, 10> class_names(const std::vector<int> &classes) {
  std::array<QString, 10> names;
  for (int k = 0; k < 10; ++k)
    names[static_cast<std::size_t>(k)] = class_name(classes, k);
  return names;
}

} // namespace duet::ui
