#include "ui/panels/settings_form.h"
#include "ui/panels/labels.h"
#include "ui/panels/neuron_plots.h"
#include "ui/panels/setting_row.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {
namespace {

const char *voice_name(Voice voice) {
  return voice == Voice::spiking ? "spiking" : voice == Voice::quantum ? "quantum" : "neutral";
}

} // namespace

SettingsForm::SettingsForm(QWidget *parent) : SideScroll(parent) {
  setObjectName(QStringLiteral("settingsForm"));
  setAccessibleName(tr("Settings of the experiment"));
  auto *content = new QWidget(this);
  auto *layout = new QVBoxLayout(content);
  layout->setContentsMargins(margin, 6, margin, margin);
  layout->setSpacing(0);
  setWidget(content);
  groups_.resize(settings_groups().size());
  for (std::size_t i = 0; i < groups_.size(); ++i)
    makeGroup(i);
  layout->addStretch(1);
  follow_text_size(this, [this] { alignLabels(); });
}

/// All labels are as wide as the widest.
void SettingsForm::alignLabels() {
  int widest = 0;
  const auto each_row = [this](const auto &act) {
    for (const Group &group : groups_)
      for (const auto *rows : {&group.rows, &group.more})
        for (SettingRow *row : *rows)
          act(*row);
  };
  each_row([&](const SettingRow &row) { widest = std::max(widest, row.labelWidth()); });
  each_row([&](SettingRow &row) { row.setLabelWidth(widest); });
}

/// The group's title, its badge, and what unfolds the rest.
void SettingsForm::makeHeading(Group &group, const SettingsGroup &description) {
  const QString name = description.title.section(' ', 0, 0).toLower();
  group.heading = new QWidget(this);
  auto *heading = new QHBoxLayout(group.heading);
  heading->setContentsMargins(0, 8, 0, 4);
  heading->setSpacing(8);
  auto *title = new QLabel(description.title.toUpper(), this);
  title->setObjectName(name + QStringLiteral("Heading"));
  title->setProperty("heading", true);
  title->setProperty("voice", voice_name(description.voice));
  QFont spaced = ui::font(11, QFont::DemiBold);
  spaced.setLetterSpacing(QFont::PercentageSpacing, 106);
  title->setFont(spaced);
  group.badge = new QPushButton(tr("needs Reset"), this);
  group.badge->setObjectName(name + QStringLiteral("Badge"));
  group.badge->setProperty("badge", true);
  group.badge->setToolTip(
      tr("Edits of this group wait for a new run. Click to reset now; Undo takes it back."));
  group.badge->setAccessibleName(tr("%1: needs Reset").arg(description.title));
  group.badge->setCursor(Qt::PointingHandCursor);
  group.badge->hide();
  connect(group.badge, &QPushButton::clicked, this, &SettingsForm::resetWanted);
  group.unfold = new QPushButton(tr("more"), this);
  group.unfold->setObjectName(name + QStringLiteral("More"));
  group.unfold->setProperty("link", true);
  group.unfold->setToolTip(tr("Shows or hides the less common settings of this group."));
  group.unfold->setAccessibleName(tr("More settings: %1").arg(description.title));
  group.unfold->setProperty("fold", true);
  heading->addWidget(title);
  heading->addStretch(1);
  heading->addWidget(group.badge);
  heading->addWidget(group.unfold);
}

void SettingsForm::makeGroup(std::size_t index) {
  const SettingsGroup description = settings_groups()[index];
  Group &group = groups_[index];
  auto *outer = static_cast<QVBoxLayout *>(widget()->layout());
  group.which = description.group;
  makeHeading(group, description);
  outer->addWidget(group.heading);
  group.layout = new QVBoxLayout;
  group.layout->setSpacing(0);
  outer->addLayout(group.layout);
  const int voice = static_cast<int>(description.voice);
  for (const std::string &path : description.rows)
    if (SettingRow *made = makeRow(path, voice, group.layout))
      group.rows.push_back(made);
  group.folded = new QWidget(this);
  auto *folded_layout = new QVBoxLayout(group.folded);
  folded_layout->setContentsMargins(0, 0, 0, 0);
  folded_layout->setSpacing(0);
  for (const std::string &path : description.more)
    if (SettingRow *made = makeRow(path, voice, folded_layout))
      group.more.push_back(made);
  group.layout->addWidget(group.folded);
  group.folded->hide();
  connect(group.unfold, &QPushButton::clicked, this,
          [this, index] { fold(groups_[index], !groups_[index].folded->isHidden()); });
  if (description.group == SettingGroup::quantum)
    makeCircuitButton(group);
  if (description.group == SettingGroup::spiking) {
    plots_ = new NeuronPlots(this);
    group.layout->addSpacing(4);
    group.layout->addWidget(plots_);
  }
}

void SettingsForm::makeCircuitButton(Group &group) {
  circuit_text_ = new QPushButton(tr("Edit circuit as OpenQASM\u2026"), this);
  circuit_text_->setObjectName(QStringLiteral("circuitText"));
  circuit_text_->setProperty("small", true);
  circuit_text_->setToolTip(
      tr("The custom circuit as an OpenQASM program: its gates, inputs x0.. and weights w0..."));
  circuit_text_->setAccessibleName(tr("Edit the circuit as OpenQASM"));
  connect(circuit_text_, &QPushButton::clicked, this, &SettingsForm::circuitTextWanted);
  group.layout->addSpacing(3);
  group.layout->addWidget(circuit_text_);
}

SettingRow *SettingsForm::makeRow(const std::string &path, int voice, QVBoxLayout *layout) {
  const Field *field = find_field(path);
  if (!field)
    return nullptr;
  auto *made = new SettingRow(*field, static_cast<Voice>(voice), this);
  layout->addWidget(made);
  connect(made, &SettingRow::gestureBegins, this, &SettingsForm::gestureBegins);
  connect(made, &SettingRow::edited, this, [this, path](const Value &value) { Q_EMIT edited(path, value); });
  connect(made, &SettingRow::committed, this,
          [this, path](const Value &value) { Q_EMIT committed(path, value); });
  connect(made, &SettingRow::folderWanted, this, &SettingsForm::folderWanted);
  return made;
}

void SettingsForm::fold(Group &group, bool folded) {
  group.folded->setVisible(!folded);
  group.unfold->setText(folded ? tr("more") : tr("less"));
}

void SettingsForm::setSurvey(const std::shared_ptr<const Survey> &survey) {
  for (const char *path : {"data.classes", "data.train_limit", "data.test_limit"}) {
    row(path)->setSurvey(survey);
    row(path)->show(shown_);
  }
}

void SettingsForm::show(const Experiment &experiment) {
  shown_ = experiment;
  for (Group &group : groups_) {
    for (SettingRow *each : group.rows)
      each->show(experiment);
    bool any_row = false, any_more = false;
    for (const SettingRow *each : group.rows)
      any_row = any_row || each->field().applies(experiment);
    for (SettingRow *each : group.more) {
      each->show(experiment);
      any_more = any_more || each->field().applies(experiment);
    }
    group.unfold->setVisible(any_more);
    group.heading->setVisible(any_row || any_more); // a group without a meaning in this model
  }
  plots_->setSettings(experiment.spiking);
  circuit_text_->setVisible(experiment.quantum.ansatz == Ansatz::custom &&
                            applies(experiment, "quantum.ansatz"));
}

void SettingsForm::setPending(const std::vector<std::string> &paths) {
  const auto waits = [&paths](const SettingRow *each) {
    return std::find(paths.begin(), paths.end(), each->field().path) != paths.end();
  };
  for (Group &group : groups_) {
    bool any = false;
    for (const auto *rows : {&group.rows, &group.more})
      for (SettingRow *each : *rows) {
        each->setPending(waits(each));
        any = any || waits(each);
      }
    for (const std::string &path : paths) // the circuit's text has no row but belongs to a group
      if (const Field *field = find_field(path))
        any = any || (field->control == SettingControl::elsewhere && field->group == group.which);
    group.badge->setVisible(any);
  }
}

SettingRow *SettingsForm::row(const std::string &path) const {
  for (const Group &group : groups_)
    for (const auto *rows : {&group.rows, &group.more})
      for (SettingRow *each : *rows)
        if (each->field().path == path)
          return each;
  return nullptr;
}

void SettingsForm::reveal(const std::string &path) {
  SettingRow *wanted = row(path);
  if (!wanted)
    return;
  for (Group &group : groups_)
    if (std::find(group.more.begin(), group.more.end(), wanted) != group.more.end())
      fold(group, false);
  ensureWidgetVisible(wanted);
  wanted->setFocus(Qt::OtherFocusReason);
}

} // namespace duet::ui
