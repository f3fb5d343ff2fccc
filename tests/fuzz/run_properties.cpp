#include "tests/fuzz/run_properties.h"
#include "engine/experiment/build.h"
#include "engine/experiment/run_record.h"
#include "engine/training/trainer.h"
#include "tests/fuzz/sentence.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

namespace duet::fuzz {
namespace {

namespace fs = std::filesystem;

/// A folder of this process, in memory where that can be; gone at its end.
class OwnFolder {
public:
  OwnFolder() {
    std::string name =
        (fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) / "duet-readers-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~OwnFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder &) = delete;
  OwnFolder &operator=(const OwnFolder &) = delete;
  const fs::path &path() const { return path_; }

private:
  fs::path path_;
};

const fs::path &folder() {
  static const OwnFolder own;
  return own.path();
}

void put(const fs::path &file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

Experiment small_experiment() {
  Experiment e;
  e.spiking.hidden = {3};
  e.spiking.steps = 2;
  e.quantum.qubits = 2;
  e.training.epochs = 2;
  e.training.batch = 4;
  return e;
}

std::shared_ptr<const Dataset> small_data() {
  const auto data = std::make_shared<Dataset>();
  for (ImageSet *set : {&data->train, &data->test}) {
    set->rows = set->cols = 3;
    for (std::uint8_t i = 0; i < 6; ++i) {
      set->targets.push_back(i);
      set->file_index.push_back(i);
      for (std::uint8_t p = 0; p < 9; ++p)
        set->pixels.push_back(std::uint8_t(40 * i + p));
    }
  }
  return data;
}

const Workers &workers() {
  static const Workers one(1);
  return one;
}

std::unique_ptr<Trainer> small_trainer() {
  auto trainer = std::make_unique<Trainer>(build(small_experiment(), 3, 3), small_data(), workers());
  trainer->step();
  return trainer;
}

/// A sound run, of one epoch and a change.
const RunRecord &small_run() {
  static const RunRecord sound = [] {
    const auto trainer = small_trainer();
    trainer->step();
    trainer->finish_epoch(0.5);
    RunRecord record;
    record.start = small_experiment();
    record.changes = {{1, 0, {{"training.learning_rate", 0.01}}}};
    record.rows = *trainer->look().epochs;
    record.model = trainer->weights();
    record.checkpoint = trainer->checkpoint();
    record.steps = trainer->steps_done();
    record.epochs = 1, record.images = 6, record.seconds = 0.5;
    record.parameters = trainer->parameter_count();
    record.signature = trainer->signature();
    return record;
  }();
  return sound;
}

/// The sound run's files, by run_files.
const std::vector<std::string> &sound_files() {
  static const std::vector<std::string> files = [] {
    write_run(folder(), small_run());
    std::vector<std::string> all;
    for (const char *name : run_files) {
      std::ifstream in(folder() / name, std::ios::binary);
      all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return all;
  }();
  return files;
}

std::string fault_of(const RunRecord &record) {
  current_experiment(record);
  const std::string rows = metrics_csv(record);
  RunRecord again = record;
  again.rows = parse_metrics(rows, "rows");
  if (metrics_csv(again) != rows)
    return "the rows read back as others:\n" + rows;
  return summary_json(record).empty() ? "no summary" : "";
}

} // namespace

std::string tensors(std::string_view bytes) {
  const fs::path file = folder() / "f.safetensors";
  put(file, bytes);
  return unless_refused("f.safetensors", {ExitCode::data}, [&]() -> std::string {
    const std::string written = tensor_bytes(read_tensors(file));
    put(file, written);
    return tensor_bytes(read_tensors(file)) == written ? "" : "reads back as other tensors";
  });
}

std::string checkpoint(std::string_view bytes) {
  TensorFile file = small_run().checkpoint;
  file.metadata.clear();
  while (!bytes.empty()) {
    const std::string_view entry = bytes.substr(0, bytes.find('\x1e'));
    bytes.remove_prefix(std::min(bytes.size(), entry.size() + 1));
    const std::size_t key = std::min(entry.find('\x1f'), entry.size());
    file.metadata[std::string(entry.substr(0, key))] = entry.substr(std::min(entry.size(), key + 1));
  }
  return unless_refused("heckpoint", {ExitCode::usage, ExitCode::data}, [&]() -> std::string {
    const auto trainer = small_trainer();
    trainer->restore(file);
    for (int step = 0; step < 3; ++step)
      trainer->epoch_complete() ? void(trainer->finish_epoch(1)) : trainer->step();
    const TensorFile saved = trainer->checkpoint();
    const auto again = small_trainer();
    again->restore(saved);
    return again->checkpoint().metadata == saved.metadata ? "" : "a saved checkpoint reads back as another";
  });
}

std::string run(std::string_view bytes) {
  if (bytes.empty())
    return "";
  const std::size_t which = static_cast<unsigned char>(bytes[0] - '0') % std::size(run_files);
  const std::string sound = sound_files()[which];
  put(folder() / run_files[which], bytes.substr(1));
  std::string broken;
  for (const auto read : {read_run, read_model, read_recipe})
    if (broken.empty())
      broken = unless_refused(folder().filename().string(), {ExitCode::usage, ExitCode::data},
                              [&] { return fault_of(read(folder())); });
  put(folder() / run_files[which], sound);
  return broken;
}

} // namespace duet::fuzz
