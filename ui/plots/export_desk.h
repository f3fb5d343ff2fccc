// What a person does with figures: copy, save, and the menu of a right click. Says where each one went.
#pragma once
#include "ui/plots/exportable.h"
#include <QObject>

class QWidget;

namespace duet::ui {

class ExportDesk : public QObject {
  Q_OBJECT
public:
  /// Light colours unless the window's own are asked for; remembered.
  bool ownColours() const;
  void setOwnColours(bool own);
  const Palette &palette() const; ///< of the figures

  void copyPicture(Exportable &figure); ///< as pixels and as SVG
  void copyData(Exportable &figure);    ///< its first text
  /// Asks for a file, proposing the folder of the last one. form: of its texts; empty: any.
  void askAndSave(Exportable &figure, QWidget *window, const QString &form = {});
  /// Without asking; `form` as in exportTo. True if it is written.
  bool save(Exportable &figure, const QString &path, const QString &form = {});

Q_SIGNALS:
  void told(const QString &sentence, bool is_error); ///< "Saved to /home/ada/accuracy.svg."
};

/// The application's. GUI thread only.
ExportDesk &export_desk();

/// Right click and menu key on the view offer to copy and save its figure, and what the figure adds.
void offer_export(QWidget *view, Exportable &figure);
/// The entries of that menu.
void fill_export_menu(QMenu &menu, Exportable &figure, QWidget *window);

} // namespace duet::ui
