#include "ui/words/voices.h"
#include <QCoreApplication>
#include <algorithm>

namespace duet::ui {
namespace {

QString said(const std::string &english) { return QCoreApplication::translate("voices", english.c_str()); }

Voice colour_of(Speaker who, bool twin) {
  switch (who) {
  case Speaker::spiking:
    return Voice::spiking;
  case Speaker::quantum:
    return twin ? Voice::twin : Voice::quantum;
  case Speaker::fused:
    return Voice::fused;
  }
  return Voice::neutral;
}

} // namespace

QString capital(const QString &text) { return text.isEmpty() ? text : text.at(0).toUpper() + text.mid(1); }

Voices::Voices(const Experiment &experiment) {
  for (const Speaker who : speakers)
    if (const auto name = voice_name(who, experiment))
      voices_.push_back({who, colour_of(who, is_twin(experiment)), said(name->brief), said(name->name),
                         said(name->of_model), said(name->encoder), QString::fromStdString(name->key)});
}

const NamedVoice *Voices::find(Speaker who) const {
  const auto found = std::find_if(voices_.begin(), voices_.end(),
                                  [who](const NamedVoice &voice) { return voice.who == who; });
  return found == voices_.end() ? nullptr : &*found;
}

Voice Voices::colour(Speaker who) const {
  const NamedVoice *voice = find(who);
  return voice ? voice->colour : Voice::neutral;
}

QString Voices::name(Speaker who) const {
  const NamedVoice *voice = find(who);
  return voice ? voice->name : QString();
}

} // namespace duet::ui
