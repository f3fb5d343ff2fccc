// A run in a session, with what belongs to it alone.
#pragma once
#include "engine/experiment/run_folder.h"
#include "engine/session/kept_entry.h"
#include "engine/session/shown_circuit.h"
#include "engine/session/training_run.h"
#include <cstdint>
#include <memory>
#include <string>

namespace duet {

struct Course {
  std::uint64_t id = 0;
  std::unique_ptr<TrainingRun> run;
  std::filesystem::path folder;    ///< where it was last saved to or opened from
  std::shared_ptr<RunFolder> held; ///< that folder, kept from others; null where it cannot be written to
  std::string saved_state;         ///< state_text() when it was last written there
  std::shared_ptr<KeptEntry> kept; ///< where it is kept while no folder holds it; null: nowhere
  std::string kept_state;          ///< state_text() when it was last given there
  std::shared_ptr<const ShownCircuit> circuit; ///< that of run
  std::uint32_t running_images = 0;

  /// Where the weights and settings stand: two equal texts, two equal states.
  std::string state_text() const {
    const Trainer &trainer = run->trainer();
    return std::to_string(id) + "/" + std::to_string(trainer.steps_done()) + "/" +
           std::to_string(trainer.epochs_done()) + "/" + std::to_string(run->changes());
  }
};

} // namespace duet
