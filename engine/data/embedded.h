// The data set that is part of the program: mnist-mini.
#pragma once
#include "engine/data/idx_files.h"
#include <string_view>

namespace duet {

/// The gzipped IDX file, as resources/mnist-mini holds it.
std::string_view embedded_mnist_mini(IdxRole role);

} // namespace duet
