#include "ui/panels/circuit_text_dialog.h"
#include "engine/base/error.h"
#include "engine/base/words.h"
#include "engine/qasm/qasm.h"
#include "ui/panels/availability.h"
#include "ui/theme/theme.h"
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace duet::ui {

CircuitTextDialog::CircuitTextDialog(const QString &program, Judge judge, QWidget *parent)
    : QDialog(parent), judge_(std::move(judge)), text_(new QPlainTextEdit(this)), verdict_(new QLabel(this)),
      take_(new QPushButton(tr("Use this circuit"), this)) {
  setObjectName(QStringLiteral("circuitTextDialog"));
  setWindowTitle(tr("Circuit as OpenQASM"));
  resize_in_units(this, {620, 520});
  text_->setObjectName(QStringLiteral("circuitProgram"));
  text_->setAccessibleName(tr("OpenQASM program"));
  follow_text_size(text_, [this] {
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(px(13));
    text_->setFont(fixed);
  });
  text_->setPlainText(program);
  verdict_->setObjectName(QStringLiteral("circuitVerdict"));
  verdict_->setWordWrap(true);
  take_->setObjectName(QStringLiteral("circuitTake"));
  auto *remark = new QLabel(
      tr("OpenQASM 2 or 3. Inputs x0, x1, ... are the image's angles, all others are trained."), this);
  remark->setProperty("caption", true);
  auto *bottom = new QHBoxLayout;
  bottom->addWidget(verdict_, 1);
  bottom->addWidget(take_);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 14, 16, 14);
  layout->addWidget(remark);
  layout->addWidget(text_, 1);
  layout->addLayout(bottom);
  connect(text_, &QPlainTextEdit::textChanged, this, &CircuitTextDialog::read);
  connect(take_, &QPushButton::clicked, this, [this] {
    try {
      Q_EMIT programWanted(
          QString::fromStdString(write_qasm3(read_qasm(text_->toPlainText().toStdString(), "program"))));
    } catch (const Error &error) {
      verdict_->setText(QString::fromUtf8(error.what()));
    }
  });
  read();
}

void CircuitTextDialog::read() {
  QString verdict;
  bool good = true;
  try {
    const Circuit circuit = read_qasm(text_->toPlainText().toStdString(), "program");
    verdict = tr("%1 qubits, %2 gates, %3 inputs, %4 weights")
                  .arg(circuit.qubits)
                  .arg(circuit.operations.size())
                  .arg(circuit.features)
                  .arg(used_weight_count(circuit));
    if (const auto own = circuit.names.own(); !own.empty())
      verdict += QStringLiteral(" (%1)").arg(QString::fromStdString(few_listed(own)));
    if (const QString problem = judge_(QString::fromStdString(write_qasm3(circuit))); !problem.isEmpty()) {
      verdict = problem;
      good = false;
    }
  } catch (const Error &error) {
    verdict = QString::fromUtf8(error.what());
    good = false;
  }
  verdict_->setText(verdict);
  const Palette &palette = theme().palette();
  verdict_->setStyleSheet(
      QStringLiteral("color: %1;").arg((good ? palette.fused_ink : palette.error_ink).name()));
  take_->setEnabled(good);
  take_->setToolTip(
      tip_with_reason(tr("The circuit takes effect after Reset; Undo brings the one before back."),
                      good ? QString() : verdict));
}

} // namespace duet::ui
