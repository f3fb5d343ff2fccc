// Messages that never stop the work: what, why, and the fix as a button.
#pragma once
#include <QList>
#include <QString>
#include <QWidget>
#include <functional>
#include <utility>

class QVBoxLayout;

namespace duet::ui {

struct InfoMessage {
  QString key; ///< a new message with the same key takes the place of the old one
  QString text;
  bool is_error = false;
  bool keeps = false;                                       ///< stays until it is answered or closed
  QList<std::pair<QString, std::function<void()>>> actions; ///< label and what it does
};

/// Floats over the canvas, newest on top, at most three at a time.
class InfoBars : public QWidget {
  Q_OBJECT
public:
  explicit InfoBars(QWidget *parent);
  void post(const InfoMessage &message);
  void dismiss(const QString &key);
  bool shows(const QString &key) const;
  QString textOf(const QString &key) const; ///< empty if it is not shown

protected:
  void enterEvent(QEnterEvent *event) override;
  void leaveEvent(QEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;

private:
  void expire(QWidget *bar, int after_ms);
  void take(QWidget *bar);
  void closeUp();
  int shownCount() const;
  int roomAcross() const;
  void fitBars();
  QWidget *find(const QString &key) const;
  QVBoxLayout *layout_;
  bool pointed_at_ = false; ///< the pointer is inside
};

} // namespace duet::ui
