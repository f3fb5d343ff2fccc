// A line of typed text. Enter or leaving it takes it, Esc takes the old text back.
#pragma once
#include <QLineEdit>

namespace duet::ui {

/// What is typed is taken, too, before a key of the window acts or anything else is clicked: Reset and Save
/// see it. So undo, which is the document's here as everywhere, first brings back the old text.
class TypedField : public QLineEdit {
  Q_OBJECT
public:
  explicit TypedField(QWidget *parent = nullptr);

  void setShown(const QString &text); ///< what is; emits nothing; not while typing
  /// Answer to committed(): the text is not allowed. It is marked, and the sentence said to screen readers,
  /// until it is changed or left. At other times there is nothing to refuse.
  void refuse(const QString &sentence);
  bool isRefused() const;

Q_SIGNALS:
  void committed(const QString &text);
  /// A sentence beside the field has done its work. One about text refused on leaving stays for the reader.
  void refusalEnded();

protected:
  bool event(QEvent *event) override;
  bool eventFilter(QObject *watched, QEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;
  /// What is committed of a typed text.
  virtual QString meant(const QString &typed) const { return typed.trimmed(); }
  /// What stands for `shown` when committed: an equal text is no edit.
  virtual QString meantNow() const { return shown_; }

private:
  void commit();
  void showAgain(bool sentence_stays = false);
  void setRefused(bool refused, bool sentence_stays = false);
  void giveUndoToTheWindow(QEvent *override);
  bool isKeyOfTheWindow(const QKeyEvent &event) const;

  QString shown_, description_;
  bool committing_ = false;
};

/// True for the keys of undo and redo.
bool is_undo_or_redo(const QKeyEvent &event);

} // namespace duet::ui
