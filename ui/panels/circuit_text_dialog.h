// The custom circuit as an OpenQASM program, to read, edit and paste into.
#pragma once
#include <QDialog>
#include <functional>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace duet::ui {

/// Reads along while one types: what is wrong, in which line, or how large the circuit is. Not modal.
class CircuitTextDialog : public QDialog {
  Q_OBJECT
public:
  /// What forbids to train such a program in this experiment; empty: nothing.
  using Judge = std::function<QString(const QString &open_qasm_3)>;
  CircuitTextDialog(const QString &program, Judge judge, QWidget *parent = nullptr);

Q_SIGNALS:
  void programWanted(const QString &open_qasm_3);

private:
  void read();

  Judge judge_;
  QPlainTextEdit *text_;
  QLabel *verdict_;
  QPushButton *take_;
};

} // namespace duet::ui
