#include "ui/theme/style_sheet.h"
#include <QHash>
#include <QRegularExpression>
#include <cmath>

namespace duet::ui {
namespace {

// @name@ is replaced by that colour. Names are those of Palette. Lengths are units, but hair lines of 1px.
const char *const sheet = R"(
QWidget { color: @text@; }
QMainWindow, QDialog { background: @bg@; }
QMainWindow::separator { background: @line@; width: 1px; height: 1px; }
QSplitter::handle { background: @line@; }
QSplitter::handle:hover { background: @quantum@; }
QToolTip { background: @panel@; color: @text@; border: 1px solid @line@; padding: 6px 8px; }

QWidget#topBar, QScrollArea#settingsForm, QWidget#rightDock, QScrollArea#rightDockScroll,
  QWidget#bottomTabs { background: @panel@; }
QWidget#topBar { border-bottom: 1px solid @line@; }
QFrame#restorePanel { background: @panel@; border: 0; border-bottom: 1px solid @line@; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }

QPushButton, QToolButton { background: @panel@; border: 1px solid @line@; border-radius: 8px;
  padding: 0 10px; min-height: 32px; font-size: 13px; icon-size: 16px; }
QFileDialog QToolButton { padding: 2px; min-height: 22px; min-width: 22px; border-radius: 5px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:hover, QToolButton:hover { background: @field@; border-color: @hover@; }
QPushButton:pressed, QToolButton:pressed { background: @line@; }
QPushButton:focus, QToolButton:focus { border-color: @quantum@; }
QPushButton:disabled, QToolButton:disabled { color: @disabled@; }
QPushButton:checked, QToolButton:checked { background: @field@; border-color: @soft@; }
QPushButton#run { background: @fused_fill@; color: @on_fill@; border: 1px solid @fused_fill@; padding: 0 14px;
  font-size: 14px; font-weight: 600; }
QPushButton#run:hover { background: @run_hover@; }
QPushButton#run:focus { border-color: @text@; }
QToolButton[small="true"] { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0;
  min-height: 16px; color: @quantum_ink@; font-size: 11px; }
QToolButton[small="true"]:hover { background: @field@; }
QToolButton[small="true"]:focus { border-color: @quantum@; }
QToolButton[corner="true"] { background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 0 4px; min-height: 20px; icon-size: 15px; }
QToolButton[corner="true"]:hover { background: @field@; }
QToolButton[corner="true"]:checked { background: @field@; }
QToolButton[corner="true"]:focus { border-color: @quantum@; }
QPushButton[pending="true"] { border-color: @error@; color: @error_ink@; font-weight: 600; }
QPushButton[link="true"] { background: transparent; border: 0; padding: 0 4px; min-height: 20px;
  color: @quantum_ink@; font-weight: 600; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { text-decoration: underline; }
QPushButton[fold="true"] { font-size: 11px; min-height: 14px; padding: 0 2px; }
QPushButton[lock="spiking"] { font-size: 12px; color: @spiking_ink@; }
QPushButton[lock="quantum"] { font-size: 12px; color: @quantum_ink@; }
QPushButton[lock="twin"] { font-size: 12px; color: @twin_ink@; }
QPushButton[close="true"] { padding: 0; min-height: 18px; border-radius: 5px; }
QPushButton[small="true"] { min-height: 22px; border-radius: 5px; padding: 0 7px; font-size: 12px; }
QPushButton[quiet="true"], QToolButton[quiet="true"] { background: transparent; border: 1px solid transparent; }
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover { background: @field@; }
QPushButton[quiet="true"]:focus, QToolButton[quiet="true"]:focus { border-color: @quantum@; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit, QTextBrowser { background: @field@;
  border: 1px solid @line@; border-radius: 5px; selection-background-color: @quantum@;
  selection-color: @selected@; }
QLineEdit, QSpinBox, QDoubleSpinBox { padding: 0 5px; min-height: 20px; font-size: 12px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border-color: @quantum@; }
QLineEdit[invalid="true"], QLineEdit[invalid="true"]:focus { border: 1px solid @error@; background: @error_tint@;
  color: @error_ink@; }
QLabel[refusal="true"] { color: @error_ink@; font-size: 11px; padding: 0 0 4px 0; }
QLabel[floating="true"] { background: @panel@; border: 1px solid @error@; border-radius: 5px; padding: 5px 8px; }
QComboBox { padding: 0 3px 0 6px; min-height: 21px; font-size: 12px; }
QComboBox:hover, QLineEdit:hover { border-color: @hover@; }
QComboBox::drop-down { border: 0; width: 15px; }
QComboBox::down-arrow { image: url(:/icons/chevron-@mode@.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @panel@; border: 1px solid @line@; padding: 4px; outline: 0;
  selection-background-color: @field@; selection-color: @text@; }
QComboBox:disabled, QLineEdit:disabled { color: @disabled@; }

QCheckBox { spacing: 7px; font-size: 12px; }
QCheckBox::indicator { width: 15px; height: 15px; border: 1px solid @soft@; border-radius: 4px; background: @field@; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @quantum@; }
QCheckBox:focus { text-decoration: underline; }
QCheckBox::indicator:checked { background: @quantum_ink@; border-color: @quantum_ink@;
  image: url(:/icons/tick-@mode@.svg); }

QTabWidget::pane { border: 0; border-top: 1px solid @line@; }
QTabWidget::tab-bar { left: 8px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @soft@; padding: 8px 10px 7px 10px; border: 0;
  border-bottom: 2px solid transparent; min-width: 44px; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:selected { color: @text@; font-weight: 600; border-bottom: 2px solid @fused@; }
QTabBar::tab:focus { color: @quantum_ink@; }

QScrollBar:vertical { background: transparent; width: 9px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 9px; margin: 0; }
QScrollBar::handle { background: @scroll@; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @soft@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: @panel@; color: @text@; border-bottom: 1px solid @line@; padding: 1px 8px; font-size: 12px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: @field@; }
QMenu { background: @panel@; border: 1px solid @line@; padding: 5px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 5px; }
QMenu::item:selected { background: @field@; }
QMenu::item:disabled { color: @disabled@; }
QMenu::separator { height: 1px; background: @line@; margin: 5px 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 4px; }

QProgressBar { background: @line@; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @fused@; border-radius: 2px; }

QLabel[heading="true"] { color: @soft@; font-size: 11px; font-weight: 600; }
QLabel[heading="true"][voice="spiking"] { color: @spiking_ink@; }
QLabel[heading="true"][voice="quantum"] { color: @quantum_ink@; }
QLabel[heading="true"][voice="twin"] { color: @twin_ink@; }
QLabel[heading="true"][voice="fused"] { color: @fused_ink@; }
QLabel[pending="true"] { color: @error_ink@; font-weight: 600; }
QLabel[soft="true"] { color: @soft@; }
QLabel[caption="true"] { color: @soft@; font-size: 11px; }
QLabel[badge="true"] { background: @error_fill@; color: @on_fill@; border-radius: 8px; padding: 1px 7px;
  font-size: 10px; font-weight: 600; }
QPushButton[badge="true"] { background: @error_fill@; color: @on_fill@; border: 1px solid @error_fill@;
  border-radius: 8px; padding: 0 7px; min-height: 14px; max-height: 14px; font-size: 10px; font-weight: 600; }
QPushButton[badge="true"]:hover, QPushButton[badge="true"]:focus { border-color: @text@; }
QFrame#classPopup { background: @panel@; border: 1px solid @line@; }
QFrame[infoBar="true"] { background: @panel@; border: 1px solid @line@; border-radius: 8px; }
)";

/// All lengths but hair lines, times `scale`.
QString enlarged(const QString &text, double scale) {
  static const QRegularExpression length(QStringLiteral("\\b(\\d+)px"));
  QString result;
  qsizetype done = 0;
  for (auto it = length.globalMatch(text); it.hasNext();) {
    const QRegularExpressionMatch match = it.next();
    const int units = match.captured(1).toInt();
    result += text.mid(done, match.capturedStart() - done);
    result += QString::number(units <= 1 ? units : std::lround(units * scale)) + QStringLiteral("px");
    done = match.capturedEnd();
  }
  return result + text.mid(done);
}

} // namespace

QString style_sheet(const Palette &palette, double scale) {
  const QHash<QString, QString> names = {
      {"bg", palette.bg.name()},
      {"panel", palette.panel.name()},
      {"line", palette.line.name()},
      {"text", palette.text.name()},
      {"soft", palette.soft.name()},
      {"quantum", palette.quantum.name()},
      {"fused", palette.fused.name()},
      {"error", palette.error.name()},
      {"error_ink", palette.error_ink.name()},
      {"error_tint", blend(palette.field, palette.error, 0.08).name()},
      {"field", palette.field.name()},
      {"spiking_ink", palette.spiking_ink.name()},
      {"quantum_ink", palette.quantum_ink.name()},
      {"twin_ink", palette.twin_ink.name()},
      {"fused_ink", palette.fused_ink.name()},
      {"fused_fill", palette.fused_fill.name()},
      {"error_fill", palette.error_fill.name()},
      {"on_fill", palette.on_fill.name()},
      {"run_hover", blend(palette.fused_fill, palette.text, 0.12).name()},
      {"hover", blend(palette.line, palette.soft, 0.5).name()},
      {"scroll", blend(palette.line, palette.soft, 0.3).name()},
      {"disabled", blend(palette.panel, palette.soft, 0.6).name()},
      {"selected", palette.dark ? palette.on_fill.name() : QStringLiteral("#ffffff")},
      {"mode", palette.dark ? QStringLiteral("dark") : QStringLiteral("light")},
  };
  QString text = QString::fromLatin1(sheet);
  for (auto it = names.cbegin(); it != names.cend(); ++it)
    text.replace(QLatin1Char('@') + it.key() + QLatin1Char('@'), it.value());
  return enlarged(text, scale);
}

QPalette qt_palette(const Palette &palette) {
  QPalette result;
  result.setColor(QPalette::Window, palette.bg);
  result.setColor(QPalette::WindowText, palette.text);
  result.setColor(QPalette::Base, palette.panel);
  result.setColor(QPalette::AlternateBase, palette.field);
  result.setColor(QPalette::Text, palette.text);
  result.setColor(QPalette::Button, palette.panel);
  result.setColor(QPalette::ButtonText, palette.text);
  result.setColor(QPalette::BrightText, palette.error);
  result.setColor(QPalette::ToolTipBase, palette.panel);
  result.setColor(QPalette::ToolTipText, palette.text);
  result.setColor(QPalette::PlaceholderText, palette.soft);
  result.setColor(QPalette::Highlight, palette.quantum);
  result.setColor(QPalette::HighlightedText, palette.dark ? palette.on_fill : QColor(Qt::white));
  result.setColor(QPalette::Link, palette.quantum_ink);
  result.setColor(QPalette::LinkVisited, palette.quantum_ink);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    result.setColor(QPalette::Disabled, role, blend(palette.panel, palette.soft, 0.6));
  return result;
}

} // namespace duet::ui
