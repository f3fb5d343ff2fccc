// What CircuitPainter says in words: titles, tooltips, summaries.
#include "engine/circuit/gates.h"
#include "ui/circuit/circuit_painter.h"
#include <QObject>
#include <QStringList>
#include <algorithm>
#include <numbers>

namespace duet::ui {
namespace {

QString text_of(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

QString plural(qsizetype count, const char *noun) {
  return QStringLiteral("%1 %2%3").arg(count).arg(QLatin1String(noun),
                                                  count == 1 ? QString() : QStringLiteral("s"));
}

} // namespace

QString CircuitPainter::gateTitle(int operation) const {
  if (operation < 0 || std::size_t(operation) >= circuit_.operations.size())
    return {};
  const Operation &op = circuit_.operations[std::size_t(operation)];
  const GateFacts &record = facts(op.gate);
  if (op.gate == Gate::barrier)
    return QStringLiteral("barrier");
  QStringList angles, qubits;
  for (int a = 0; a < record.parameters; ++a)
    angles << text_of(angle_formula(op.angles[std::size_t(a)], circuit_.names));
  for (int q = 0; q < record.qubits; ++q)
    qubits << QStringLiteral("q%1").arg(op.qubits[std::size_t(q)]);
  return text_of(record.qasm3).toUpper() +
         (angles.isEmpty() ? QString() : u'(' + angles.join(QStringLiteral(", ")) + u')') +
         QStringLiteral(" on ") + qubits.join(QStringLiteral(", "));
}

QString CircuitPainter::toolTip(int operation) const {
  const QString title = gateTitle(operation);
  if (title.isEmpty())
    return {};
  const Operation &op = circuit_.operations[std::size_t(operation)];
  const GateFacts &record = facts(op.gate);
  QString text =
      QStringLiteral("<b>%1</b><br>%2").arg(title.toHtmlEscaped(), text_of(record.help).toHtmlEscaped());
  for (int a = 0; a < record.parameters; ++a) {
    const Angle &angle = op.angles[std::size_t(a)];
    const std::size_t index = std::size_t(angle.index);
    const QString name = text_of(record.parameter_names[std::size_t(a)]);
    if (!angle_known(angle, angles_, weights_)) {
      text +=
          QObject::tr("<br>%1 = %2, not known yet").arg(name, text_of(angle_formula(angle, circuit_.names)));
      continue;
    }
    const double value = angle_value(angle, angles_, weights_);
    const QString input_name = text_of(circuit_.names.of(angle));
    text += QObject::tr("<br>%1 = %2 rad (%3°)")
                .arg(name, QString::number(value, 'g', 4),
                     QString::number(value * 180 / std::numbers::pi, 'f', 1));
    if (angle.source == Angle::Source::feature)
      text += QObject::tr(" from the image's %1").arg(input_name);
    if (angle.source == Angle::Source::weight)
      text += QStringLiteral("<br>weight %1 = %2").arg(input_name, QString::number(weights_[index], 'g', 4));
    if (angle.source == Angle::Source::weight && index < gradients_.size())
      text += QObject::tr(", gradient in this batch %1").arg(QString::number(gradients_[index], 'g', 3));
  }
  return text;
}

QString CircuitPainter::qubitToolTip(int qubit) const {
  if (qubit < 0 || std::size_t(qubit) >= expectation_z_.size())
    return {};
  const double z = expectation_z_[std::size_t(qubit)];
  return QObject::tr("<b>q%1</b><br>&lt;Z&gt; = %2: measured as 0 in %3 % and as 1 in %4 % of the shots")
      .arg(qubit)
      .arg(QString::number(z, 'f', 3), QString::number(50 * (1 + z), 'f', 1),
           QString::number(50 * (1 - z), 'f', 1));
}

QString CircuitPainter::summary() const {
  const auto gates = std::count_if(circuit_.operations.begin(), circuit_.operations.end(),
                                   [](const Operation &op) { return op.gate != Gate::barrier; });
  return plural(circuit_.qubits, "qubit") + QStringLiteral(", ") + plural(gates, "gate") +
         QStringLiteral(", ") + plural(used_weight_count(circuit_), "weight");
}

} // namespace duet::ui
