// What a figure in a file holds: read back from the SVG itself, element by element.
#include "tests/ui/fabricated_view.h"
#include "ui/canvas/canvas_view.h"
#include "ui/pages/errors_page.h"
#include "ui/pages/fusion_page.h"
#include "ui/pages/spikes_page.h"
#include "ui/pages/training_page.h"
#include "ui/plots/chart_layout.h"
#include "ui/plots/export_desk.h"
#include "ui/theme/theme.h"
#include <QContextMenuEvent>
#include <QMenu>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTimer>
#include <QTransform>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

struct Shape {
  QString kind;  ///< of the element
  QRectF bounds; ///< on the page
  QString stroke, fill, text;
};

std::vector<double> numbers_in(const QString &text) {
  std::vector<double> numbers;
  static const QRegularExpression number(QStringLiteral("-?\\d+(\\.\\d+)?(e-?\\d+)?"));
  for (auto it = number.globalMatch(text); it.hasNext();)
    numbers.push_back(it.next().captured(0).toDouble());
  return numbers;
}

QTransform transform_of(const QString &text) {
  const std::vector<double> m = numbers_in(text);
  return m.size() == 6 ? QTransform(m[0], m[1], m[2], m[3], m[4], m[5]) : QTransform();
}

QRectF around(const std::vector<double> &pairs) {
  QPolygonF points;
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
    points << QPointF(pairs[i], pairs[i + 1]);
  return points.boundingRect();
}

/// Every drawn element of an SVG with its place on the page.
std::vector<Shape> shapes_of(const QByteArray &svg) {
  std::vector<Shape> shapes;
  std::vector<QTransform> transforms = {QTransform()};
  std::vector<std::pair<QString, QString>> paints = {{}};
  QXmlStreamReader xml(svg);
  while (!xml.atEnd()) {
    const auto token = xml.readNext();
    if (token == QXmlStreamReader::EndElement) {
      if (xml.name() == QLatin1String("g"))
        transforms.pop_back(), paints.pop_back();
      continue;
    }
    if (token != QXmlStreamReader::StartElement)
      continue;
    const QXmlStreamAttributes a = xml.attributes();
    const auto value = [&](const char *name) { return a.value(QLatin1String(name)).toDouble(); };
    const QString kind = xml.name().toString();
    if (kind == QLatin1String("g")) {
      transforms.push_back(transform_of(a.value(QLatin1String("transform")).toString()) * transforms.back());
      paints.emplace_back(a.hasAttribute(QLatin1String("stroke"))
                              ? a.value(QLatin1String("stroke")).toString()
                              : paints.back().first,
                          a.hasAttribute(QLatin1String("fill")) ? a.value(QLatin1String("fill")).toString()
                                                                : paints.back().second);
      continue;
    }
    Shape shape{kind, {}, paints.back().first, paints.back().second, {}};
    if (kind == QLatin1String("path"))
      shape.bounds = around(numbers_in(a.value(QLatin1String("d")).toString()));
    else if (kind == QLatin1String("polyline") || kind == QLatin1String("polygon"))
      shape.bounds = around(numbers_in(a.value(QLatin1String("points")).toString()));
    else if (kind == QLatin1String("rect") || kind == QLatin1String("image"))
      shape.bounds = QRectF(value("x"), value("y"), value("width"), value("height"));
    else if (kind == QLatin1String("circle"))
      shape.bounds =
          QRectF(value("cx") - value("r"), value("cy") - value("r"), 2 * value("r"), 2 * value("r"));
    else if (kind == QLatin1String("text")) {
      shape.bounds = QRectF(value("x"), value("y") - 1, 1, 1);
      shape.text = xml.readElementText().trimmed();
    } else {
      continue;
    }
    shape.bounds = transforms.back().mapRect(shape.bounds.adjusted(-0.01, -0.01, 0.01, 0.01)); // lines too
    shapes.push_back(shape);
  }
  return shapes;
}

QString texts_of(const std::vector<Shape> &shapes) {
  QStringList texts;
  for (const Shape &shape : shapes)
    if (!shape.text.isEmpty())
      texts << shape.text;
  return texts.join(QLatin1Char('|'));
}

/// All pages, fed, and what they can export.
struct Pages {
  TrainingPage training;
  SpikesPage spikes;
  FusionPage fusion;
  ErrorsPage errors;
  CanvasView canvas;
  QList<Exportable *> plots;
  explicit Pages(const std::shared_ptr<SessionView> &view = fabricated::view()) {
    const auto open = [&](auto &page) {
      page.resize(900, 320);
      page.setView(view);
      page.show();
      plots += page.plots();
    };
    open(training);
    open(spikes);
    open(fusion);
    open(errors);
    canvas.resize(900, 500);
    canvas.setView(view);
    canvas.show();
    plots << &canvas;
  }
  Exportable &named(const QString &name) {
    for (Exportable *plot : plots)
      if (plot->exportName() == name)
        return *plot;
    qFatal("no such plot");
  }
};

} // namespace

class TestExports : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }
  void cleanup() { theme().setMode(Theme::Mode::light); }

  void everyPlotCanBeExported() {
    QTemporaryDir folder;
    Pages pages;
    QCOMPARE(pages.plots.size(), 4 + 2 + 1 + 3 + 1);
    for (Exportable *plot : pages.plots)
      for (const char *ending : {"svg", "png", "pdf", "csv"}) {
        const QString path = folder.filePath(plot->exportName() + QLatin1Char('.') + QLatin1String(ending));
        QCOMPARE(exportTo(*plot, path), QString());
        if (QByteArray(ending) == "svg")
          QVERIFY(QSvgRenderer(path).isValid());
        if (QByteArray(ending) == "csv")
          QVERIFY2(plot->toCsv().count(QLatin1Char('\n')) > 1, qPrintable(plot->exportName()));
      }
  }

  void nothingLiesOutsideThePage() {
    Pages pages;
    for (Exportable *plot : pages.plots) {
      const QRectF page(QPointF(), QSizeF(plot->exportSize()));
      const std::vector<Shape> shapes = shapes_of(figure_svg(*plot, light_palette()));
      QVERIFY(shapes.size() > 10);
      for (const Shape &shape : shapes)
        QVERIFY2(page.adjusted(-1, -1, 1, 1).contains(shape.bounds),
                 qPrintable(QString("%1: %2 at %3, %4, %5 x %6")
                                .arg(plot->exportName(), shape.kind)
                                .arg(shape.bounds.x())
                                .arg(shape.bounds.y())
                                .arg(shape.bounds.width())
                                .arg(shape.bounds.height())));
    }
  }
  void curvesEndWithThePlot() {
    Pages pages; // the accuracy axis begins above what training began with
    for (const char *name : {"accuracy", "loss"}) {
      auto &chart = dynamic_cast<LineChart &>(pages.named(name));
      const std::vector<Shape> shapes = shapes_of(figure_svg(chart, light_palette()));
      chart.resize(chart.exportSize());
      const QRectF area = chart.plotArea().adjusted(-3, -3, 3, 3);
      int curves = 0;
      for (const Shape &shape : shapes) {
        if (shape.stroke != light_palette().fused.name() || shape.kind == QLatin1String("text"))
          continue;
        ++curves;
        QVERIFY2(
            area.contains(shape.bounds),
            qPrintable(QString("%1: %2 to %3").arg(name).arg(shape.bounds.top()).arg(shape.bounds.bottom())));
      }
      QVERIFY(curves > 0);
    }
  }
  void titlesAndUnitsAreThere() {
    Pages pages;
    const auto said = [&](const char *name) {
      return texts_of(shapes_of(figure_svg(pages.named(name), light_palette())));
    };
    const auto has = [&](const char *name, const QStringList &words) {
      const QString texts = said(name);
      for (const QString &word : words)
        QVERIFY2(texts.contains(word), qPrintable(QString("%1: no '%2' in %3").arg(name, word, texts)));
    };
    has("accuracy", {"Accuracy", "epoch"});
    has("loss", {"Loss", "epoch"});
    has("spikes", {"Spikes of test image 7", "time, in steps of 1 ms", "neuron", "spiking", "encoder"});
    has("membrane", {"Membrane of neuron", "membrane potential", "time, in steps of 1 ms", "threshold"});
    has("accuracy-over-ratio", {"Test accuracy over the ratio", "fusion ratio"});
    has("confusion-together", {"Together", "truth", "answer"});
  }
  void figuresAreLightUnlessAskedOtherwise() {
    theme().setMode(Theme::Mode::dark);
    Pages pages;
    QTemporaryDir folder;
    for (Exportable *plot : pages.plots) {
      const QString file = folder.filePath(plot->exportName() + ".png");
      export_desk().setOwnColours(false);
      QVERIFY(export_desk().save(*plot, file));
      QVERIFY2(qGray(QImage(file).pixel(3, 3)) > 200, qPrintable(plot->exportName()));
      export_desk().setOwnColours(true);
      QVERIFY(export_desk().save(*plot, file));
      QVERIFY2(qGray(QImage(file).pixel(3, 3)) < 60, qPrintable(plot->exportName()));
      export_desk().setOwnColours(false);
    }
    QVERIFY(qGray(pages.training.grab().toImage().pixel(3, 3)) < 60); // the window kept its own
  }
  /// Orange alone does not reach 3:1 on white: where it fills a shape, a darker line goes around it.
  void everyShapeOfAVoiceReachesThreeToOne() {
    Pages pages;
    const Palette &palette = light_palette();
    const QString orange = palette.spiking.name(), edge = palette.stroke(Voice::spiking).name();
    QVERIFY(contrast(palette.spiking, palette.panel) < 3);
    int edged = 0, lines = 0;
    for (Exportable *plot : pages.plots)
      for (const Shape &shape : shapes_of(figure_svg(*plot, palette))) {
        if (!shape.text.isEmpty())
          continue; // in an ink, which reaches more
        const QString where = plot->exportName() + ": " + shape.kind;
        QVERIFY2(shape.stroke != orange, qPrintable(where));
        QVERIFY2(shape.fill != orange || shape.stroke == edge, qPrintable(where));
        edged += shape.fill == orange;
        lines += shape.stroke == edge;
      }
    QVERIFY(edged > 0 && lines > edged);
  }
  void picturesHaveThreeHundredDotsAnInch() {
    Pages pages;
    Exportable &chart = pages.named("accuracy");
    const QImage image = figure_image(chart, light_palette(), 300);
    QCOMPARE(image.size(), (QSizeF(chart.exportSize()) * 300 / 96).toSize());
    QCOMPARE(image.dotsPerMeterX(), 11811);
  }
  void spikesAreShapesUntilTheyAreTooMany() {
    Pages pages;
    const QByteArray few = figure_svg(pages.named("spikes"), light_palette());
    QVERIFY(!few.contains("<image"));
    const auto ink = [](const std::vector<Shape> &shapes) {
      double sum = 0;
      for (const Shape &shape : shapes)
        if (shape.kind == QLatin1String("rect") &&
            shape.fill == light_palette().stroke(Voice::spiking).name())
          sum += shape.bounds.width() * shape.bounds.height();
      return sum;
    };
    QVERIFY(ink(shapes_of(few)) > 100);
    Experiment large;
    large.spiking.hidden = {4000};
    large.spiking.steps = 200;
    Pages many(fabricated::view(large, 20));
    const QByteArray svg = figure_svg(many.named("spikes"), light_palette());
    QVERIFY(svg.contains("<image") && svg.size() < 20'000'000);
  }
  void theRightButtonOffersToCopyAndToSave() {
    Pages pages;
    for (Exportable *plot : pages.plots) {
      auto *view = dynamic_cast<QWidget *>(plot);
      QVERIFY(view);
      QStringList entries;
      QTimer::singleShot(0, this, [&entries] {
        if (auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())) {
          for (QAction *action : menu->actions())
            entries << action->objectName();
          menu->close();
        }
      });
      QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(30, 30), view->mapToGlobal(QPoint(30, 30)));
      QApplication::sendEvent(view, &event);
      for (const char *name : {"copyPicture", "saveFigure", "copyData"})
        QVERIFY2(entries.contains(QLatin1String(name)),
                 qPrintable(plot->exportName() + ": " + entries.join(' ')));
    }
  }
  void tablesReadBack() {
    Pages pages;
    for (Exportable *plot : pages.plots) {
      const QStringList lines = plot->toCsv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
      QVERIFY2(lines.size() > 1, qPrintable(plot->exportName()));
      static const QRegularExpression quoted(QStringLiteral("\"([^\"]|\"\")*\""));
      const auto columns = [](QString line) {
        return line.replace(quoted, QStringLiteral("q")).count(QLatin1Char(','));
      };
      for (const QString &line : lines)
        QCOMPARE(columns(line), columns(lines.first()));
    }
  }
};

QTEST_MAIN(TestExports)
#include "test_exports.moc"
