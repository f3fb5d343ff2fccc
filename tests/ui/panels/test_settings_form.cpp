// The form made from the description of settings, and the small controls it is made of.
#include "ui/panels/crossfader.h"
#include "ui/panels/field_note.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/labels.h"
#include "ui/panels/number_field.h"
#include "ui/panels/setting_row.h"
#include "ui/panels/settings_form.h"
#include "ui/panels/slider_scale.h"
#include "ui/panels/value_slider.h"
#include "ui/panels/wording.h"
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <set>

using namespace duet;
using namespace duet::ui;

class TestSettingsForm : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void everySettingIsThereOnce() {
    std::multiset<std::string> shown;
    for (const SettingsGroup &group : settings_groups()) {
      shown.insert(group.rows.begin(), group.rows.end());
      shown.insert(group.more.begin(), group.more.end());
    }
    const std::set<std::string> elsewhere = {"model.fusion_ratio", "training.train_spiking",
                                             "training.train_quantum", "quantum.circuit"};
    for (const Field &field : fields())
      QCOMPARE(static_cast<int>(shown.count(field.path)), elsewhere.count(field.path) ? 0 : 1);
    QCOMPARE(shown.size() + elsewhere.size(), fields().size());
  }

  void rowsThatDoNotApplyAreHidden() {
    SettingsForm form;
    form.resize(262, 900);
    Experiment experiment;
    form.show(experiment);
    QVERIFY(!form.row("spiking.neuron.tau_ms")->isHidden());
    QVERIFY(form.row("data.noise.amount")->isHidden());
    experiment.spiking.neuron.kind = NeuronKind::integrate_and_fire;
    experiment.data.noise.kind = NoiseKind::gaussian;
    form.show(experiment);
    QVERIFY(form.row("spiking.neuron.tau_ms")->isHidden());
    QVERIFY(!form.row("data.noise.amount")->isHidden());
  }

  void fieldsCommitOnEnterAndRefuseNonsense() {
    SettingsForm form;
    form.show(Experiment());
    QSignalSpy committed(&form, &SettingsForm::committed);
    auto *note = form.findChild<QLabel *>(QStringLiteral("spiking_steps_note"));
    QVERIFY(note && note->isHidden());
    auto *number = form.findChild<NumberField *>(QStringLiteral("spiking_steps_number"));
    QVERIFY(number);
    QCOMPARE(number->text(), QStringLiteral("10"));
    number->selectAll();
    QTest::keyClicks(number, QStringLiteral("25"));
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(committed.count(), 1);
    QCOMPARE(committed.at(0).at(1).value<Value>(), Value(25LL));
    number->selectAll();
    QTest::keyClicks(number, QStringLiteral("0"));
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(committed.count(), 1);
    QVERIFY(number->isRefused());
    QCOMPARE(note->text(), QStringLiteral("Steps is \"0\"; allowed: whole numbers from 1 to 1000."));
    QCOMPARE(number->accessibleDescription(), note->text());
    QVERIFY(!note->isHidden());
    QTest::keyClicks(number, QStringLiteral("1")); // being corrected
    QVERIFY(note->isHidden() && !number->isRefused());
    QTest::keyClick(number, Qt::Key_Escape);
    QCOMPARE(number->text(), QStringLiteral("10"));
  }

  void unitsAreReadBack() {
    SettingsForm form;
    form.show(Experiment());
    QSignalSpy committed(&form, &SettingsForm::committed);
    auto *number = form.findChild<NumberField *>(QStringLiteral("spiking_neuron_tau_ms_number"));
    QCOMPARE(number->text(), QStringLiteral("10 ms"));
    number->selectAll();
    QTest::keyClicks(number, QStringLiteral("12.5 ms"));
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(committed.count(), 1);
    QCOMPARE(committed.at(0).at(1).value<Value>(), Value(12.5));
  }

  void slidersMoveByMouseAndKeys() {
    SettingsForm form;
    form.resize(262, 900);
    form.show(Experiment());
    QSignalSpy edited(&form, &SettingsForm::edited), gestures(&form, &SettingsForm::gestureBegins);
    auto *slider = form.findChild<ValueSlider *>(QStringLiteral("spiking_neuron_threshold_slider"));
    slider->resize(100, 20);
    QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(50, 10));
    QTest::mouseMove(slider, QPoint(80, 10));
    QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(80, 10));
    QCOMPARE(gestures.count(), 1);
    QVERIFY(edited.count() >= 1);
    QTest::keyClick(slider, Qt::Key_Home);
    QCOMPARE(gestures.count(), 2);
    QCOMPARE(edited.last().at(1).value<Value>(), Value(0.05));
  }

  void scalesGoThereAndBack() {
    for (const Field &field : fields()) {
      const SliderScale scale(field);
      if (!scale.usable())
        continue;
      for (double position = 0; position <= 1.0; position += 0.05) {
        const double value = scale.valueAt(position);
        QVERIFY2(value >= field.min && value <= field.max, field.path.c_str());
        QVERIFY2(std::abs(scale.valueAt(scale.positionOf(value)) - value) <=
                     1e-9 * std::max(1.0, std::abs(value)),
                 field.path.c_str());
      }
      Experiment experiment;
      const Value end = field.kind == Field::Kind::integer ? Value(std::llround(scale.valueAt(1)))
                                                           : Value(scale.valueAt(1));
      if (field.path != "quantum.qubits")
        QVERIFY2(!set(experiment, field.path, end), field.path.c_str());
    }
  }

  void pendingShowsTheBadge() {
    SettingsForm form;
    form.show(Experiment());
    auto *badge = form.findChild<QPushButton *>(QStringLiteral("quantumBadge"));
    QVERIFY(badge && badge->isHidden());
    form.setPending({"quantum.qubits"});
    QVERIFY(!badge->isHidden());
    QVERIFY(form.findChild<QPushButton *>(QStringLiteral("spikingBadge"))->isHidden());
    QSignalSpy wanted(&form, &SettingsForm::resetWanted);
    badge->click();
    QCOMPARE(wanted.count(), 1);
  }

  void choicesExplainThemselves() {
    SettingsForm form;
    auto *box = form.findChild<QComboBox *>(QStringLiteral("quantum_ansatz_choice"));
    QCOMPARE(box->count(), 7);
    for (int i = 0; i < box->count(); ++i)
      QVERIFY(!box->itemData(i, Qt::ToolTipRole).toString().isEmpty());
  }

  void everyControlHasNameAndTip() {
    SettingsForm form;
    for (const Field &field : fields())
      if (SettingRow *row = form.row(field.path)) {
        QVERIFY2(!row->toolTip().isEmpty(), field.path.c_str());
        QVERIFY2(row->focusProxy() && !row->focusProxy()->objectName().isEmpty(), field.path.c_str());
        QVERIFY2(!row->focusProxy()->accessibleName().isEmpty(), field.path.c_str());
      }
  }

  void crossfaderWishes() {
    Crossfader fader;
    fader.resize(560, 44);
    QSignalSpy ratios(&fader, &Crossfader::ratioWanted), lenses(&fader, &Crossfader::lensWanted);
    fader.setRatio(0.5);
    QTest::keyClick(&fader, Qt::Key_Right);
    QCOMPARE(ratios.count(), 1);
    QCOMPARE(ratios.last().at(0).toDouble(), 0.51);
    QTest::keyClick(&fader, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(ratios.count(), 1);
    QCOMPARE(lenses.count(), 1);
    QTest::mouseDClick(&fader, Qt::LeftButton, {}, QPoint(280, 22));
    QCOMPARE(ratios.last().at(0).toDouble(), 0.6);
    auto *number = fader.findChild<NumberField *>();
    number->selectAll();
    QTest::keyClicks(number, QStringLiteral("0.25"));
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(ratios.last().at(0).toDouble(), 0.25);
    number->selectAll();
    QTest::keyClicks(number, QStringLiteral("1.5"));
    QTest::keyClick(number, Qt::Key_Return);
    auto *note = fader.findChild<FieldNote *>();
    QVERIFY(number->isRefused() && !note->isHidden());
    QCOMPARE(note->text(), QStringLiteral("Fusion ratio is \"1.5\"; allowed: numbers from 0 to 1."));
    number->selectAll();
    QTest::keyClicks(number, QStringLiteral("70 %"));
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(ratios.last().at(0).toDouble(), 0.7);
    QVERIFY(note->isHidden());
  }

  void infoBarsReplaceByKeyAndAct() {
    QWidget canvas;
    canvas.resize(900, 500);
    InfoBars bars(&canvas);
    int acted = 0;
    bars.post({QStringLiteral("a"), QStringLiteral("first"), false, true, {{QStringLiteral("Undo"), [&acted] {
                                                                              ++acted;
                                                                            }}}});
    bars.post(
        {QStringLiteral("a"), QStringLiteral("second"), false, true, {{QStringLiteral("Undo"), [&acted] {
                                                                         ++acted;
                                                                       }}}});
    QCOMPARE(bars.textOf(QStringLiteral("a")), QStringLiteral("second"));
    bars.post({QStringLiteral("b"), QStringLiteral("other"), true, true, {}});
    bars.findChild<QWidget *>(QStringLiteral("info_a"))
        ->findChild<QPushButton *>(QStringLiteral("infoAction_Undo"))
        ->click();
    QCOMPARE(acted, 1);
    QVERIFY(!bars.shows(QStringLiteral("a")));
    QVERIFY(bars.shows(QStringLiteral("b")));
    for (const char *key : {"c", "d", "e"})
      bars.post({QString::fromLatin1(key), QStringLiteral("more"), false, true, {}});
    QVERIFY(!bars.shows(QStringLiteral("b"))); // three at most
  }
};

QTEST_MAIN(TestSettingsForm)
#include "test_settings_form.moc"
