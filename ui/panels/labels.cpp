#include "ui/panels/labels.h"
#include <QHash>
#include <algorithm>

namespace duet::ui {
namespace {

/// What another control of the window edits.
bool elsewhere(const std::string &path) {
  return path == "model.fusion_ratio" || path == "training.train_spiking" ||
         path == "training.train_quantum" || path == "quantum.circuit";
}

std::vector<SettingsGroup> named_groups() {
  return {
      {"Data and model",
       Voice::neutral,
       {"data.source", "model.kind", "data.noise.kind", "data.noise.amount"},
       {"data.noise.apply", "data.classes", "data.train_limit", "data.test_limit", "data.validation",
        "data.augment.shift_px", "data.augment.rotate_deg"}},
      {"Spiking",
       Voice::spiking,
       {"spiking.neuron.kind", "spiking.encoder", "spiking.steps", "spiking.neuron.tau_ms",
        "spiking.neuron.threshold", "spiking.neuron.refractory_ms"},
       {"spiking.hidden", "spiking.max_rate", "spiking.dt_ms", "spiking.neuron.resistance",
        "spiking.neuron.v_rest", "spiking.neuron.v_reset", "spiking.neuron.reset", "spiking.neuron.surrogate",
        "spiking.neuron.slope"}},
      {"Quantum",
       Voice::quantum,
       {"quantum.ansatz", "quantum.qubits", "quantum.layers", "quantum.input"},
       {"quantum.reupload", "quantum.projection"}},
      {"Training",
       Voice::neutral,
       {"training.learning_rate", "training.batch", "training.optimizer", "training.epochs"},
       {"training.schedule", "training.step_epochs", "training.step_factor", "training.momentum",
        "training.weight_decay", "training.clip_norm", "seed", "training.threads"}},
  };
}

std::size_t group_of(const std::string &path) {
  return path.starts_with("spiking.")    ? 1
         : path.starts_with("quantum.")  ? 2
         : path.starts_with("training.") ? 3
                                         : 0;
}

QString when(Effect effect) {
  switch (effect) {
  case Effect::at_once:
    return QStringLiteral("Takes effect at once.");
  case Effect::next_batch:
    return QStringLiteral("Takes effect from the next batch.");
  case Effect::reset:
    break;
  }
  return QStringLiteral("Takes effect after Reset.");
}

} // namespace

std::vector<SettingsGroup> settings_groups() {
  std::vector<SettingsGroup> groups = named_groups();
  const auto named = [&groups](const std::string &path) {
    return std::any_of(groups.begin(), groups.end(), [&path](const SettingsGroup &group) {
      return std::count(group.rows.begin(), group.rows.end(), path) > 0 ||
             std::count(group.more.begin(), group.more.end(), path) > 0;
    });
  };
  for (const Field &field : fields())
    if (!elsewhere(field.path) && !named(field.path))
      groups[group_of(field.path)].more.push_back(field.path);
  return groups;
}

QString short_label(const Field &field) {
  static const QHash<QString, QString> names = {
      {"data.source", "Set"},
      {"model.kind", "Model"},
      {"data.noise.amount", "Amount"},
      {"data.classes", "Classes"},
      {"data.train_limit", "Train images"},
      {"data.test_limit", "Test images"},
      {"data.validation", "Validation"},
      {"data.augment.shift_px", "Shift"},
      {"data.augment.rotate_deg", "Rotation"},
      {"spiking.encoder", "Encoder"},
      {"spiking.steps", "Steps"},
      {"spiking.max_rate", "Max. rate"},
      {"spiking.dt_ms", "Step length"},
      {"spiking.hidden", "Hidden"},
      {"spiking.neuron.tau_ms", "\u03c4 membrane"},
      {"spiking.neuron.refractory_ms", "Refractory"},
      {"spiking.neuron.v_rest", "Rest value"},
      {"spiking.neuron.v_reset", "Reset value"},
      {"spiking.neuron.reset", "Reset by"},
      {"spiking.neuron.surrogate", "Surrogate"},
      {"spiking.neuron.slope", "Slope"},
      {"quantum.input", "Input"},
      {"quantum.layers", "Layers"},
      {"training.clip_norm", "Clip norm"},
      {"training.weight_decay", "Weight decay"},
  };
  return names.value(QString::fromStdString(field.path), QString::fromStdString(field.label));
}

QString choice_label(const std::string &path, const std::string &choice) {
  static const QHash<QString, QString> names = {
      {"spiking.neuron.kind/lif", "LIF"},
      {"spiking.neuron.kind/if", "IF, no leak"},
      {"spiking.neuron.kind/rate", "rate"},
      {"spiking.encoder/poisson", "Poisson"},
      {"model.kind/parallel", "parallel fusion"},
      {"model.kind/spiking", "spiking alone"},
      {"model.kind/serial", "in series"},
      {"data.noise.kind/gaussian", "Gaussian"},
      {"data.noise.kind/salt_pepper", "salt and pepper"},
      {"data.noise.apply/both", "both sets"},
      {"data.noise.apply/train", "training set"},
      {"data.noise.apply/test", "test set"},
      {"quantum.ansatz/all_to_all", "all to all"},
      {"quantum.ansatz/none", "classical twin"},
      {"quantum.ansatz/custom", "custom circuit"},
      {"quantum.input/spiking", "spiking features"},
      {"quantum.input/linear", "linear layer"},
      {"quantum.input/pooled", "pooled pixels"},
      {"training.optimizer/sgd", "SGD"},
      {"training.optimizer/adam", "Adam"},
      {"training.optimizer/adamw", "AdamW"},
      {"training.optimizer/rmsprop", "RMSprop"},
      {"data.source/mnist-mini", "MNIST mini"},
      {"data.source/mnist", "MNIST"},
      {"data.source/fashion-mnist", "Fashion-MNIST"},
      {"data.source/kmnist", "KMNIST"},
  };
  const QString name = QString::fromStdString(choice);
  const auto found = names.constFind(QString::fromStdString(path + "/" + choice));
  return found != names.cend() ? *found : QString(name).replace('_', ' ');
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
    text += QStringLiteral("<br>Allowed: %1.").arg(range.toHtmlEscaped());
  } else if (field.kind == Field::Kind::choice) {
    for (std::size_t i = 0; i < field.choices.size() && i < field.choice_help.size(); ++i)
      text += QStringLiteral("<br><b>%1</b>: %2")
                  .arg(choice_label(field.path, field.choices[i]).toHtmlEscaped(),
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

QString setting_object_name(const std::string &path) {
  return QString::fromStdString(path).replace('.', '_');
}

} // namespace duet::ui
