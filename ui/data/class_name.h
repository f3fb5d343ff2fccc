// What the window calls an output of the network.
#pragma once
#include <QString>
#include <array>
#include <vector>

namespace duet::ui {

/// The label of the class an output stands for, as the files number it; a dash where it stands for none.
QString class_name(const std::vector<int> &classes, int output);
/// Of all ten outputs.
std::array<QString, 10> class_names(const std::vector<int> &classes);

} // namespace duet::ui
