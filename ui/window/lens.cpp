#include "ui/window/lens.h"
#include "ui/bridge/document.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/selection.h"

namespace duet::ui {
namespace {

const QString lens_key = QStringLiteral("lens");

} // namespace

Lens::Lens(Document &document, Selection &selection, InfoBars &infos, QObject *parent)
    : QObject(parent), document_(document), selection_(selection), infos_(infos) {
  connect(&selection_, &Selection::lensChanged, this, [this] {
    if (!selection_.lens())
      infos_.dismiss(lens_key);
  });
}

void Lens::look(std::optional<double> ratio) {
  if (!mixes(document_.experiment()))
    return;
  if (ratio == document_.experiment().model.fusion_ratio)
    ratio.reset();
  const bool looked = selection_.lens().has_value();
  selection_.setLens(ratio);
  if (ratio && !looked)
    say();
}

void Lens::say() {
  InfoMessage message;
  message.key = lens_key;
  message.keeps = true;
  message.text = tr("Looking through another ratio; the loss keeps its own.");
  message.actions = {{tr("Train with it"),
                      [this] {
                        if (const auto wanted = selection_.lens()) {
                          selection_.setLens(std::nullopt);
                          document_.edit("model.fusion_ratio", *wanted);
                        }
                      }},
                     {tr("Back"), [this] { selection_.setLens(std::nullopt); }}};
  infos_.post(message);
}

double Lens::shownRatio() const {
  return selection_.lens().value_or(answer_ratio(document_.running().model));
}

} // namespace duet::ui
