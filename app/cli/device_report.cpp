#include "app/cli/device_report.h"
#include "app/cli/device_options.h"
#include "app/cli/table_cells.h"
#include "engine/base/words.h"
#include <nlohmann/json.hpp>

namespace duet {
namespace {

bool shows_noisy(const Device &device) { return !device.noise.channels.empty() || device.mitigation; }

struct Column {
  std::string head;
  const std::vector<double> *values;
};

std::vector<Column> columns_of(const Device &device, const DeviceAnswer &answer,
                               const std::vector<double> &exact) {
  std::vector<Column> columns = {{"exact", &exact}};
  if (shows_noisy(device))
    columns.push_back({"noisy", &answer.noisy.expectation_z});
  if (answer.trajectories)
    columns.push_back({"+-", &answer.noisy.standard_error});
  if (answer.sampled) {
    columns.push_back({"sampled", &answer.sampled->expectation_z});
    columns.push_back({"+-", &answer.sampled->standard_error});
  }
  if (answer.mitigated)
    columns.push_back({"mitigated", &*answer.mitigated});
  return columns;
}

} // namespace

void add_device_keys(nlohmann::ordered_json &result, const Device &device, const DeviceAnswer &answer) {
  using Json = nlohmann::ordered_json;
  if (answer.sampled)
    result["sampled"] = Json::object({{"shots", device.shots},
                                      {"expectation_z", answer.sampled->expectation_z},
                                      {"standard_error", answer.sampled->standard_error}});
  if (shows_noisy(device)) {
    result["noisy"] = Json::object(
        {{"expectation_z", answer.noisy.expectation_z}, {"standard_error", answer.noisy.standard_error}});
    if (answer.trajectories)
      result["noisy"]["trajectories"] = answer.trajectories;
  }
  if (answer.mitigated)
    result["mitigated"] = Json::object({{"fit", name_of(device.mitigation->fit)},
                                        {"scales", device.mitigation->scales},
                                        {"expectation_z", *answer.mitigated}});
}

std::string device_table(const Device &device, const DeviceAnswer &answer, std::span<const double> exact,
                         std::uint64_t seed) {
  const std::vector<double> ideal(exact.begin(), exact.end());
  const std::vector<Column> columns = columns_of(device, answer, ideal);
  std::string text = "\nOn a device (" + device_in_words(device) + "; seed " + std::to_string(seed) +
                     "):\n  " + padded("", 6);
  for (const Column &column : columns)
    text += padded(column.head, 11);
  text += "\n";
  for (std::size_t i = 0; i < ideal.size(); ++i) {
    text += "  " + padded("q[" + std::to_string(i) + "]", 6);
    for (const Column &column : columns)
      text += fixed((*column.values)[i]);
    text += "\n";
  }
  if (answer.trajectories)
    text += "  (noisy: the mean of " + counted(std::uint64_t(answer.trajectories), "random run") + ")\n";
  if (!device.noise.channels.empty() && answer.sampled)
    text += "  (sampled from the noisy state)\n";
  return text;
}

} // namespace duet
