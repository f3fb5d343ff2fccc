// The colours of the window. A colour says the voice everywhere: spiking orange, quantum blue, its classical
// twin purple, fused green.
#pragma once
#include <QColor>

namespace duet::ui {

/// Whose value a painted thing shows. twin: what stands in the circuit's place where there is none.
enum class Voice { neutral, spiking, quantum, twin, fused, error };

/// One theme's colours. Strokes reach 3:1 and go around what is filled with a voice's colour; text uses
/// `text`, `soft` or an ink: at least 4.5:1 on bg, panel and field.
struct Palette {
  bool dark = false;
  QColor bg;             ///< behind everything
  QColor panel;          ///< docks, cards, bars
  QColor line;           ///< hairlines, borders, empty slider tracks
  QColor text;           ///< main text
  QColor soft;           ///< secondary text
  QColor spiking;        ///< surfaces of the spiking branch; too light on white without an edge
  QColor quantum;        ///< graphics of the quantum branch
  QColor twin;           ///< graphics of the tanh twin
  QColor fused;          ///< graphics of the fused answer
  QColor error;          ///< wrong answers, marks, the time cursor
  QColor field;          ///< input fields, quiet plot backgrounds
  QColor cell;           ///< a silent neuron's cell
  QColor spiking_stroke; ///< lines, dots and edges of the spiking branch: 3:1 on bg, panel and field
  QColor spiking_ink, quantum_ink, twin_ink, fused_ink,
      error_ink;                 ///< the same hues, dark or light enough for text
  QColor fused_fill, error_fill; ///< filled buttons and badges
  QColor on_fill;                ///< text on fused_fill, error_fill and the inks of the branches
  QColor image;                  ///< behind a digit's white strokes

  QColor color(Voice voice) const;  ///< for surfaces, which have an edge in stroke()
  QColor stroke(Voice voice) const; ///< for lines, dots, edges and whatever is small
  QColor ink(Voice voice) const;    ///< for text
};

const Palette &light_palette();
const Palette &dark_palette();

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// `over` painted on `under` with this opacity, as one opaque colour.
QColor blend(const QColor &under, const QColor &over, double opacity);

} // namespace duet::ui
