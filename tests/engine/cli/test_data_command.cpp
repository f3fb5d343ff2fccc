// duet-cli data: what it prints and how it ends.
#include "app/cli/command.h"
#include "engine/data/catalog.h"
#include "engine/io/files.h"
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <vector>

using namespace duet;

class TestDataCommand : public QObject {
  Q_OBJECT
  QTemporaryDir scratch_;
  struct Outcome {
    int code;
    std::string out, err;
  };

  /// Runs the program in this process with both streams caught in files.
  Outcome run(std::vector<const char *> arguments) {
    arguments.insert(arguments.begin(), "duet-cli");
    const std::string files[2] = {scratch_.filePath("out").toStdString(),
                                  scratch_.filePath("err").toStdString()};
    int before[2];
    for (int stream = 0; stream < 2; ++stream) {
      std::fflush(stream == 0 ? stdout : stderr);
      before[stream] = ::dup(stream + 1);
      const int file = ::open(files[stream].c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      ::dup2(file, stream + 1);
      ::close(file);
    }
    const int code = run_cli(static_cast<int>(arguments.size()), arguments.data());
    for (int stream = 0; stream < 2; ++stream) {
      std::fflush(stream == 0 ? stdout : stderr);
      ::dup2(before[stream], stream + 1);
      ::close(before[stream]);
    }
    return {code, read_file(files[0]), read_file(files[1])};
  }

private Q_SLOTS:
  void initTestCase() {
    qputenv("XDG_DATA_HOME", scratch_.filePath("home").toUtf8());
    qunsetenv("DUET_DATA");
  }

  void listNamesEverySetItsPlaceAndLicence() {
    const Outcome list = run({"data", "list"});
    QCOMPARE(list.code, 0);
    for (const CatalogEntry &entry : catalog()) {
      QVERIFY(list.out.find(entry.name) != std::string::npos);
      QVERIFY(list.out.find(entry.licence) != std::string::npos);
    }
    QVERIFY(list.out.find("mnist-mini     built in") != std::string::npos);
    QVERIFY(list.out.find("duet-cli data fetch mnist") != std::string::npos);
    QCOMPARE(run({"data"}).out, list.out);
    QVERIFY(list.err.empty());
  }

  void whatIsBuiltInNeedsNoFetch() {
    const Outcome built_in = run({"data", "fetch", "mnist-mini"});
    QCOMPARE(built_in.code, 0);
    QVERIFY(built_in.out.find("built in") != std::string::npos);
  }

  void badUsageIsOneSentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown set") << QStringList{"fetch", "imagenet"} << "\"imagenet\"";
    QTest::newRow("no name") << QStringList{"fetch"} << "fetch NAME";
    QTest::newRow("unknown action") << QStringList{"steal", "mnist"} << "steal mnist";
    QTest::newRow("list of one") << QStringList{"list", "mnist"} << "list mnist";
  }
  void badUsageIsOneSentence() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    std::vector<std::string> texts{"data"};
    for (const QString &argument : arguments)
      texts.push_back(argument.toStdString());
    std::vector<const char *> pointers;
    for (const std::string &text : texts)
      pointers.push_back(text.c_str());
    const Outcome bad = run(pointers);
    QCOMPARE(bad.code, 2);
    QVERIFY(bad.out.empty());
    QVERIFY2(bad.err.find(says.toStdString()) != std::string::npos, bad.err.c_str());
    QCOMPARE(std::count(bad.err.begin(), bad.err.end(), '\n'), std::ptrdiff_t{1});
  }

  void offlineIsExitThree() {
    CatalogEntry kmnist = *find_in_catalog("kmnist");
    qputenv("DUET_KMNIST_URL", "http://127.0.0.1:1/"); // nobody listens on port 1
    const Outcome offline = run({"data", "fetch", "kmnist"});
    qunsetenv("DUET_KMNIST_URL");
    if (find_set(kmnist)) {
      QCOMPARE(offline.code, 0); // in a system folder
      return;
    }
    QCOMPARE(offline.code, 3);
    QVERIFY2(offline.err.find("check the network connection") != std::string::npos, offline.err.c_str());
  }
};

QTEST_APPLESS_MAIN(TestDataCommand)
#include "test_data_command.moc"
