#include "ui/dialogs/file_dialogs.h"
#include "engine/experiment/run_folder.h"
#include "ui/theme/text_size.h"
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace duet::ui {
namespace {

constexpr QSize roomy(820, 520); ///< names, sizes and dates side by side

/// ".png" of "Picture (*.png)"; empty for "Run folder (*)".
QString ending_of(const QString &filter) {
  const qsizetype star = filter.indexOf(QLatin1String("*."));
  return star < 0 ? QString() : filter.mid(star + 1, filter.indexOf(')', star) - star - 1);
}

bool is_for_runs(const QString &filter) { return ending_of(filter).isEmpty(); }

/// Empty, which is where the last one ended, for a mere name.
QString folder_of(const QString &suggestion) {
  return suggestion.contains('/') ? QFileInfo(suggestion).path() : QString();
}

class SaveDialog : public QFileDialog {
public:
  SaveDialog(QWidget *window, const SaveQuestion &question)
      : QFileDialog(window, question.title, folder_of(question.suggestion)), filters_(question.filters) {
    setObjectName(QStringLiteral("saveDialog"));
    setOption(QFileDialog::DontUseNativeDialog);
    setOption(QFileDialog::DontConfirmOverwrite); // asked below, once
    setAcceptMode(QFileDialog::AcceptSave);
    setFileMode(QFileDialog::AnyFile);
    setNameFilters(question.filters);
    if (!question.filter.isEmpty())
      selectNameFilter(question.filter);
    selectFile(QFileInfo(question.suggestion).fileName());
    resize_in_units(this, roomy);
  }
  const QString &chosen() const { return chosen_; }

protected:
  void accept() override {
    const QStringList typed = selectedFiles();
    if (typed.isEmpty() || typed.first().isEmpty())
      return;
    const QString filter = selectedNameFilter();
    const QString path = with_ending(typed.first(), filter, filters_);
    const QFileInfo info(path);
    if (info.isDir()) {
      const bool run = is_for_runs(filter) && holds_run(path.toStdString());
      const bool empty = is_for_runs(filter) && QDir(path).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot);
      if (!run && !empty)
        return QFileDialog::accept(); // goes into it
      if (run && !mayReplace(info, tr("It holds a run; its weights and curves would be replaced.")))
        return;
    } else if (info.exists() && !mayReplace(info, tr("What is in it would be replaced."))) {
      return;
    }
    chosen_ = path;
    QDialog::accept();
  }

private:
  bool mayReplace(const QFileInfo &info, const QString &what) {
    QMessageBox question(QMessageBox::Warning, tr("Replace?"),
                         tr("\u201c%1\u201d is already there.").arg(info.fileName()), QMessageBox::Cancel,
                         this);
    question.setObjectName(QStringLiteral("replaceQuestion"));
    question.setInformativeText(what + QLatin1Char('\n') + info.absoluteFilePath());
    QPushButton *replace = question.addButton(tr("Replace"), QMessageBox::DestructiveRole);
    question.setDefaultButton(QMessageBox::Cancel);
    question.exec();
    return question.clickedButton() == replace;
  }

  QStringList filters_;
  QString chosen_;
};

QString ask(QFileDialog &dialog) {
  resize_in_units(&dialog, roomy);
  return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

} // namespace

QString with_ending(const QString &path, const QString &filter, const QStringList &filters) {
  for (const QString &each : filters)
    if (const QString ending = ending_of(each);
        !ending.isEmpty() && path.endsWith(ending, Qt::CaseInsensitive))
      return path;
  return path + ending_of(filter);
}

QString ask_where_to_save(QWidget *window, SaveQuestion &question) {
  SaveDialog dialog(window, question);
  if (dialog.exec() != QDialog::Accepted)
    return {};
  question.filter = dialog.selectedNameFilter();
  return dialog.chosen();
}

QString ask_file_to_open(QWidget *window, const QString &title, const QString &filters) {
  QFileDialog dialog(window, title, QString(), filters);
  dialog.setOption(QFileDialog::DontUseNativeDialog);
  dialog.setFileMode(QFileDialog::ExistingFile);
  return ask(dialog);
}

QString ask_folder(QWidget *window, const QString &title, const QString &begin_at) {
  QFileDialog dialog(window, title, begin_at);
  dialog.setOption(QFileDialog::DontUseNativeDialog);
  dialog.setOption(QFileDialog::ShowDirsOnly);
  dialog.setFileMode(QFileDialog::Directory);
  return ask(dialog);
}

} // namespace duet::ui
