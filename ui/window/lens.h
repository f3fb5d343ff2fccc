// Looking through another fusion ratio than the one in the loss.
#pragma once
#include <QObject>
#include <optional>

namespace duet::ui {

class Document;
class InfoBars;
class Selection;

class Lens : public QObject {
  Q_OBJECT
public:
  Lens(Document &document, Selection &selection, InfoBars &infos, QObject *parent);

  /// Nothing, or the loss's own ratio: no lens. Without two branches there is none either.
  void look(std::optional<double> ratio);
  /// The ratio every view shows: the lens, or the loss's own.
  double shownRatio() const;

private:
  void say();

  Document &document_;
  Selection &selection_;
  InfoBars &infos_;
};

} // namespace duet::ui
