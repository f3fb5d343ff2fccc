#include "ui/panels/angle_editor.h"
#include "engine/circuit/gates.h"
#include "engine/qasm/angle_text.h"
#include "ui/editor/angle_dial.h"
#include "ui/panels/typed_field.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"
#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QLabel>
#include <QMenu>
#include <QTextCharFormat>
#include <QToolButton>

namespace duet::ui {

AngleEditor::AngleEditor(QWidget *parent)
    : QWidget(parent), dial_(new AngleDial(this)), own_(new QToolButton(this)), tie_(new QToolButton(this)),
      ties_(new QMenu(tie_)), note_(new QLabel(this)), problem_(new QLabel(this)) {
  setObjectName(QStringLiteral("angleEditor"));
  assemble();
  for (int k = 0; k < int(rows_.size()); ++k) {
    TypedField *field = rows_[std::size_t(k)].field;
    connect(field, &TypedField::committed, this, [this, k](const QString &text) { take(k, text); });
    connect(field, &QLineEdit::textEdited, this, [this, k](const QString &text) { check(k, text); });
    connect(field, &TypedField::refusalEnded, this, [this, k] { underline(k, {}, 0); });
    connect(field, &QLineEdit::selectionChanged, this, [this, k, field] {
      if (field->hasFocus() && current_ != k) {
        current_ = k;
        fill();
      }
    });
  }
  connect(dial_, &AngleDial::gestureBegins, this, &AngleEditor::gestureBegins);
  connect(dial_, &AngleDial::turned, this, &AngleEditor::turnOffset);
  connect(own_, &QToolButton::clicked, this, [this] {
    Q_EMIT wanted({give_own_weight(circuit_, *gate_, current_), tr("New weight for %1").arg(gateWords())},
                  false);
  });
  connect(ties_, &QMenu::aboutToShow, this, &AngleEditor::fillTies);
  hide();
}

void AngleEditor::assemble() {
  auto *grid = new QGridLayout;
  grid->setSpacing(4);
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    rows_[k] = {new QLabel(this), new TypedField(this)};
    rows_[k].field->setObjectName(QStringLiteral("angleField%1").arg(k));
    rows_[k].field->setAccessibleName(tr("Angle"));
    rows_[k].field->setToolTip(
        tr("A number, pi/2, a feature x0, a weight w3, or a factor times one of them plus a number: "
           "2*x0 + pi/2. The next weight that there is not yet is a new one."));
    grid->addWidget(rows_[k].name, int(k), 0);
    grid->addWidget(rows_[k].field, int(k), 1);
  }
  note_->setObjectName(QStringLiteral("angleNote"));
  note_->setProperty("caption", true);
  note_->setWordWrap(true);
  problem_->setObjectName(QStringLiteral("angleProblem"));
  problem_->setProperty("refusal", true);
  problem_->setWordWrap(true);
  problem_->hide();
  own_->setObjectName(QStringLiteral("angleOwn"));
  own_->setText(tr("New weight"));
  own_->setAccessibleName(tr("Weight of its own"));
  own_->setToolTip(tr("The angle gets a weight of its own, which begins at 0; a constant stays as offset."));
  tie_->setObjectName(QStringLiteral("angleTie"));
  tie_->setText(tr("Tie to"));
  tie_->setAccessibleName(tr("Tie to another weight"));
  tie_->setToolTip(tr("The angle follows a weight that another gate has, too."));
  tie_->setPopupMode(QToolButton::InstantPopup);
  tie_->setMenu(ties_);
  auto *right = new QVBoxLayout;
  right->setSpacing(4);
  right->addLayout(grid);
  right->addWidget(note_);
  auto *line = new QHBoxLayout;
  line->setSpacing(8);
  line->addWidget(dial_, 0, Qt::AlignTop);
  line->addLayout(right, 1);
  auto *buttons = new QHBoxLayout;
  buttons->setSpacing(6);
  buttons->addWidget(own_);
  buttons->addWidget(tie_);
  buttons->addStretch(1);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addLayout(line);
  layout->addWidget(problem_);
  layout->addLayout(buttons);
}

void AngleEditor::setCircuit(const Circuit &circuit) {
  circuit_ = circuit;
  setGate(gate_);
}

void AngleEditor::setGate(std::optional<int> operation) {
  if (operation != gate_)
    current_ = 0;
  gate_ = operation && std::size_t(*operation) < circuit_.operations.size() ? operation : std::nullopt;
  setVisible(gate_ && parameters() > 0);
  if (!isHidden())
    fill();
}

const Angle &AngleEditor::angle(int parameter) const {
  return circuit_.operations[std::size_t(*gate_)].angles[std::size_t(parameter)];
}

int AngleEditor::parameters() const {
  return facts(circuit_.operations[std::size_t(*gate_)].gate).parameters;
}

QString AngleEditor::gateWords() const { return gate_words(circuit_, {*gate_}); }

void AngleEditor::fill() {
  const GateFacts &record = facts(circuit_.operations[std::size_t(*gate_)].gate);
  current_ = std::min(current_, record.parameters - 1);
  for (int k = 0; k < int(rows_.size()); ++k) {
    const auto &[name, field] = rows_[std::size_t(k)];
    name->setVisible(k < record.parameters);
    field->setVisible(k < record.parameters);
    if (k >= record.parameters)
      continue;
    const std::string_view called = record.parameter_names[std::size_t(k)];
    name->setText(QString::fromUtf8(called.data(), qsizetype(called.size())));
    field->setAccessibleName(tr("Angle %1 of %2").arg(name->text(), gateWords()));
    field->setShown(QString::fromStdString(angle_text(angle(k), circuit_.names)));
  }
  const Angle &now = angle(current_);
  dial_->setAngle(now.offset);
  const int shared = now.source == Angle::Source::weight ? uses(circuit_, now.index) : 0;
  const QString input = QString::fromStdString(circuit_.names.of(now));
  note_->setText(now.source == Angle::Source::constant ? tr("A constant; the dial turns it.")
                 : now.source == Angle::Source::feature
                     ? tr("Follows the image's %1; the dial turns the offset.").arg(input)
                 : shared > 1
                     ? tr("Tied: %1 angles follow %2; the dial turns the offset.").arg(shared).arg(input)
                     : tr("Trained: %1 alone; the dial turns the offset.").arg(input));
  own_->setText(shared > 1 ? tr("Untie") : tr("New weight"));
  own_->setEnabled(now.source != Angle::Source::weight || shared > 1);
  tie_->setEnabled(circuit_.weights > 0);
}

void AngleEditor::check(int parameter, const QString &text) {
  const ReadAngle read = read_angle(text.toStdString(), circuit_);
  underline(parameter, read.problem, read.from);
}

void AngleEditor::underline(int parameter, const std::string &problem, std::size_t from) {
  problem_->setText(QString::fromStdString(problem));
  problem_->setVisible(!problem.empty());
  TypedField *field = rows_[std::size_t(parameter)].field;
  QList<QInputMethodEvent::Attribute> marks;
  const int length = int(field->text().size());
  const int start = std::min(int(QString::fromUtf8(field->text().toUtf8().left(qsizetype(from))).size()),
                             std::max(0, length - 1));
  if (!problem.empty() && length > 0) {
    QTextCharFormat wavy;
    wavy.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wavy.setUnderlineColor(theme().palette().error);
    marks << QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat, start - field->cursorPosition(),
                                          length - start, wavy);
  }
  QInputMethodEvent event(QString(), marks); // how a line edit is told of formats
  QCoreApplication::sendEvent(field, &event);
}

void AngleEditor::take(int parameter, const QString &text) {
  const ReadAngle read = read_angle(text.toStdString(), circuit_);
  const CircuitEdit edit = read.problem.empty() ? turn(circuit_, *gate_, parameter, read.angle)
                                                : CircuitEdit{circuit_, {}, read.problem};
  if (edit.done()) {
    current_ = parameter;
    Q_EMIT wanted({edit, tr("Angle of %1").arg(gateWords())}, false);
    return;
  }
  rows_[std::size_t(parameter)].field->refuse(QString::fromStdString(edit.refusal));
  underline(parameter, edit.refusal, read.from);
}

void AngleEditor::turnOffset(double radians) {
  Angle turned = angle(current_);
  turned.offset = radians;
  Q_EMIT wanted({turn(circuit_, *gate_, current_, turned), tr("Turn %1").arg(gateWords())}, true);
}

void AngleEditor::fillTies() {
  ties_->clear();
  for (int weight = 0; weight < circuit_.weights; ++weight) {
    std::vector<int> followers;
    for (int i = 0; i < int(circuit_.operations.size()); ++i)
      for (const Angle &each : circuit_.operations[std::size_t(i)].angles)
        if (each.source == Angle::Source::weight && each.index == weight && i != *gate_)
          followers.push_back(i);
    if (followers.empty())
      continue;
    const QString name = QString::fromStdString(circuit_.names.of(Angle::weight(weight)));
    ties_->addAction(tr("%1 of %2").arg(name, gate_words(circuit_, followers)), this, [this, name, weight] {
      Q_EMIT wanted({tie(circuit_, *gate_, current_, weight), tr("Tie %1 to %2").arg(gateWords(), name)},
                    false);
    });
  }
  if (ties_->isEmpty())
    ties_->addAction(tr("No other gate has a weight"))->setEnabled(false);
}

} // namespace duet::ui
