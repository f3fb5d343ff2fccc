// All of the window is reached by Tab, and every control has a name, a role and a value to tell.
#include "tests/ui/window/started.h"
#include "ui/access/spoken.h"
#include "ui/theme/theme.h"
#include "ui/window/bottom_tabs.h"
#include <QAbstractScrollArea>
#include <QScrollBar>
#include <QTest>
#include <set>

using namespace duet;
using namespace duet::ui;

class TestReachable : public QObject {
  Q_OBJECT
  WindowHome home_;
  std::unique_ptr<MainWindow> window_;

  QWidgetList visible() const {
    QWidgetList all;
    for (QWidget *each : window_->findChildren<QWidget *>())
      if (each->isVisible() && each->window() == window_.get())
        all << each;
    return all;
  }
  static QString path_of(const QWidget *widget) {
    QStringList names;
    for (; widget; widget = widget->parentWidget())
      names.prepend(widget->objectName().isEmpty() ? QString::fromLatin1(widget->metaObject()->className())
                                                   : widget->objectName());
    return names.join('/');
  }

private Q_SLOTS:
  void initTestCase() {
    home_.moveIn();
    window_ = started(few_images(640, 100, 10));
    QTRY_COMPARE_WITH_TIMEOUT(window_->session().phase(), Phase::ready, 10000);
  }
  void cleanupTestCase() { window_.reset(); }

  void tabReachesEveryControlOfEveryPage() {
    auto *tabs = window_->findChild<BottomTabs *>();
    QVERIFY(tabs);
    for (int page = 0; page < tabs->count(); ++page) {
      tabs->setCurrentIndex(page);
      QCoreApplication::processEvents();
      std::set<QWidget *> visited;
      window_->setFocus();
      for (int k = 0; k < 400; ++k) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window_.get(),
                        Qt::Key_Tab);
        if (QWidget *now = QApplication::focusWidget(); now && !visited.insert(now).second && k > 150)
          break;
      }
      QVERIFY(visited.size() > 20);
      for (QWidget *each : visible())
        if (each->isEnabled() && each->focusPolicy() & Qt::TabFocus && !each->focusProxy())
          QVERIFY2(visited.count(each), qPrintable(path_of(each)));
    }
  }

  void everyControlHasANameAndARole() {
    auto *tabs = window_->findChild<BottomTabs *>();
    for (int page = 0; page < tabs->count(); ++page) {
      tabs->setCurrentIndex(page);
      QCoreApplication::processEvents();
      for (QWidget *each : visible()) {
        const bool spoken = dynamic_cast<Spoken *>(each);
        if (!spoken && (!(each->focusPolicy() & Qt::TabFocus) || each->focusProxy()))
          continue;
        QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(each);
        QVERIFY2(heard, qPrintable(path_of(each)));
        QVERIFY2(!heard->text(QAccessible::Name).isEmpty(), qPrintable(path_of(each)));
        // A pane that only scrolls is a client to Qt.
        QVERIFY2(heard->role() != QAccessible::NoRole &&
                     (heard->role() != QAccessible::Client || qobject_cast<QAbstractScrollArea *>(each)),
                 qPrintable(path_of(each)));
        if (spoken)
          QVERIFY2(!heard->text(QAccessible::Value).isEmpty(), qPrintable(path_of(each)));
      }
    }
  }
};

QTEST_MAIN(TestReachable)
#include "test_reachable.moc"
