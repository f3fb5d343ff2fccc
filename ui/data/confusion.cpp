#include "ui/data/confusion.h"
#include "ui/words/numbers.h"
#include <QCoreApplication>

namespace duet::ui {
namespace {

QString tr(const char *english) { return QCoreApplication::translate("confusion", english); }

} // namespace

std::optional<Confusion> confusion(const std::vector<std::uint8_t> &targets,
                                   const std::vector<ImageAnswer> &answers, Speaker who) {
  Confusion result;
  for (std::size_t i = 0; i < targets.size() && i < answers.size(); ++i) {
    const std::int8_t answer = answer_of(answers[i], who);
    if (answer < 0 || answer > 9 || targets[i] > 9)
      return std::nullopt;
    ++result.count[targets[i]][static_cast<std::size_t>(answer)];
    ++result.images;
    result.correct += answer == targets[i];
  }
  return result.images > 0 ? std::optional(result) : std::nullopt;
}

std::vector<MatrixSaid> matrices_of(const Voices &voices, const std::vector<int> &classes,
                                    const TestAnswers *answers, double ratio) {
  const std::vector<ImageAnswer> answered =
      answers ? answers_at(*answers, ratio) : std::vector<ImageAnswer>();
  std::vector<MatrixSaid> matrices;
  for (const NamedVoice &voice : voices.all()) {
    MatrixSaid said;
    said.who = voice.who;
    said.colour = voice.colour;
    said.title = voice.who == Speaker::fused ? tr("Together at the ratio %1").arg(ratio_text(ratio))
                                             : capital(voice.of_model);
    said.brief =
        voice.who == Speaker::fused ? tr("Together at %1").arg(ratio_text(ratio)) : capital(voice.name);
    said.file = QStringLiteral("confusion-") + QString(voice.key).replace('_', '-');
    said.classes = classes;
    if (answers)
      said.counts = confusion(answers->targets, answered, voice.who);
    if (!said.counts)
      said.why = tr("The test set is answered after the first epoch.");
    matrices.push_back(std::move(said));
  }
  return matrices;
}

} // namespace duet::ui
