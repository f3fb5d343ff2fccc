// File > Get data set: what is here, what can be had, and fetching it with progress.
#pragma once
#include <QDialog>
#include <memory>
#include <string>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

namespace duet::ui {

/// Downloads run on a thread of their own, which this window polls; closing it stops them.
class DataDialog : public QDialog {
  Q_OBJECT
public:
  explicit DataDialog(QWidget *parent = nullptr);
  void get(const QString &source); ///< begins to fetch it, also where a damaged one lies
  ~DataDialog() override;

Q_SIGNALS:
  void useWanted(const QString &source); ///< a set that is here now
  void fetched(const QString &source);

private:
  struct Row {
    std::string name;
    QLabel *state = nullptr;
    QPushButton *get = nullptr;
    QProgressBar *bar = nullptr;
  };
  struct Fetch;
  void press(std::size_t row);
  void start(std::size_t row);
  void poll();
  void refresh();

  std::vector<Row> rows_;
  std::unique_ptr<Fetch> fetch_;
  QTimer *timer_;
};

} // namespace duet::ui
