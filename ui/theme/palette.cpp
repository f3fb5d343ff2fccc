#include "ui/theme/palette.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

Palette make_light() {
  Palette p;
  p.bg = QColor("#f4f5f7");
  p.panel = QColor("#ffffff");
  p.line = QColor("#dfe3e8");
  p.text = QColor("#1f2933");
  p.soft = QColor("#616e7c");
  p.spiking = QColor("#E69F00");
  p.spiking_stroke = QColor("#B97F00");
  p.quantum = QColor("#0072B2");
  p.twin = QColor("#B5578D");
  p.fused = QColor("#009E73");
  p.error = QColor("#D55E00");
  p.field = QColor("#f1f3f5");
  p.cell = QColor("#f6e3ba");
  p.spiking_ink = QColor("#926500");
  p.quantum_ink = QColor("#0072B2");
  p.twin_ink = QColor("#A8447F");
  p.fused_ink = QColor("#007D5B");
  p.error_ink = QColor("#B45000");
  p.fused_fill = QColor("#007D5B");
  p.error_fill = QColor("#B45000");
  p.on_fill = QColor("#ffffff");
  p.image = QColor("#0b0d10");
  return p;
}

Palette make_dark() {
  Palette p;
  p.dark = true;
  p.bg = QColor("#14171c");
  p.panel = QColor("#1d2127");
  p.line = QColor("#323943");
  p.text = QColor("#e4e7eb");
  p.soft = QColor("#9aa5b1");
  p.spiking = QColor("#F0B429");
  p.quantum = QColor("#4BA3E3");
  p.twin = QColor("#DE94C0");
  p.fused = QColor("#2DBE96");
  p.error = QColor("#F0793B");
  p.field = QColor("#272c34");
  p.cell = QColor("#3b3320");
  p.spiking_stroke = p.spiking;
  p.spiking_ink = p.spiking;
  p.quantum_ink = p.quantum;
  p.twin_ink = p.twin;
  p.fused_ink = p.fused;
  p.error_ink = p.error;
  p.fused_fill = p.fused;
  p.error_fill = p.error;
  p.on_fill = QColor("#101418");
  p.image = QColor("#0b0d10");
  return p;
}

/// Relative luminance of sRGB, WCAG 2.
double luminance(const QColor &c) {
  const auto linear = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

} // namespace

QColor Palette::color(Voice voice) const {
  switch (voice) {
  case Voice::spiking:
    return spiking;
  case Voice::quantum:
    return quantum;
  case Voice::twin:
    return twin;
  case Voice::fused:
    return fused;
  case Voice::error:
    return error;
  case Voice::neutral:
    break;
  }
  return soft;
}

QColor Palette::stroke(Voice voice) const { return voice == Voice::spiking ? spiking_stroke : color(voice); }

QColor Palette::ink(Voice voice) const {
  switch (voice) {
  case Voice::spiking:
    return spiking_ink;
  case Voice::quantum:
    return quantum_ink;
  case Voice::twin:
    return twin_ink;
  case Voice::fused:
    return fused_ink;
  case Voice::error:
    return error_ink;
  case Voice::neutral:
    break;
  }
  return text;
}

const Palette &light_palette() {
  static const Palette palette = make_light();
  return palette;
}

const Palette &dark_palette() {
  static const Palette palette = make_dark();
  return palette;
}

double contrast(const QColor &a, const QColor &b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor blend(const QColor &under, const QColor &over, double opacity) {
  const auto mix = [opacity](double u, double o) { return static_cast<float>(u + (o - u) * opacity); };
  return QColor::fromRgbF(mix(under.redF(), over.redF()), mix(under.greenF(), over.greenF()),
                          mix(under.blueF(), over.blueF()));
}

} // namespace duet::ui
