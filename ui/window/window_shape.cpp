#include "ui/window/window_shape.h"
#include "ui/theme/text_size.h"
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int version = 1, largest = 20000;
const QString settings_key = QStringLiteral("window/shape");

QJsonArray sizes_of(const QSplitter &splitter) {
  QJsonArray sizes;
  for (const int size : splitter.sizes())
    sizes.append(size);
  return sizes;
}

/// As many sizes as the splitter has parts, each one that a screen could have; none otherwise. A part that
/// was hidden has 0: it keeps the size it has.
QList<int> sizes_in(const QJsonValue &json, const QSplitter &splitter) {
  const QJsonArray given = json.toArray();
  QList<int> sizes = splitter.sizes();
  if (given.size() != sizes.size())
    return {};
  for (qsizetype i = 0; i < sizes.size(); ++i) {
    const double size = given[i].toDouble(-1);
    if (size < 0 || size > largest)
      return {};
    if (size >= 1)
      sizes[i] = static_cast<int>(size);
  }
  return sizes;
}

} // namespace

QByteArray shape_of(const ShapedWindow &parts) {
  QJsonObject json;
  json[QStringLiteral("duet_window")] = version;
  json[QStringLiteral("geometry")] = QString::fromLatin1(parts.window->saveGeometry().toBase64());
  json[QStringLiteral("across")] = sizes_of(*parts.across);
  json[QStringLiteral("down")] = sizes_of(*parts.down);
  json[QStringLiteral("tab")] = parts.tabs->currentIndex();
  return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

bool take_shape(const ShapedWindow &parts, const QByteArray &bytes) {
  const QJsonObject json = QJsonDocument::fromJson(bytes).object();
  const QList<int> across = sizes_in(json[QStringLiteral("across")], *parts.across),
                   down = sizes_in(json[QStringLiteral("down")], *parts.down);
  const int tab = json[QStringLiteral("tab")].toInt(-1);
  if (json[QStringLiteral("duet_window")].toInt() != version || across.isEmpty() || down.isEmpty() ||
      tab < 0 || tab >= parts.tabs->count())
    return false;
  const QByteArray geometry = QByteArray::fromBase64(json[QStringLiteral("geometry")].toString().toLatin1());
  if (!parts.window->restoreGeometry(geometry))
    return false;
  parts.across->setSizes(across);
  parts.down->setSizes(down);
  parts.tabs->setCurrentIndex(tab);
  return true;
}

void remember_shape(const ShapedWindow &parts) { QSettings().setValue(settings_key, shape_of(parts)); }

void recall_shape(const ShapedWindow &parts) {
  if (take_shape(parts, QSettings().value(settings_key).toByteArray()))
    return;
  QSettings().remove(settings_key);
  resize_in_units(parts.window, designed_window);
  if (parts.window->size() != px(designed_window))
    parts.window->setWindowState(Qt::WindowMaximized);
}

} // namespace duet::ui
