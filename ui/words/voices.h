// The voices of a model as every view shows them: names and colours, read from here alone.
#pragma once
#include "engine/experiment/experiment.h"
#include "engine/model/voices.h"
#include "ui/theme/palette.h"
#include <QString>
#include <vector>

namespace duet::ui {

/// One voice: what it is called (engine/model/voices.h), in which colour, and whether it learns.
struct NamedVoice {
  Speaker who = Speaker::fused;
  Voice colour = Voice::neutral;
  QString brief;    ///< "spiking", "tanh twin", "together"
  QString name;     ///< "spiking branch", "tanh twin", "serial network"
  QString of_model; ///< "spiking branch of this model", "serial network"
  QString encoder;  ///< of its spiking layers: "spiking branch", "quantum branch's encoder"
  QString key;      ///< in names of files and columns
  bool operator==(const NamedVoice &) const = default;
};

/// Upper case for the start of a title: "Spiking branch of this model".
QString capital(const QString &text);

class Voices {
public:
  Voices() : Voices(Experiment()) {}
  explicit Voices(const Experiment &experiment);

  const std::vector<NamedVoice> &all() const { return voices_; } ///< spiking, quantum, fused: those there are
  const NamedVoice *find(Speaker who) const;                     ///< null where the model has none
  /// The colour of a branch's neurons, bars and curves; neutral for one that is not there.
  Voice colour(Speaker who) const;
  QString name(Speaker who) const; ///< empty for one that is not there
  /// Whose answer is the model's.
  const NamedVoice &answerer() const { return voices_.back(); }
  bool mixed() const { return voices_.size() > 1; } ///< two branches, and both together
  bool operator==(const Voices &) const = default;

private:
  std::vector<NamedVoice> voices_;
};

} // namespace duet::ui
