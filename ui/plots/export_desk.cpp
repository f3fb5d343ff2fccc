#include "ui/plots/export_desk.h"
#include "ui/dialogs/file_dialogs.h"
#include "ui/theme/theme.h"
#include <QAbstractScrollArea>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QMimeData>
#include <QSettings>

namespace duet::ui {
namespace {

const QString folder_key = QStringLiteral("export/folder"), colours_key = QStringLiteral("export/ownColours");
constexpr double copy_dpi = 192;

/// The filters of the save dialog, and which text each one means.
struct Filters {
  QStringList names;
  QStringList forms;
};

Filters filters_of(const Exportable &figure, const QString &form) {
  Filters filters;
  const auto add = [&](const QString &name, const QString &ending, const QString &text) {
    filters.names << QStringLiteral("%1 (*.%2)").arg(name, ending);
    filters.forms << text;
  };
  if (form.isEmpty()) {
    add(QObject::tr("Drawing"), QStringLiteral("svg"), {});
    add(QObject::tr("Document"), QStringLiteral("pdf"), {});
    add(QObject::tr("Picture, 300 dpi"), QStringLiteral("png"), {});
  }
  for (const ExportText &text : figure.exportTexts())
    if (form.isEmpty() || text.name == form)
      add(text.name, text.ending, text.name);
  return filters;
}

/// Shows the menu where a right click or the menu key asks for it.
class MenuOffer : public QObject {
public:
  MenuOffer(QWidget *view, Exportable &figure) : QObject(view), view_(view), figure_(figure) {}
  bool eventFilter(QObject *, QEvent *event) override {
    if (event->type() != QEvent::ContextMenu)
      return false;
    QMenu menu(view_);
    menu.setObjectName(QStringLiteral("figureMenu"));
    fill_export_menu(menu, figure_, view_->window());
    menu.exec(static_cast<QContextMenuEvent *>(event)->globalPos());
    return true;
  }

private:
  QWidget *view_;
  Exportable &figure_;
};

} // namespace

bool ExportDesk::ownColours() const { return QSettings().value(colours_key, false).toBool(); }
void ExportDesk::setOwnColours(bool own) { QSettings().setValue(colours_key, own); }
const Palette &ExportDesk::palette() const { return ownColours() ? theme().palette() : light_palette(); }

void ExportDesk::copyPicture(Exportable &figure) {
  auto *data = new QMimeData;
  data->setImageData(figure_image(figure, palette(), copy_dpi));
  data->setData(QStringLiteral("image/svg+xml"), figure_svg(figure, palette()));
  QGuiApplication::clipboard()->setMimeData(data);
  Q_EMIT told(tr("The picture \u201c%1\u201d is on the clipboard.").arg(figure.exportTitle()), false);
}

void ExportDesk::copyData(Exportable &figure) {
  const QList<ExportText> texts = figure.exportTexts();
  if (texts.isEmpty())
    return;
  QGuiApplication::clipboard()->setText(texts.first().content());
  Q_EMIT told(tr("The data of \u201c%1\u201d are on the clipboard.").arg(figure.exportTitle()), false);
}

void ExportDesk::askAndSave(Exportable &figure, QWidget *window, const QString &form) {
  const Filters filters = filters_of(figure, form);
  const QString folder = QSettings().value(folder_key, QDir::homePath()).toString();
  SaveQuestion question{tr("Save %1").arg(figure.exportTitle()), QDir(folder).filePath(figure.exportName()),
                        filters.names, filters.names.value(0)};
  if (const QString path = ask_where_to_save(window, question); !path.isEmpty())
    save(figure, path, filters.forms.value(filters.names.indexOf(question.filter)));
}

bool ExportDesk::save(Exportable &figure, const QString &path, const QString &form) {
  const QString problem = exportTo(figure, path, palette(), form);
  if (!problem.isEmpty()) {
    Q_EMIT told(problem, true);
    return false;
  }
  const QFileInfo file(path);
  QSettings().setValue(folder_key, file.absolutePath());
  Q_EMIT told(tr("Saved to %1.").arg(QDir::toNativeSeparators(file.absoluteFilePath())), false);
  return true;
}

ExportDesk &export_desk() {
  static ExportDesk desk;
  return desk;
}

void fill_export_menu(QMenu &menu, Exportable &figure, QWidget *window) {
  const auto add = [&menu](const char *name, const QString &text, auto run) {
    QAction *action = menu.addAction(text);
    action->setObjectName(QLatin1String(name));
    QObject::connect(action, &QAction::triggered, &menu, run);
    return action;
  };
  ExportDesk &desk = export_desk();
  add("copyPicture", QObject::tr("Copy picture"), [&desk, &figure] { desk.copyPicture(figure); });
  add("saveFigure", QObject::tr("Save as\u2026"),
      [&desk, &figure, window] { desk.askAndSave(figure, window); });
  if (const QList<ExportText> texts = figure.exportTexts(); !texts.isEmpty())
    add("copyData", QObject::tr("Copy %1").arg(texts.first().name.toLower()),
        [&desk, &figure] { desk.copyData(figure); });
  QAction *own = add("ownColours", QObject::tr("In the window's colours"), [] {});
  own->setCheckable(true);
  own->setChecked(desk.ownColours());
  own->setVisible(theme().palette().dark || desk.ownColours());
  QObject::connect(own, &QAction::toggled, &menu, [&desk](bool on) { desk.setOwnColours(on); });
  const int before = static_cast<int>(menu.actions().size());
  figure.addToMenu(menu);
  if (menu.actions().size() > before)
    menu.insertSeparator(menu.actions().at(before));
}

void offer_export(QWidget *view, Exportable &figure) {
  auto *offer = new MenuOffer(view, figure);
  view->installEventFilter(offer);
  if (auto *area = qobject_cast<QAbstractScrollArea *>(view))
    area->viewport()->installEventFilter(offer);
}

} // namespace duet::ui
