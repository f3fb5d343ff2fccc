// Asking for files and folders. These are Qt's own dialogs everywhere: what the desktop's would ask about
// replacing a file differs, here it is asked once, naming the file, with the ending already in place.
#pragma once
#include <QString>
#include <QStringList>

class QWidget;

namespace duet::ui {

struct SaveQuestion {
  QString title;
  QString suggestion;  ///< name or whole path
  QStringList filters; ///< "Picture (*.png)"; one without an ending, "Run folder (*)", is of run folders
  QString filter;      ///< the one to begin with; then the one chosen
};

/// Where to save, with the ending of the filter where the person gave none. Empty: cancelled, also at the
/// question whether to replace what is there.
QString ask_where_to_save(QWidget *window, SaveQuestion &question);
QString ask_file_to_open(QWidget *window, const QString &title, const QString &filters);
QString ask_folder(QWidget *window, const QString &title, const QString &begin_at = {});

/// The name with the ending of the filter, where it has none of the filters' endings.
QString with_ending(const QString &path, const QString &filter, const QStringList &filters);

} // namespace duet::ui
