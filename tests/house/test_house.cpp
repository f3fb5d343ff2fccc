// The house stays as its plan says: floors, borders, sizes and words, read from the sources themselves.
#include "tests/support/source_dir.h"
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

class TestHouse : public QObject {
  Q_OBJECT
  struct Source {
    QString path; ///< from the project's folder
    QStringList lines;
  };
  QList<Source> sources_;
  QMap<QString, QSet<QString>> reach_; ///< room -> itself and all rooms it may include
  QStringList order_;                  ///< rooms, lowest first

  static QString root() { return QString::fromStdString(source_dir()); }

  static QStringList lines_of(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split('\n') : QStringList();
  }

  /// duet_ui_theme -> ui/theme, duet_base -> engine/base, TBB::tbb -> nothing.
  static QString folder_of(const QString &target) {
    if (!target.startsWith("duet_"))
      return {};
    QString name = target.mid(5);
    for (const QString floor : {"ui", "app"})
      if (name.startsWith(floor + "_"))
        return floor + "/" + name.mid(floor.size() + 1);
    return "engine/" + name;
  }

  /// engine/base/error.h -> engine/base; also for engine/kernels/dense/table.cpp -> engine/kernels.
  QString room_of(const QString &path) const {
    const QString room = path.section('/', 0, 1);
    return reach_.contains(room) ? room : QString();
  }

  /// "path:line" of every line that matches, among sources whose path does.
  QStringList places(const QString &path_pattern, const QString &line_pattern) const {
    const QRegularExpression paths(path_pattern), lines(line_pattern);
    QStringList found;
    for (const Source &source : sources_)
      if (paths.match(source.path).hasMatch())
        for (int i = 0; i < source.lines.size(); ++i)
          if (lines.match(source.lines[i]).hasMatch())
            found << QStringLiteral("%1:%2 %3").arg(source.path).arg(i + 1).arg(source.lines[i].trimmed());
    return found;
  }

  static void expect_none(const QStringList &found) {
    QVERIFY2(found.isEmpty(), qPrintable(found.join("\n")));
  }

private Q_SLOTS:
  void initTestCase() {
    for (const QString top : {"app", "ui", "engine", "resources", "tests", ".ci"}) {
      QDirIterator it(root() + "/" + top,
                      {"*.cpp", "*.h", "*.py", "*.sh", "*.cmake", "CMakeLists.txt", "*.md", "run"},
                      QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
      while (it.hasNext()) {
        const QString path = it.next();
        sources_ << Source{path.mid(root().size() + 1), lines_of(path)};
      }
    }
    QVERIFY(sources_.size() > 50);
    const QRegularExpression room("^duet_room\\((\\S+)([^)]*)\\)");
    for (const QString file : {"/engine/engine.cmake", "/ui/ui.cmake"})
      for (const QString &line : lines_of(root() + file))
        if (const auto match = room.match(line); match.hasMatch()) {
          QSet<QString> reached{match.captured(1)};
          for (const QString &target : match.captured(2).split(' ', Qt::SkipEmptyParts))
            if (const QString below = folder_of(target); !below.isEmpty()) {
              QVERIFY2(reach_.contains(below), qPrintable(line + ": links a room that is not below it"));
              reached |= reach_[below];
            }
          reach_[match.captured(1)] = reached;
          order_ << match.captured(1);
        }
    QVERIFY(reach_.contains("engine/base") && reach_.contains("ui/window") && reach_.contains("app/cli"));
  }

  void includesPointDownOnly() {
    const QRegularExpression include("^\\s*#\\s*include\\s+\"([^\"]+)\"");
    QStringList wrong;
    for (const Source &source : sources_) {
      const QString own = room_of(source.path);
      if (own.isEmpty())
        continue;
      for (const QString &line : source.lines)
        if (const auto match = include.match(line); match.hasMatch()) {
          const QString room = room_of(match.captured(1));
          const bool generated = match.captured(1).endsWith(".moc");
          if (!generated && (room.isEmpty() || !reach_[own].contains(room)))
            wrong << source.path + " includes " + match.captured(1);
        }
    }
    expect_none(wrong);
  }

  void siblingsNeverMeet() {
    const QStringList siblings = {"engine/data", "engine/circuit", "engine/spiking"};
    for (const QString &one : siblings)
      for (const QString &other : siblings)
        QVERIFY2(one == other || !reach_[one].contains(other), qPrintable(one + " reaches " + other));
    for (const QString &room : order_)
      if (!room.startsWith("ui/"))
        for (const QString &below : reach_[room])
          QVERIFY2(!below.startsWith("ui/"), qPrintable(room + " reaches " + below));
  }

  void theEngineAndTheCommandLineDoNotKnowQt() {
    expect_none(places("^(engine|app/cli)/.*\\.(h|cpp)$", "#\\s*include\\s*<Qt?[A-Z]"));
    expect_none(places("^engine/engine\\.cmake$", "Qt[0-9]"));
  }

  void borrowedHeadersStayInTheirRooms() {
    expect_none(places("^(?!engine/base/parallel\\.cpp).*\\.(h|cpp)$", "#\\s*include\\s*[<\"](tbb|oneapi)/"));
    expect_none(places("\\.h$", "#\\s*include\\s*<nlohmann/(?!json_fwd)"));
    expect_none(places("^(app|ui)/.*\\.(h|cpp)$", "#\\s*include\\s*<Eigen/"));
  }

  /// Which branches a kind of model has is asked of the functions beside ModelKind.
  void theModelKindIsAskedInOnePlace() {
    expect_none(places("^(?!engine/model/settings\\.h)(engine|app|ui)/.*\\.(h|cpp)$",
                       "!= ModelKind::|== ModelKind::(parallel|spiking)"));
  }

  void noFilePasses600Lines() {
    QStringList wrong;
    for (const Source &source : sources_)
      if (source.lines.size() > 601) // the last line end makes one more piece
        wrong << QStringLiteral("%1 has %2 lines").arg(source.path).arg(source.lines.size() - 1);
    expect_none(wrong);
  }

  void theTopLevelIsAsPlanned() {
    const QSet<QString> planned = {
        "CMakeLists.txt", "CMakePresets.json", "README.md", "CONTRIBUTING.md", "LICENSE", "app", "ui",
        "engine",         "resources",         "tests"};
    for (const QString &name : QDir(root()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot))
      QVERIFY2(planned.contains(name), qPrintable(name + " does not belong into the project's folder"));
  }

  /// Comments cite sections of engine/MODEL.md, and sections that stand there.
  void citedSectionsStandInTheModel() {
    QSet<QString> sections;
    const QRegularExpression heading("^##+ (\\d(?:\\.\\d)?)[. ]"), cited("MODEL\\.md (\\d(?:\\.\\d)?)");
    for (const QString &line : lines_of(root() + "/engine/MODEL.md"))
      if (const auto match = heading.match(line); match.hasMatch())
        sections << match.captured(1);
    QVERIFY(sections.contains("1.1") && sections.contains("4"));
    QStringList wrong;
    int citations = 0;
    for (const Source &source : sources_)
      for (const QString &line : source.lines)
        for (auto it = cited.globalMatch(line); it.hasNext(); ++citations)
          if (const QString section = it.next().captured(1); !sections.contains(section))
            wrong << source.path + " cites section " + section;
    QVERIFY(citations > 20);
    expect_none(wrong);
    expect_none(places(".", "[Cc]ontract (section )?\\d"));
  }

  /// What the programs read beside their arguments, a user finds in one place.
  void theReadmeNamesEveryEnvironmentVariable() {
    const QRegularExpression read(
        "\\b(?:q?getenv|folder_of|qEnvironmentVariable\\w*)\\(\"(\\w+)\"|\"(DUET_[A-Z_]+)\"");
    const QString readme = lines_of(root() + "/README.md").join('\n');
    QSet<QString> names;
    for (const Source &source : sources_)
      if (source.path.contains(QRegularExpression("^(engine|app|ui)/.*\\.(h|cpp)$")))
        for (auto match = read.globalMatch(source.lines.join('\n')); match.hasNext();) {
          const auto one = match.next();
          names << one.captured(1) + one.captured(2);
        }
    QVERIFY(names.contains("DUET_ISA") && names.contains("TERM") && names.contains("DUET_MNIST_URL"));
    for (const QString &name : names)
      QVERIFY2(readme.contains("`" + name + "`"), qPrintable("README.md does not name " + name));
  }

  void nothingIsLeftForLater() {
    const QString words = QStringLiteral("TO") + "DO|FIX" + "ME|XX" + "X|HA" + "CK";
    expect_none(places(".", "\\b(" + words + ")\\b"));
  }

  /// Limits and defaults that several rooms keep: engine/base/limits.h, engine/model/settings.h and
  /// amplitude_qubits.
  void limitsAndDefaultsStandOnce() {
    const QString sources = "^(engine|app|ui)/.*\\.(h|cpp)$";
    QStringList found =
        places(sources, "qubits\\w*\\)* *(<=?|>=?|=) *(12|19|20)\\b") +
        places(sources, "\\b(12|20) qubits (are|that)|at most (12|20)\\b") +
        places(sources, "\\b(65'?53[56]|256 \\* 256)\\b.*pixel|pixel.*\\b(65'?53[56]|256 \\* 256)\\b") +
        places(sources, "[Rr]atio_? *= *0?\\.6\\b") +
        places(sources, "bit_width|1u?l? *<< *\\w+\\)* *< .*(pixels|rows)");
    const QStringList meant = {"inline constexpr int most_qubits = 20;",
                               "inline constexpr int most_trained_qubits = 12;",
                               "inline constexpr int max_pixels = 256 * 256;",
                               "double fusion_ratio = 0.6; ///< logits = (1 - r) * spiking + r * quantum",
                               "constexpr int amplitude_qubits(int pixels) { return "
                               "std::bit_width(static_cast<unsigned>(pixels - 1)); }"};
    for (const QString &one : meant)
      QCOMPARE(found.removeIf([&](const QString &place) { return place.endsWith(' ' + one); }), 1);
    expect_none(found);
  }

  void numbersDoNotFollowTheLocale() {
    expect_none(places("^(engine|app|ui|tests)/(?!engine/base/test_locale\\.cpp|house/).*\\.(h|cpp)$",
                       "\\b(strtod|strtof|strtold|atof|sscanf|fscanf)\\s*\\(|\\bstd::sto(d|f|ld)\\b"));
    expect_none(places("^(engine|app|ui)/.*\\.(h|cpp)$", "\\bsetlocale\\b"));
    expect_none(places("^(engine|app|ui)/.*\\.(h|cpp)$", "printf\\s*\\(.*%[-+ 0-9.*]*l?[aefgAEFG]"));
  }

  /// Words that the window shows can be translated: they stand in tr(). Plain strings are names, styles,
  /// forms.
  void sentencesGoThroughTr() {
    expect_none(places("^ui/(?!window/command_line\\.cpp|bridge/slow_events\\.cpp).*\\.(h|cpp)$",
                       "QStringLiteral\\(\"[^\"{};]*[a-z]{2,},? [a-z]{2,}"));
  }

  /// Two types of one name in different rooms: the linker takes one of them for both. Types of a source
  /// file's own stand in an anonymous namespace, which this leaves out.
  void everyTypeHasANameOfItsOwn() {
    const QRegularExpression type(
        "^(?:template *<.*> *)?(?:class|struct|enum class|enum|union) ([A-Z]\\w*)[^;:(]*"
        "(?:: [^;]*)?\\{");
    QMap<QString, QString> home; // "namespace::Name" -> file
    QStringList twice;
    for (const Source &source : sources_) {
      if (!source.path.contains(QRegularExpression("^(engine|app|ui)/.*\\.(h|cpp)$")))
        continue;
      bool own = false; // within an anonymous namespace
      for (const QString &line : source.lines) {
        if (line == "namespace {")
          own = true;
        else if (line == "} // namespace")
          own = false;
        const auto match = type.match(line);
        if (own || !match.hasMatch() || line.contains("<>")) // a specialisation is the same type again
          continue;
        const QString space = source.path.startsWith("ui/") ? QStringLiteral("ui::") : QString();
        const QString name = space + match.captured(1);
        if (home.contains(name))
          twice << name + " stands in " + home[name] + " and in " + source.path;
        home[name] = source.path;
      }
    }
    QVERIFY(home.size() > 150);
    expect_none(twice);
  }

  void engineTestsNeedNoApplicationAndSkipNothing() {
    expect_none(places("^tests/engine/.*\\.cpp$", QStringLiteral("QTEST_(GUILESS_)?MAIN|Q") + "SKIP"));
    expect_none(places("^tests/ui/.*\\.cpp$", QStringLiteral("\\bQ") + "SKIP\\b"));
  }

  void chartsNeverUseOpenGl() {
    expect_none(places("^ui/", "setUse"
                               "OpenGL"));
  }
};

QTEST_APPLESS_MAIN(TestHouse)
#include "test_house.moc"
