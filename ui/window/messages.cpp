#include "ui/window/messages.h"
#include "engine/data/catalog.h"
#include "engine/experiment/remarks.h"
#include "ui/bridge/document.h"
#include "ui/bridge/session_controller.h"
#include "ui/panels/availability.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/labels.h"
#include "ui/words/numbers.h"
#include "ui/words/voices.h"
#include <algorithm>
#include <utility>

namespace duet::ui {
namespace {

const QString message_key = QStringLiteral("message"), refused_key = QStringLiteral("refused"),
              session_key = QStringLiteral("session"), finished_key = QStringLiteral("finished"),
              data_key = QStringLiteral("data"), circuit_key = QStringLiteral("circuit");

/// "The circuit changed: 8 weights go on, 4 are new, 1 is gone."
QString circuit_sentence(const WeightChange &change) {
  const auto are = [](int count, const QString &what) {
    return count == 1 ? QObject::tr("1 is %1").arg(what) : QObject::tr("%1 are %2").arg(count).arg(what);
  };
  QStringList parts;
  if (change.kept > 0)
    parts << (change.kept == 1 ? QObject::tr("1 weight goes on")
                               : QObject::tr("%1 weights go on").arg(change.kept));
  if (change.added > 0)
    parts << are(change.added, change.kept > 0 ? QObject::tr("new") : QObject::tr("new weights"));
  if (change.returned > 0)
    parts << are(change.returned, QObject::tr("back"));
  if (change.removed > 0)
    parts << are(change.removed, QObject::tr("gone"));
  return parts.isEmpty() ? QObject::tr("The circuit changed.")
                         : QObject::tr("The circuit changed: %1.").arg(parts.join(QStringLiteral(", ")));
}

} // namespace

Messages::Messages(InfoBars &infos, Document &document, SessionController &session, QObject *parent)
    : QObject(parent), infos_(infos), document_(document), session_(session) {
  connect(&session_, &SessionController::viewChanged, this, &Messages::onView);
  connect(&session_, &SessionController::noticeRaised, this, &Messages::onNotice);
  connect(&document_, &Document::experimentChanged, this, [this] { infos_.dismiss(refused_key); });
}

void Messages::tell(const QString &sentence, bool is_error) {
  InfoMessage message;
  message.key = message_key;
  message.text = sentence;
  message.is_error = is_error;
  infos_.post(message);
}

void Messages::refuse(const QString &sentence) {
  InfoMessage message;
  message.key = refused_key;
  message.text = sentence;
  message.is_error = true;
  infos_.post(message);
}

void Messages::onView(const std::shared_ptr<const SessionView> &view) {
  if (!view->notice || (view->run_id != run_ && view->dataset))
    infos_.dismiss(session_key);
  onCircuit(*view);
  if (view->dataset)
    run_ = view->run_id;
  onData(*view);
  if (view->phase == Phase::finished)
    return onFinished(*view);
  finished_.reset();
  infos_.dismiss(finished_key);
}

/// Of a run that goes on with another circuit.
void Messages::onCircuit(const SessionView &view) {
  if (!view.dataset || view.circuit == circuit_)
    return;
  const auto before = std::exchange(circuit_, view.circuit);
  infos_.dismiss(circuit_key);
  if (!before || !circuit_ || view.run_id != run_ || view.training.step == 0)
    return;
  InfoMessage message;
  message.key = circuit_key;
  message.text = circuit_sentence(weight_change(before->circuit, circuit_->circuit));
  message.actions = {{tr("Undo"), [this] { document_.undoStack().undo(); }},
                     {tr("Restart"), [this] { Q_EMIT resetWanted(); }}};
  infos_.post(message);
}

/// What the images make of the settings, said again only when it is something else.
void Messages::onData(const SessionView &view) {
  if (!view.dataset || (view.dataset == remarked_set_ && view.experiment == remarked_))
    return;
  remarked_set_ = view.dataset;
  remarked_ = view.experiment;
  QStringList lines;
  for (const Problem &remark : remarks(view.experiment, *view.dataset))
    if (applies(view.experiment, remark.path)) // of what no control shows there is nothing to say
      lines << in_words(remark);
  const QString text = lines.join('\n');
  if (text == remarks_)
    return;
  remarks_ = text;
  if (text.isEmpty())
    return infos_.dismiss(data_key);
  InfoMessage message;
  message.key = data_key;
  message.text = text;
  message.keeps = true;
  infos_.post(message);
}

void Messages::onNotice(const Notice &notice) {
  InfoMessage message;
  message.key = session_key;
  message.text = in_words(notice.text);
  message.is_error = notice.is_error;
  message.keeps = true;
  if (const CatalogEntry *entry = find_in_catalog(notice.fetch)) {
    const QString title = QString::fromStdString(entry->title), source = QString::fromStdString(entry->name);
    if (!find_set(*entry))
      message.text = tr("%1 is not on this machine.").arg(title);
    message.actions.append({tr("Get %1 (%2)").arg(title, QString::fromStdString(download_size(*entry))),
                            [this, source] { Q_EMIT setWanted(source); }});
  }
  if (!notice.fix_path.empty()) {
    const Field *field = find_field(notice.fix_path);
    const QString label = field ? short_label(*field) : QString::fromStdString(notice.fix_path);
    const bool first = notice.fix_path == "training.train_spiking";
    const QString name =
        first || notice.fix_path == "training.train_quantum"
            ? tr("Unlock the %1")
                  .arg(Voices(document_.experiment()).name(first ? Speaker::spiking : Speaker::quantum))
            : tr("Set %1 to %2").arg(label, QString::fromStdString(notice.fix_value));
    message.actions.append({name, [this, notice] {
                              document_.editText(notice.fix_path, notice.fix_value);
                              if (!document_.pending().empty() || session_.phase() == Phase::failed)
                                Q_EMIT resetWanted();
                            }});
  }
  infos_.post(message);
}

void Messages::onFinished(const SessionView &view) {
  const int epochs = view.experiment.training.epochs;
  const std::pair<std::uint64_t, int> finished(view.run_id, epochs);
  if (finished_ == finished)
    return; // said, and perhaps closed
  finished_ = finished;
  InfoMessage message;
  message.key = finished_key;
  message.keeps = true;
  message.text =
      epochs == 0 ? tr("No epoch is planned.") : tr("All %1 are trained.").arg(counted(epochs, tr("epoch")));
  message.actions = {{tr("Train %1 more").arg(more_epochs(view)), [this] { Q_EMIT moreWanted(); }}};
  if (view.training.step > 0)
    message.actions.append({tr("Save run"), [this] { Q_EMIT saveWanted(); }});
  infos_.post(message);
}

} // namespace duet::ui
