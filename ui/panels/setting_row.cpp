#include "ui/panels/setting_row.h"
#include "engine/data/catalog.h"
#include "ui/panels/class_picker.h"
#include "ui/panels/labels.h"
#include "ui/panels/number_field.h"
#include "ui/panels/typed_field.h"
#include "ui/panels/value_slider.h"
#include "ui/theme/text_size.h"
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr int number_width = 62, number_padding = 14, row_height = 26, longest_name = 130; ///< units

/// A combo box that leaves the wheel to the dock it stands in.
class QuietComboBox : public QComboBox {
public:
  using QComboBox::QComboBox;

protected:
  void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

double as_number(const Value &value) {
  if (const auto *integer = std::get_if<long long>(&value))
    return static_cast<double>(*integer);
  if (const auto *real = std::get_if<double>(&value))
    return *real;
  return 0;
}

} // namespace

SettingRow::SettingRow(const Field &field, Voice voice, QWidget *parent)
    : QWidget(parent), field_(field), scale_(field), voice_(voice) {
  setObjectName(setting_object_name(field.path));
  setToolTip(setting_tooltip(field));
  auto *outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  auto *controls = new QWidget(this);
  follow_text_size(controls, [controls] { controls->setFixedHeight(px(row_height)); });
  outer->addWidget(controls);
  note_ = new QLabel(this);
  note_->setObjectName(objectName() + QStringLiteral("_note"));
  note_->setProperty("refusal", true);
  note_->setWordWrap(true);
  note_->setTextFormat(Qt::PlainText);
  note_->hide();
  outer->addWidget(note_);
  line_ = new QHBoxLayout(controls);
  line_->setContentsMargins(0, 0, 0, 0);
  line_->setSpacing(8);
  label_ = new QLabel(short_label(field), this);
  line_->addWidget(label_);
  switch (field.kind) {
  case Field::Kind::integer:
  case Field::Kind::real:
    makeNumber();
    break;
  case Field::Kind::choice:
    makeChoice();
    break;
  case Field::Kind::text:
    if (field.control == SettingControl::images)
      makeSource();
    else
      makeList();
    break;
  case Field::Kind::list:
    if (field.control == SettingControl::labels) {
      classes_ = new ClassPicker(this);
      name(classes_, "classes");
      line_->addWidget(classes_, 1);
      connect(classes_, &ClassPicker::edited, this, [this](const auto &list) { Q_EMIT committed(list); });
      connect(classes_, &ClassPicker::typed, this, &SettingRow::commitText);
      connect(classes_, &ClassPicker::refused, this, &SettingRow::say);
    } else {
      makeList();
    }
    break;
  case Field::Kind::boolean:
    check_ = new QCheckBox(this);
    check_->setFocusPolicy(Qt::TabFocus);
    name(check_, "check");
    line_->addWidget(check_, 1);
    connect(check_, &QCheckBox::toggled, this, [this](bool on) { Q_EMIT committed(Value(on)); });
    break;
  }
  label_->setBuddy(focusProxy());
}

/// Names a control for tests and screen readers; the first one takes the row's focus.
void SettingRow::name(QWidget *control, const char *suffix) {
  control->setObjectName(objectName() + '_' + QLatin1String(suffix));
  control->setAccessibleName(QString::fromStdString(field_.label));
  control->setAccessibleDescription(QString::fromStdString(field_.help));
  control->setToolTip(toolTip());
  if (!focusProxy())
    setFocusProxy(control);
}

void SettingRow::makeNumber() {
  if (scale_.usable()) {
    slider_ = new ValueSlider(scale_, voice_, this);
    name(slider_, "slider");
    line_->addWidget(slider_);
    connect(slider_, &ValueSlider::pressed, this, &SettingRow::gestureBegins);
    connect(slider_, &ValueSlider::moved, this, [this](double position) {
      const double value = scale_.valueAt(position);
      Q_EMIT edited(field_.kind == Field::Kind::integer ? Value(static_cast<long long>(std::llround(value)))
                                                        : Value(value));
    });
  } else {
    line_->addStretch(1);
  }
  number_ = new NumberField(this);
  follow_text_size(number_, [this] { fitNumber(); });
  name(number_, "number");
  line_->addWidget(number_);
  followField(number_);
  connect(number_, &NumberField::stepped, this, &SettingRow::moveBy);
}

/// As wide as what stands in it.
void SettingRow::fitNumber() {
  number_->ensurePolished();
  const int text = number_->fontMetrics().horizontalAdvance(number_->text());
  number_->setFixedWidth(std::max(px(number_width), text + px(number_padding)));
}

/// Also while it waits for a Reset, in a heavier font.
int SettingRow::labelWidth() const {
  label_->ensurePolished();
  QFont heavy = label_->font();
  heavy.setWeight(QFont::DemiBold);
  return QFontMetrics(heavy).horizontalAdvance(label_->text()) + 2;
}

void SettingRow::setLabelWidth(int width) { label_->setFixedWidth(width); }

void SettingRow::makeChoice() {
  combo_ = new QuietComboBox(this);
  name(combo_, "choice");
  for (std::size_t i = 0; i < field_.choices.size(); ++i) {
    combo_->addItem(choice_label(field_, field_.choices[i]), QString::fromStdString(field_.choices[i]));
    if (i < field_.choice_help.size())
      combo_->setItemData(static_cast<int>(i), QString::fromStdString(field_.choice_help[i]),
                          Qt::ToolTipRole);
  }
  combo_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  line_->addWidget(combo_, 1);
  connect(combo_, &QComboBox::activated, this,
          [this](int index) { Q_EMIT committed(combo_->itemData(index).toString().toStdString()); });
}

void SettingRow::makeSource() {
  combo_ = new QuietComboBox(this);
  name(combo_, "choice");
  for (const CatalogEntry &entry : catalog())
    combo_->addItem(QString::fromStdString(entry.title), QString::fromStdString(entry.name));
  combo_->addItem(tr("Folder\u2026"), QString());
  combo_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  line_->addWidget(combo_, 1);
  connect(combo_, &QComboBox::activated, this, [this](int index) {
    const QString source = combo_->itemData(index).toString();
    if (!source.isEmpty()) {
      Q_EMIT committed(source.toStdString());
      return;
    }
    showChoice(); // the box shows the old set until a folder is chosen
    Q_EMIT folderWanted();
  });
}

void SettingRow::makeList() {
  text_ = new TypedField(this);
  name(text_, "text");
  line_->addWidget(text_, 1);
  followField(text_);
}

void SettingRow::followField(TypedField *field) {
  connect(field, &TypedField::committed, this, &SettingRow::commitText);
  connect(field, &TypedField::refusalEnded, this, [this] { say({}); });
}

void SettingRow::commitText(const QString &text) {
  const bool all = field_.zero_is_all && text.compare(QLatin1String("all"), Qt::CaseInsensitive) == 0;
  const auto parsed = parse_value(field_, all ? "0" : text.toStdString());
  if (const auto *problem = std::get_if<Problem>(&parsed))
    refuse(in_words(*problem));
  else
    Q_EMIT committed(std::get<Value>(parsed));
}

void SettingRow::moveBy(int direction) {
  if (!scale_.usable())
    return;
  const double now = as_number(value_);
  double next = scale_.valueAt(scale_.positionOf(now) + direction * scale_.keyStep());
  if (field_.kind == Field::Kind::integer && std::llround(next) == std::llround(now))
    next = now + direction;
  Q_EMIT committed(field_.kind == Field::Kind::integer ? Value(static_cast<long long>(std::llround(next)))
                                                       : Value(next));
}

void SettingRow::show(const Experiment &experiment) {
  setVisible(field_.applies(experiment));
  followSurvey(experiment);
  value_ = get(experiment, field_.path);
  if (slider_)
    slider_->setPosition(scale_.positionOf(as_number(value_)));
  if (number_ && field_.zero_is_all && as_number(value_) == 0)
    number_->setNumber(tr("all"));
  else if (number_)
    number_->setNumber(QString::fromStdString(to_text(value_)), short_unit(experiment, field_));
  if (number_)
    fitNumber();
  if (check_) {
    const QSignalBlocker quiet(check_);
    check_->setChecked(std::get<bool>(value_));
  }
  if (classes_)
    classes_->setClasses(std::get<std::vector<int>>(value_));
  if (text_) {
    const auto *list = std::get_if<std::vector<int>>(&value_);
    text_->setShown(list ? list_text(*list) : QString::fromStdString(to_text(value_)));
  }
  showChoice();
  const bool correcting = (number_ && number_->isRefused()) || (text_ && text_->isRefused());
  if (!correcting)
    say({});
}

void SettingRow::followSurvey(const Experiment &experiment) {
  if (classes_)
    classes_->setCounts(survey_ ? std::optional(survey_->train) : std::nullopt);
  const bool train = field_.path == "data.train_limit";
  if (!train && field_.path != "data.test_limit")
    return;
  std::optional<double> images;
  if (survey_)
    images = static_cast<double>((train ? survey_->train : survey_->test).of(experiment.data.classes));
  scale_ = SliderScale(field_, images);
}

/// The box shows what is; a folder that was given by hand becomes an entry.
void SettingRow::showChoice() {
  if (!combo_)
    return;
  const QString choice = QString::fromStdString(to_text(value_));
  int index = combo_->findData(choice);
  if (index < 0 && field_.control == SettingControl::images) {
    const QString name = QFileInfo(choice).fileName(); // as long as it likes: the whole stands in the tip
    combo_->insertItem(combo_->count() - 1,
                       combo_->fontMetrics().elidedText(name, Qt::ElideMiddle, px(longest_name)), choice);
    index = combo_->count() - 2;
    combo_->setItemData(index, choice, Qt::ToolTipRole);
  }
  combo_->setCurrentIndex(index);
}

void SettingRow::refuse(const QString &sentence) {
  showChoice();
  if (slider_)
    slider_->setPosition(scale_.positionOf(as_number(value_)));
  for (TypedField *field : {static_cast<TypedField *>(number_), text_})
    if (field)
      field->refuse(sentence);
  if (check_) {
    const QSignalBlocker quiet(check_);
    check_->setChecked(std::get<bool>(value_));
  }
  if (classes_)
    classes_->refuse(sentence);
  say(sentence);
}

void SettingRow::say(const QString &sentence) {
  note_->setText(sentence);
  note_->setVisible(!sentence.isEmpty());
}

void SettingRow::setPending(bool pending) {
  if (label_->property("pending").toBool() == pending)
    return;
  label_->setProperty("pending", pending);
  label_->style()->unpolish(label_);
  label_->style()->polish(label_);
}

} // namespace duet::ui
