// duet-cli as a child process, for tests that see it from outside.
#pragma once
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QTest>

struct Outcome {
  int code = -1;
  QByteArray out, err;
};

/// The program beside this test program.
inline QString program() {
  return QFileInfo(QFile::symLinkTarget("/proc/self/exe")).absolutePath() + "/duet-cli";
}

inline QByteArray read(const QString &file) {
  QFile f(file);
  return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}

inline void write(const QString &file, const QByteArray &bytes) {
  QFile f(file);
  QVERIFY(f.open(QIODevice::WriteOnly) && f.write(bytes) == bytes.size());
}

/// Columns of metrics.csv that do not follow the clock.
inline QList<QByteArrayList> metrics_without_times(const QString &folder) {
  QList<QByteArrayList> rows;
  for (const QByteArray &line : read(folder + "/metrics.csv").trimmed().split('\n')) {
    QByteArrayList cells = line.split(',');
    cells.remove(1, 2);
    rows << cells;
  }
  return rows;
}

inline const QStringList tiny = {"--set", "data.train_limit=200", "--set", "data.test_limit=60",
                                 "--set", "spiking.hidden=[24]",  "--set", "spiking.steps=5",
                                 "--set", "training.epochs=3"};

/// A folder of its own, and duet-cli run inside it.
struct Sandbox {
  QTemporaryDir home;
  QString path(const QString &name) const { return home.path() + "/" + name; }

  Outcome run(const QStringList &arguments) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_DATA_HOME", home.path() + "/data");
    environment.remove("DUET_DATA");
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(home.path());
    process.start(program(), arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
      return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
  }

  Outcome train(const QStringList &more, const QString &name) {
    return run(QStringList{"train"} + tiny + more + QStringList{"--out", path(name)});
  }
};
