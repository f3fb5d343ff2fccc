#include "engine/session/conductor.h"
#include "engine/data/source.h"
#include <algorithm>

namespace duet {
namespace {

constexpr auto publish_every = std::chrono::milliseconds(33);
/// How often a run that trains is kept, and which share of the time copying it may take; how soon after that
/// one that has stopped.
constexpr auto keep_every = std::chrono::seconds(10), keep_at_least_every = std::chrono::seconds(25),
               keep_stopped_after = std::chrono::seconds(1);
constexpr double keeping_share = 0.005;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::chrono::steady_clock::duration as_duration(double seconds) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(seconds));
}

} // namespace

Conductor::Conductor(bool background, Post post) : supplies_(background), post_(std::move(post)) {}
Conductor::~Conductor() = default;

// ---- commands ----

void Conductor::handle(const Command &command) {
  const Phase before = phase_;
  urgent_ = news_ = true;
  if (!guarded([&] { std::visit([this](const auto &c) { act(c); }, command); }) && phase_ == Phase::loading)
    set_phase(before); // the run there was goes on
  ++handled_;
  urgent_ = news_ = true;
}

/// Runs a command; its failure becomes a notice and leaves everything as it was.
bool Conductor::guarded(const std::function<void()> &work) {
  try {
    work();
    return true;
  } catch (const std::bad_alloc &) {
    tell({.id = 0,
          .is_error = true,
          .text = "There is not enough memory for this; use fewer images, neurons or qubits."});
  } catch (const FetchableError &error) {
    tell({.id = 0, .is_error = true, .text = error.what(), .fetch = error.entry().name});
  } catch (const std::exception &error) {
    tell({.id = 0, .is_error = true, .text = error.what()});
  }
  return false;
}

TrainingRun &Conductor::need_run() {
  if (!has_run() && notice_ && notice_->is_error)
    throw Error(ExitCode::usage, notice_->text); // why there is none
  if (!has_run())
    throw Error(ExitCode::usage, "There is no run yet; Reset starts one.");
  return *course_.run;
}

void Conductor::act(const Run &) {
  if (need_run().finished())
    return settle();
  goal_ = Goal::run;
  set_phase(Phase::running);
}

void Conductor::act(const Pause &) {
  if (has_run() && active())
    settle();
}

void Conductor::act(const StepBatches &command) {
  if (need_run().finished())
    return settle();
  goal_ = Goal::batches;
  goal_step_ = course_.run->trainer().steps_done() + static_cast<std::uint64_t>(std::max(1, command.count));
  set_phase(Phase::running);
}

void Conductor::act(const StepEpoch &) {
  if (need_run().finished())
    return settle();
  goal_ = Goal::epoch;
  goal_epochs_ = course_.run->trainer().epochs_done() + 1;
  set_phase(Phase::running);
}

void Conductor::act(const Change &command) {
  const QuantumSettings before = need_run().experiment().quantum;
  course_.run->change(command.experiment);
  if (course_.run->experiment().quantum != before)
    exchange_circuit();
  counsel_.changed(*course_.run);
  if (phase_ == Phase::finished && !course_.run->finished())
    set_phase(Phase::paused); // more epochs were planned
  if (!active() && course_.run->finished())
    set_phase(Phase::finished);
  if (!active())
    maybe_advise();
}

void Conductor::exchange_circuit() {
  course_.circuit = shown_circuit(course_.run->experiment());
  onlooker_.mute(course_, {}); // those were gates of another one
}

void Conductor::act(const Restart &command) {
  set_phase(Phase::loading);
  publish();
  Course course;
  course.id = command.id;
  course.kept = command.kept ? command.kept : course_.kept;
  course.run = supplies_.begin(command.experiment);
  begin(std::move(course));
}

void Conductor::act(const OpenRun &command) {
  set_phase(Phase::loading);
  publish();
  Course course;
  course.id = command.id;
  course.kept = command.kept ? command.kept : course_.kept;
  course.folder = command.belongs_to.value_or(command.folder);
  if (!command.belongs_to)
    course.held = hold(command.folder);
  course.run = supplies_.resume(read_run(command.folder));
  begin(std::move(course));
  if (command.belongs_to)
    course_.kept_state = state_text();
  else
    course_.saved_state = state_text();
}

std::shared_ptr<RunFolder> Conductor::hold(const std::filesystem::path &folder) const {
  const auto same = [&](const Course &course) {
    std::error_code ignored;
    return course.held && std::filesystem::equivalent(course.held->path(), folder, ignored);
  };
  if (same(course_))
    return course_.held;
  if (auto shelved = shelf_.holder_of(folder))
    return shelved;
  if (!holds_run(folder))
    return nullptr; // reading it says what is missing
  try {
    return std::make_shared<RunFolder>(folder);
  } catch (const Error &error) {
    if (error.code() != ExitCode::write)
      throw;
    return nullptr; // a folder to read only can be looked at
  }
}

void Conductor::act(const RestoreWeights &command) {
  if (has_run() && course_.id == command.id)
    return;
  auto back = shelf_.take(command.id, [this](const RunRecord &record) { return supplies_.resume(record); });
  if (!back)
    throw Error(ExitCode::usage, "That run is no longer there: as many are kept for undo as fit in " +
                                     std::to_string(RunShelf::most_bytes / 1'000'000) + " MB.");
  begin(std::move(*back));
}

/// Makes the course the current one and keeps the one it replaces.
void Conductor::begin(Course course) {
  if (course.id == 0)
    course.id = last_id_ + 1;
  last_id_ = std::max(last_id_, course.id);
  if (has_run()) {
    if (worth_keeping() && course_.kept != course.kept)
      keep(); // another document takes this one's place
    shelf_.put(std::move(course_));
  }
  course_ = std::move(course);
  if (!course_.circuit)
    course_.circuit = shown_circuit(course_.run->experiment());
  notice_.reset();
  survey_ = std::shared_ptr<const Survey>(course_.run->dataset(), &course_.run->dataset()->files);
  advised_.reset();
  pace_.begin();
  onlooker_.begin(course_);
  counsel_.begin(*course_.run);
  settle();
  inspect(true);
  maybe_advise();
}

void Conductor::act(const Probe &command) {
  onlooker_.select(command.test_index);
  inspect(true);
}

void Conductor::act(const Mute &command) {
  need_run();
  onlooker_.mute(course_, command.operations);
}

void Conductor::act(const LookAt &command) {
  if (notice_ && (notice_->id == look_notice_ || !notice_->fetch.empty()))
    notice_.reset();               // another source is asked about now
  look_notice_ = last_notice_ + 1; // should this fail
  if (has_run() && course_.run->dataset()->files.source == command.source)
    survey_ = std::shared_ptr<const Survey>(course_.run->dataset(), &course_.run->dataset()->files);
  else
    survey_ = std::make_shared<const Survey>(survey(command.source));
  look_notice_ = 0;
}

void Conductor::act(const SlowMotion &command) { pace_.limit(command.steps_per_second, Clock::now()); }

void Conductor::act(const Save &command) {
  const TrainingRun &run = need_run();
  std::error_code ignored;
  const bool own = !command.folder.empty() && !course_.folder.empty() &&
                   std::filesystem::equivalent(command.folder, course_.folder, ignored);
  auto held = course_.held;
  if (!own && command.replace && holds_run(command.folder)) {
    held = hold(command.folder);
    if (!held)
      held = std::make_shared<RunFolder>(command.folder);
    shelf_.forget_folder(command.folder);
  } else if (!own)
    held = std::make_shared<RunFolder>(RunFolder::make(command.folder, run.start()));
  else if (!held)
    held = std::make_shared<RunFolder>(command.folder);
  held->write(run.record());
  course_.folder = held->path();
  course_.held = std::move(held);
  course_.saved_state = state_text();
}

void Conductor::act(const KeepNow &command) {
  try {
    if (has_run() && worth_keeping())
      keep();
  } catch (...) {
    command.done->set_value();
    throw;
  }
  command.done->set_value();
}

/// Something was trained that neither a folder nor its KeptEntry has.
bool Conductor::worth_keeping() const {
  if (!has_run() || !course_.kept || course_.run->trainer().steps_done() == 0)
    return false;
  const std::string state = state_text();
  return state != course_.saved_state && state != course_.kept_state;
}

void Conductor::keep() {
  const auto begin = Clock::now();
  course_.kept->keep(course_.id, std::make_shared<const RunRecord>(course_.run->record()));
  course_.kept_state = state_text();
  last_keep_ = Clock::now();
  keep_interval_ = std::clamp<Clock::duration>(as_duration(seconds_since(begin) / keeping_share), keep_every,
                                               keep_at_least_every);
}

std::optional<Conductor::Clock::duration> Conductor::until_keep() const {
  if (!worth_keeping())
    return std::nullopt;
  return std::max(Clock::duration::zero(), keep_due() - Clock::now());
}

Conductor::Clock::time_point Conductor::keep_due() const {
  return last_keep_ + (active() ? keep_interval_ : Clock::duration(keep_stopped_after));
}

void Conductor::keep_if_due() {
  if (Clock::now() >= keep_due() && worth_keeping())
    guarded([this] { keep(); });
}

void Conductor::settle() {
  goal_ = Goal::none;
  const Trainer &trainer = course_.run->trainer();
  set_phase(course_.run->finished()     ? Phase::finished
            : trainer.steps_done() == 0 ? Phase::ready
                                        : Phase::paused);
}

void Conductor::fail(const std::string &sentence) {
  goal_ = Goal::none;
  set_phase(Phase::failed);
  tell(advise_on_failure(course_.run->experiment(), sentence));
}

void Conductor::tell(Notice notice) {
  notice.id = ++last_notice_;
  notice_ = std::move(notice);
  advised_.reset();
  urgent_ = news_ = true;
}

void Conductor::set_phase(Phase phase) {
  phase_ = phase;
  news_ = true;
}

// ---- training ----

bool Conductor::evaluation_due() const {
  return active() && !course_.run->finished() && course_.run->epoch_due();
}

Conductor::Clock::duration Conductor::until_next_step() const { return pace_.until_next_step(Clock::now()); }

void Conductor::train() {
  try {
    course_.run->advance();
  } catch (const std::exception &error) {
    return fail(error.what());
  }
  news_ = true;
  pace_.stepped(Clock::now());
  const Trainer &trainer = course_.run->trainer();
  if (course_.run->finished() ||
      (goal_ == Goal::batches && trainer.steps_done() >= goal_step_ && !course_.run->epoch_due()))
    return settle();
  try {
    if (goal_ != Goal::batches && onlooker_.share_due(course_, pace_.full_speed()))
      onlooker_.test_share(course_, pace_.full_speed());
  } catch (const std::exception &error) {
    return fail(error.what());
  }
  if (counsel_.due(Clock::now()))
    maybe_advise();
}

void Conductor::evaluate(std::stop_token stop) {
  set_phase(Phase::evaluating);
  publish();
  const auto begin = Clock::now();
  bool done = false;
  try {
    done = course_.run->advance(stop);
  } catch (const std::exception &error) {
    return fail(error.what());
  }
  set_phase(Phase::running);
  if (!done)
    return;
  onlooker_.counted(course_);
  pace_.evaluated(seconds_since(begin));
  const Trainer &trainer = course_.run->trainer();
  if (course_.run->finished() || (goal_ == Goal::epoch && trainer.epochs_done() >= goal_epochs_) ||
      (goal_ == Goal::batches && trainer.steps_done() >= goal_step_))
    settle();
}

bool Conductor::recount_due() const {
  return !active() && has_run() && (onlooker_.count_is_old(course_) || onlooker_.muted_count_is_old(course_));
}

void Conductor::recount(std::stop_token stop) {
  guarded([&] {
    if (onlooker_.count_is_old(course_))
      onlooker_.recount(course_, stop);
    else
      onlooker_.count_muted(course_, stop);
  });
  news_ = urgent_ = true;
}

/// Advice goes when its cause has gone.
void Conductor::maybe_advise() {
  std::optional<Advice> advice;
  if (!guarded([&] { advice = counsel_.look(*course_.run); }))
    return;
  if (!advice) {
    if (advised_)
      notice_.reset();
    news_ = news_ || advised_;
    advised_.reset();
  } else if (advised_ == advice->trouble && notice_) {
    advice->notice.id = notice_->id; // the same advice with newer numbers
    notice_ = advice->notice;
    news_ = true;
  } else {
    tell(advice->notice);
    advised_ = advice->trouble;
  }
}

// ---- views ----

void Conductor::inspect(bool at_once) {
  if (has_run())
    guarded([&] { onlooker_.inspect(course_, at_once); });
}

double Conductor::seconds_left() const {
  const Trainer &trainer = course_.run->trainer();
  const int epochs = course_.run->experiment().training.epochs;
  return pace_.seconds_left(static_cast<double>(trainer.steps_per_epoch()) * epochs -
                                static_cast<double>(trainer.steps_done()),
                            epochs - trainer.epochs_done());
}

void Conductor::publish() {
  const auto now = Clock::now();
  if (!news_ || (!urgent_ && phase_ == posted_phase_ && now - last_post_ < publish_every))
    return;
  auto view = std::make_shared<SessionView>();
  view->phase = phase_;
  view->run_id = course_.id;
  view->handled = handled_;
  view->notice = notice_;
  view->survey = survey_;
  if (has_run()) {
    const TrainingRun &run = *course_.run;
    if (phase_ != Phase::loading && phase_ != Phase::evaluating) {
      pace_.reached({run.seconds(), run.look().images_seen, run.trainer().steps_done()});
      inspect(!active());
      view->notice = notice_;
    }
    view->experiment = run.experiment();
    view->circuit = course_.circuit;
    view->training = run.look();
    view->training.inspection = onlooker_.inspection();
    if (onlooker_.answers())
      view->training.answers = onlooker_.answers();
    view->test_accuracy_now = active() ? std::nullopt : onlooker_.accuracy();
    view->muting = onlooker_.muting();
    view->muted = onlooker_.muted();
    view->marks = run.marks();
    view->dataset = run.dataset();
    view->images_per_second = pace_.images_per_second();
    view->seconds_left = seconds_left();
    view->own_epochs = run.start().training.epochs;
    view->seconds = run.seconds();
    view->saved = course_.saved_state == state_text();
    view->folder = course_.folder;
  }
  last_post_ = now;
  posted_phase_ = phase_;
  urgent_ = news_ = false;
  post_(std::move(view));
}

} // namespace duet
