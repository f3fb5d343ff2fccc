// One setting of the form: its name and the controls its kind asks for.
#pragma once
#include "engine/data/dataset.h"
#include "engine/experiment/describe.h"
#include "ui/panels/slider_scale.h"
#include "ui/theme/palette.h"
#include <QWidget>
#include <memory>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;

namespace duet::ui {

class ClassPicker;
class NumberField;
class TypedField;
class ValueSlider;

/// Shows values and emits wishes; whether a wish is allowed is the document's matter.
class SettingRow : public QWidget {
  Q_OBJECT
public:
  SettingRow(const Field &field, Voice voice, QWidget *parent = nullptr);

  const Field &field() const { return field_; }
  void show(const Experiment &experiment); ///< the value, the unit and whether the row applies
  /// What the experiment's source holds, null if that is not known: labels to choose, ends of sliders.
  void setSurvey(const std::shared_ptr<const Survey> &survey) { survey_ = survey; }
  void setPending(bool pending); ///< waits for a reset
  int labelWidth() const;        ///< that its label needs
  void setLabelWidth(int width);
  /// The last wish was not allowed: back to what is, but for a text that can be corrected; the sentence
  /// stands below until the next wish.
  void refuse(const QString &sentence);

Q_SIGNALS:
  void gestureBegins();                     ///< the edits that follow undo together
  void edited(const duet::Value &value);    ///< within a gesture of the slider
  void committed(const duet::Value &value); ///< one edit of its own
  void folderWanted();                      ///< data.source: choose a folder with IDX files

private:
  void makeNumber();
  void makeChoice();
  void makeSource();
  void makeList();
  void commitText(const QString &text);
  void moveBy(int direction);
  void name(QWidget *control, const char *suffix);
  void followField(TypedField *field);
  void showChoice();
  void say(const QString &sentence);
  void fitNumber();

  void followSurvey(const Experiment &experiment);

  const Field &field_;
  std::shared_ptr<const Survey> survey_;
  SliderScale scale_;
  Value value_;
  Voice voice_;
  QHBoxLayout *line_ = nullptr;
  QLabel *label_ = nullptr, *note_ = nullptr;
  ValueSlider *slider_ = nullptr;
  NumberField *number_ = nullptr;
  QComboBox *combo_ = nullptr;
  QCheckBox *check_ = nullptr;
  TypedField *text_ = nullptr;
  ClassPicker *classes_ = nullptr;
};

} // namespace duet::ui
