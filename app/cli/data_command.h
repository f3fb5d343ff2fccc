// duet-cli data [list | fetch NAME].
#pragma once

namespace CLI {
class App;
}

namespace duet {

void add_data_command(CLI::App &app);

} // namespace duet
