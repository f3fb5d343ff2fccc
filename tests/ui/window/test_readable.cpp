// At every size of window and of text: nothing is cut, nothing lies on another, everything can be reached.
#include "tests/ui/window_home.h"
#include "ui/canvas/canvas_view.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/settings_form.h"
#include "ui/panels/top_bar.h"
#include "ui/theme/theme.h"
#include "ui/window/body.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/main_window.h"
#include "ui/window/menus.h"
#include "ui/window/window_shape.h"
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QStyleOptionComboBox>
#include <QStyleOptionFrame>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace duet;
using namespace duet::ui;

namespace {

QString named(const QWidget *widget) {
  QStringList path;
  for (const QWidget *each = widget; each && path.size() < 3; each = each->parentWidget())
    path.prepend(each->objectName().isEmpty() ? QString::fromLatin1(each->metaObject()->className())
                                              : each->objectName());
  return path.join('/');
}

/// How many pixels its text needs beyond those it has; 0 or less: nothing is cut.
int cut(const QWidget *widget) {
  if (const auto *label = qobject_cast<const QLabel *>(widget)) {
    if (label->text().isEmpty())
      return 0;
    if (label->wordWrap())
      return label->heightForWidth(label->width()) - label->height();
    return std::max(label->sizeHint().width() - label->width(), label->sizeHint().height() - label->height());
  }
  if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
    QStyleOptionComboBox option;
    option.initFrom(box);
    const QRect field =
        box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
    return box->fontMetrics().horizontalAdvance(box->currentText()) - field.width();
  }
  if (const auto *line = qobject_cast<const QLineEdit *>(widget)) {
    QStyleOptionFrame option;
    option.initFrom(line);
    const QRect room = line->style()->subElementRect(QStyle::SE_LineEditContents, &option, line);
    return line->fontMetrics().horizontalAdvance(line->text()) - room.width();
  }
  if (const auto *tool = qobject_cast<const QToolButton *>(widget);
      tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly)
    return tool->iconSize().width() - tool->width();
  if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
    const QFontMetrics metrics = button->fontMetrics();
    return std::max(metrics.size(Qt::TextShowMnemonic, button->text()).width() - button->width(),
                    button->text().isEmpty() ? 0 : metrics.height() - button->height());
  }
  return 0;
}

/// Outside of what it stands in, and not to be scrolled to either.
bool out_of_reach(const QWidget *widget) {
  const QWidget *whole = widget->window();
  for (const QWidget *each = widget; each->parentWidget(); each = each->parentWidget())
    if (const auto *area = qobject_cast<const QScrollArea *>(each->parentWidget()->parentWidget());
        area && area->widget() == each) {
      const bool sideways = area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff;
      whole = sideways ? area->viewport() : each;
      break;
    }
  const QPoint corner = widget->mapTo(whole, QPoint());
  return corner.x() < 0 || corner.x() + widget->width() > whole->width() ||
         (!qobject_cast<const QScrollArea *>(whole->parentWidget()) &&
          (corner.y() < 0 || corner.y() + widget->height() > whole->height()));
}

bool speaks(const QWidget *widget) {
  return qobject_cast<const QLabel *>(widget) || qobject_cast<const QAbstractButton *>(widget) ||
         qobject_cast<const QComboBox *>(widget) || qobject_cast<const QLineEdit *>(widget);
}

} // namespace

class TestReadable : public QObject {
  Q_OBJECT
  WindowHome home_;
  std::unique_ptr<MainWindow> window_;

  QAction *entry(const char *name) const { return window_->findChild<QAction *>(QLatin1String(name)); }
  static void settle() {
    for (int i = 0; i < 4; ++i)
      QCoreApplication::processEvents();
  }
  void setSize(const QSize &size) {
    window_->resize(size);
    settle();
  }
  /// Everything that is wrong, a line each.
  QStringList faults(int &looked_at) const {
    QStringList all;
    QList<const QWidget *> seen;
    for (const QWidget *widget : window_->findChildren<QWidget *>()) {
      const auto *label = qobject_cast<const QLabel *>(widget);
      if (!widget->isVisible() || !speaks(widget) || (label && label->text().isEmpty()))
        continue;
      ++looked_at;
      if (const int pixels = cut(widget); pixels > 0)
        all << QStringLiteral("cut by %1 px: %2").arg(pixels).arg(named(widget));
      if (out_of_reach(widget))
        all << QStringLiteral("out of reach: %1 at %2,%3 of %4x%5")
                   .arg(named(widget))
                   .arg(widget->x())
                   .arg(widget->y())
                   .arg(widget->parentWidget()->width())
                   .arg(widget->parentWidget()->height());
      for (const QWidget *other : seen)
        if (other->parentWidget() == widget->parentWidget() &&
            other->geometry().intersects(widget->geometry()))
          all << QStringLiteral("%1 lies on %2").arg(named(widget), named(other));
      seen << widget;
    }
    return all;
  }

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }

  void init() {
    theme().setTextPercent(100);
    window_ = std::make_unique<MainWindow>();
    Opened opened;
    opened.experiment.data.train_limit = 64;
    opened.experiment.data.test_limit = 20;
    window_->start(opened, false);
    window_->show();
    QTRY_COMPARE_WITH_TIMEOUT(window_->session().phase(), Phase::ready, 20000);
  }
  void cleanup() {
    window_.reset();
    theme().setTextPercent(100);
  }

  void nothingIsCut_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("percent");
    const bool all = qEnvironmentVariableIsSet("DUET_THOROUGH"); // as the slow set does
    for (const QSize size : {QSize(1024, 700), QSize(1280, 800), QSize(1366, 768), QSize(960, 500),
                             QSize(1920, 1080), QSize(2560, 1440)})
      for (const int percent : {100, 125, 150, 250})
        if ((size.width() >= 1024 || percent <= 150) && // a small screen, and not the largest text too
            (all || (percent != 125 && size.width() != 1366 && size.width() != 2560 &&
                     (percent != 100 || size.width() == 1280))))
          QTest::addRow("%dx%d, %d %%", size.width(), size.height(), percent) << size << percent;
  }
  void nothingIsCut() {
    QFETCH(QSize, size);
    QFETCH(int, percent);
    theme().setTextPercent(percent);
    setSize(size);
    QCOMPARE(window_->size(), size);
    const QSize least = window_->minimumSizeHint();
    QVERIFY2(least.width() <= 1024 && least.height() <= 700,
             qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
    QStringList wrong;
    int looked_at = 0;
    for (const Body::Part part :
         {Body::Part::settings, Body::Part::inspector}) { // the one asked for is there
      window_->body().show(part, true);
      for (int tab = 0; tab < window_->tabs().count(); ++tab) {
        window_->tabs().setCurrentIndex(tab);
        settle();
        wrong << faults(looked_at);
        const QTabBar *bar = window_->tabs().tabBar();
        if (bar->sizeHint().width() > bar->parentWidget()->width())
          wrong << QStringLiteral("the tabs have no room");
      }
      QVERIFY(window_->body().shows(part));
    }
    QVERIFY(looked_at > 200);
    wrong.removeDuplicates();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
  }

  void nothingIsCutInRowsThatAreUnfolded() {
    for (const int percent : {100, 175}) {
      theme().setTextPercent(percent);
      setSize({1280, 800});
      window_->body().show(Body::Part::settings, true);
      for (QAbstractButton *more : window_->form().findChildren<QAbstractButton *>())
        if (more->objectName().endsWith(QLatin1String("More")) && more->isVisible() &&
            more->text() == QLatin1String("more"))
          more->click();
      window_->document().edit("spiking.steps", Value(12LL)); // waits for a Reset: heavier labels
      window_->document().edit("training.threads", Value(1LL));
      settle();
      int looked_at = 0;
      const QStringList wrong = faults(looked_at);
      QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
      QVERIFY2(looked_at > 80, qPrintable(QString::number(looked_at)));
    }
  }

  void keysChangeTheSizeOfTextAndItIsKept() {
    const auto press = [this](Qt::Key key) { QTest::keyClick(window_.get(), key, Qt::ControlModifier); };
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    const int before = window_->menuBar()->height();
    press(Qt::Key_Plus);
    QCOMPARE(theme().textPercent(), 110);
    for (int i = 0; i < 10; ++i)
      press(Qt::Key_Equal);
    QCOMPARE(theme().textPercent(), 250);
    QVERIFY(!entry("largerText")->isEnabled() && entry("smallerText")->isEnabled());
    QVERIFY(entry("usualText")->text().contains(QStringLiteral("250 %")));
    settle();
    QVERIFY(window_->menuBar()->height() > 1.8 * before);
    QCOMPARE(remembered_text_percent(), 250);
    press(Qt::Key_Minus);
    QCOMPARE(theme().textPercent(), 225);
    QCOMPARE(remembered_text_percent(), 225);
    press(Qt::Key_0);
    QCOMPARE(theme().textPercent(), desktop_text_percent());
    QCOMPARE(remembered_text_percent(), desktop_text_percent());
    QVERIFY(!QSettings().contains(QStringLiteral("text_percent"))); // it goes on following the desktop
  }

  void theSettingsAndTheInspectorFoldWhereThereIsNoRoom() {
    Body &body = window_->body();
    setSize({1440, 900});
    QVERIFY(body.shows(Body::Part::settings) && body.shows(Body::Part::inspector));
    setSize({1024, 700});
    QVERIFY(body.shows(Body::Part::settings) && !body.shows(Body::Part::inspector));
    QVERIFY(!entry("showInspector")->isChecked());
    entry("showInspector")->trigger(); // asked for: both are there, the canvas has less
    settle();
    QVERIFY(body.shows(Body::Part::inspector) && entry("showInspector")->isChecked());
    theme().setTextPercent(250);
    settle();
    QVERIFY(!body.shows(Body::Part::settings) && !body.shows(Body::Part::inspector));
    entry("showSettings")->trigger(); // asked for: it can be scrolled to
    settle();
    QVERIFY(body.shows(Body::Part::settings) && body.widget()->width() > body.viewport()->width());
    theme().setTextPercent(100);
    setSize({1440, 900});
    QVERIFY(body.shows(Body::Part::settings) && body.shows(Body::Part::inspector));
    entry("showInspector")->trigger(); // hidden by the person: no room brings it back
    setSize({1900, 900});
    QVERIFY(!body.shows(Body::Part::inspector));
  }

  void thePictureGrowsWithItsSpace() {
    setSize({1440, 900});
    QCOMPARE(window_->canvas().unit(), 1.0);
    setSize({2560, 1440});
    QVERIFY(window_->canvas().unit() > 1.2);
    QVERIFY(window_->canvas().unitWidth() > 920); // and shows more too
    theme().setTextPercent(150);
    settle();
    QVERIFY(window_->canvas().unit() >= 1.5);
  }

  void gesturesHitWhatIsSeenAtEverySize() {
    Crossfader &fader = window_->topBar().crossfader();
    for (const int percent : {100, 200}) {
      theme().setTextPercent(percent);
      setSize({1920, 1080});
      window_->document().edit("model.fusion_ratio", Value(0.0));
      QSignalSpy asked(&fader, &Crossfader::ratioWanted);
      // The middle of the track lies between the labels: where the handle of 0.5 is.
      window_->document().edit("model.fusion_ratio", Value(0.5));
      settle();
      QCOMPARE(fader.ratio(), 0.5);
      QVERIFY(QRectF(fader.rect()).contains(fader.handle()));
      const QPoint middle = fader.handle().center().toPoint();
      window_->document().edit("model.fusion_ratio", Value(0.0));
      settle();
      QCOMPARE(fader.ratio(), 0.0);
      QTest::mouseClick(&fader, Qt::LeftButton, {}, middle);
      QVERIFY2(asked.count() == 1,
               qPrintable(QStringLiteral("%1 %: %2 of %3").arg(percent).arg(middle.x()).arg(fader.width())));
      QVERIFY2(std::abs(asked.first().at(0).toDouble() - 0.5) < 0.02, "the click hit another place");
    }
  }

  void messagesPushTheCanvasDown() {
    setSize({1280, 800});
    const QWidget &canvas = window_->canvas();
    InfoBars &infos = window_->infos();
    const int top = canvas.geometry().top();
    infos.post({QStringLiteral("a"), QStringLiteral("first"), false, true, {}});
    settle();
    QVERIFY(canvas.geometry().top() > top + 20);
    QVERIFY(!canvas.geometry().intersects(infos.geometry()));
    infos.dismiss(QStringLiteral("a"));
    settle();
    QCOMPARE(canvas.geometry().top(), top);
  }

  void nothingMovesUnderThePointer() {
    setSize({1280, 800});
    InfoBars &infos = window_->infos();
    for (const char *key : {"a", "b"})
      infos.post({QString::fromLatin1(key), QString::fromLatin1(key), false, true, {}});
    settle();
    const auto place = [&infos](const char *key) {
      return infos.findChild<QWidget *>(QLatin1String("info_") + key)->geometry();
    };
    const QRect second = place("b");
    const int canvas = window_->canvas().geometry().top();
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QCoreApplication::sendEvent(&infos, &enter);
    infos.dismiss(QStringLiteral("a")); // a click on its cross, or its time is over
    infos.post({QStringLiteral("c"), QStringLiteral("c"), false, true, {}});
    settle();
    QVERIFY(!infos.shows(QStringLiteral("a")));
    QCOMPARE(place("b"), second);
    QVERIFY(place("c").top() > second.bottom());
    QVERIFY(window_->canvas().geometry().top() > canvas);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&infos, &leave);
    settle();
    QVERIFY(place("b").top() < second.top());
  }

  /// The screen of these tests is smaller than the window is designed.
  void theFirstStartFitsTheScreen() {
    QSettings().clear();
    const QSize screen = window_->screen()->availableSize();
    QVERIFY(screen.width() < designed_window.width() && screen.height() < designed_window.height());
    const ShapedWindow parts{window_.get(), &window_->body().across(), &window_->body().down(),
                             &window_->tabs()};
    window_->resize(designed_window);
    recall_shape(parts);
    settle();
    QVERIFY(window_->isMaximized());
    QVERIFY(window_->normalGeometry().width() <= screen.width() && window_->width() <= screen.width());
    QVERIFY(window_->height() <= screen.height());
  }
};

QTEST_MAIN(TestReadable)
#include "test_readable.moc"
