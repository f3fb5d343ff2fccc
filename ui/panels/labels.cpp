#include "ui/panels/labels.h"
#include "engine/data/catalog.h"
#include <QObject>
#include <algorithm>

namespace duet::ui {
namespace {

QString title_of(SettingGroup group) {
  switch (group) {
  case SettingGroup::data_and_model:
    return QObject::tr("Data and model");
  case SettingGroup::spiking:
    return QObject::tr("Spiking");
  case SettingGroup::quantum:
    return QObject::tr("Quantum");
  case SettingGroup::training:
    break;
  }
  return QObject::tr("Training");
}

Voice voice_of(SettingGroup group) {
  return group == SettingGroup::spiking   ? Voice::spiking
         : group == SettingGroup::quantum ? Voice::quantum
                                          : Voice::neutral;
}

QString when(Effect effect) {
  switch (effect) {
  case Effect::next_batch:
    return QObject::tr("Takes effect from the next batch.");
  case Effect::circuit:
    return QObject::tr(
        "To and from a circuit of your own it takes effect from the next batch, else after Reset.");
  case Effect::reset:
    break;
  }
  return QObject::tr("Takes effect after Reset.");
}

} // namespace

std::vector<SettingsGroup> settings_groups() {
  std::vector<SettingsGroup> groups;
  for (const SettingGroup group :
       {SettingGroup::data_and_model, SettingGroup::spiking, SettingGroup::quantum, SettingGroup::training}) {
    std::vector<const Field *> rows;
    SettingsGroup &made = groups.emplace_back(SettingsGroup{group, title_of(group), voice_of(group), {}, {}});
    for (const Field &field : fields())
      if (field.group == group && field.control != SettingControl::elsewhere)
        field.row ? rows.push_back(&field) : made.more.push_back(field.path);
    std::ranges::sort(rows, {}, &Field::row);
    for (const Field *field : rows)
      made.rows.push_back(field->path);
  }
  return groups;
}

QString short_label(const Field &field) { return QString::fromStdString(field.short_label); }

QString choice_label(const Field &field, const std::string &choice) {
  const auto found = std::ranges::find(field.choices, choice);
  if (found != field.choices.end())
    return QString::fromStdString(field.choice_labels[std::size_t(found - field.choices.begin())]);
  const CatalogEntry *set = field.control == SettingControl::images ? find_in_catalog(choice) : nullptr;
  return QString::fromStdString(set ? set->title : choice);
}

QString short_unit(const Experiment &experiment, const Field &field) {
  if (field.path == "data.noise.amount")
    return experiment.data.noise.kind == NoiseKind::gaussian ? QStringLiteral("sd") : QString();
  const QString unit = QString::fromStdString(field.unit);
  if (unit == QLatin1String("degrees"))
    return QStringLiteral("\u00b0");
  return unit == QLatin1String("ms") || unit == QLatin1String("px") ? unit : QString();
}

QString setting_tooltip(const Field &field) {
  QString text = QStringLiteral("<qt><b>%1</b><br>%2")
                     .arg(QString::fromStdString(field.label).toHtmlEscaped(),
                          QString::fromStdString(field.help).toHtmlEscaped());
  if (field.kind == Field::Kind::integer || field.kind == Field::Kind::real) {
    QString range = QString::fromStdString(allowed(field));
    if (!field.unit.empty())
      range += ' ' + QString::fromStdString(field.unit);
    text += QObject::tr("<br>Allowed: %1.").arg(range.toHtmlEscaped());
  } else if (field.kind == Field::Kind::choice) {
    for (std::size_t i = 0; i < field.choices.size() && i < field.choice_help.size(); ++i)
      text += QStringLiteral("<br><b>%1</b>: %2")
                  .arg(choice_label(field, field.choices[i]).toHtmlEscaped(),
                       QString::fromStdString(field.choice_help[i]).toHtmlEscaped());
  }
  return text + QStringLiteral("<br><i>%1</i></qt>").arg(when(field.effect));
}

QString in_words(const std::string &sentence) {
  return QString::fromStdString(
      rename_settings(sentence, [](const Field &field) { return short_label(field).toStdString(); }));
}

QString in_words(const Problem &problem) {
  const bool named = problem.path.empty() || problem.text.find(problem.path) != std::string::npos;
  return in_words(named ? problem.text : problem.path + ": " + problem.text);
}

QString list_text(const std::vector<int> &list) {
  QStringList parts;
  for (const int entry : list)
    parts << QString::number(entry);
  return parts.join(QStringLiteral(", "));
}

QString setting_object_name(const std::string &path) {
  return QString::fromStdString(path).replace('.', '_');
}

} // namespace duet::ui
