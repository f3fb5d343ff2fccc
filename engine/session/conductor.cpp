#include "engine/session/conductor.h"
#include "engine/data/source.h"
#include "engine/session/advice.h"
#include <algorithm>
#include <array>

namespace duet {
namespace {

constexpr auto publish_every = std::chrono::milliseconds(33);
/// How often a run that trains is kept, and which share of the time copying it may take; how soon after that
/// one that has stopped.
constexpr auto keep_every = std::chrono::seconds(10), keep_at_least_every = std::chrono::seconds(25),
               keep_stopped_after = std::chrono::seconds(1);
constexpr double keeping_share = 0.005;
/// Share of the time that looking may take from training.
constexpr double looking_share = 0.05;

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
  need_run().change(command.experiment);
  next_advice_ = {};
  if (phase_ == Phase::finished && !course_.run->finished())
    set_phase(Phase::paused); // more epochs were planned
  if (!active() && course_.run->finished())
    set_phase(Phase::finished);
  if (!active())
    maybe_advise();
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
  notice_.reset();
  survey_ = std::shared_ptr<const Survey>(course_.run->dataset(), &course_.run->dataset()->files);
  advice_given_ = false;
  next_advice_ = {};
  inspection_ = nullptr;
  inspected_state_.clear();
  recount_ = nullptr;
  recounted_accuracy_.reset();
  counted_state_.clear();
  speed_.clear();
  images_per_second_ = seconds_per_step_ = 0;
  last_running_at_ = course_.run->seconds();
  settle();
  refresh_inspection(true);
  maybe_advise();
}

void Conductor::act(const Probe &command) {
  probe_ = command.test_index;
  refresh_inspection(true);
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

void Conductor::act(const SlowMotion &command) {
  steps_per_second_limit_ = command.steps_per_second > 0 ? command.steps_per_second : 0;
  next_step_ = Clock::now();
}

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
  advice_given_ = false;
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

Conductor::Clock::duration Conductor::until_next_step() const {
  return steps_per_second_limit_ > 0 ? next_step_ - Clock::now() : Clock::duration::zero();
}

void Conductor::train() {
  try {
    course_.run->advance();
  } catch (const std::exception &error) {
    return fail(error.what());
  }
  news_ = true;
  if (steps_per_second_limit_ > 0)
    next_step_ =
        std::max(next_step_, Clock::now() - publish_every) + as_duration(1 / steps_per_second_limit_);
  const Trainer &trainer = course_.run->trainer();
  if (course_.run->finished() ||
      (goal_ == Goal::batches && trainer.steps_done() >= goal_step_ && !course_.run->epoch_due()))
    return settle();
  maybe_running_test();
  if (Clock::now() >= next_advice_)
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
  counted_state_ = state_text();
  recount_ = nullptr;
  recounted_accuracy_.reset();
  evaluation_seconds_ = seconds_since(begin);
  last_running_at_ = course_.run->seconds();
  const Trainer &trainer = course_.run->trainer();
  if (course_.run->finished() || (goal_ == Goal::epoch && trainer.epochs_done() >= goal_epochs_) ||
      (goal_ == Goal::batches && trainer.steps_done() >= goal_step_))
    settle();
}

bool Conductor::recount_due() const {
  return !active() && has_run() && course_.run->trainer().steps_done() > 0 && counted_state_ != state_text();
}

void Conductor::recount(std::stop_token stop) {
  const TrainingRun &run = *course_.run;
  const NoiseSettings &noise = run.experiment().data.noise;
  const auto answers = std::make_shared<TestAnswers>();
  guarded([&] {
    const Evaluation evaluation = course_.run->trainer().evaluate_test(
        run.experiment().model.fusion_ratio, noise.apply == NoiseApply::train ? NoiseSettings{} : noise,
        answers.get(), stop);
    if (stop.stop_requested())
      return;
    recount_ = answers;
    recounted_accuracy_ = evaluation.accuracy;
  });
  if (!stop.stop_requested())
    counted_state_ = state_text();
  news_ = urgent_ = true;
}

/// A test evaluation within the epoch, on a share of the set that is fixed for the run.
void Conductor::maybe_running_test() {
  TrainingRun &run = *course_.run;
  if (goal_ == Goal::batches || run.epoch_due() ||
      run.seconds() - last_running_at_ < std::max(0.25, running_cost_ / looking_share) ||
      images_per_second_ <= 0)
    return;
  if (course_.running_images == 0) {
    const double affordable =
        images_per_second_ * 0.02; // about 20 ms, for evaluation is faster than training
    course_.running_images = static_cast<std::uint32_t>(std::clamp(affordable, 50.0, 1000.0));
    course_.running_images =
        std::min(course_.running_images, static_cast<std::uint32_t>(run.dataset()->test.size()));
  }
  const auto begin = Clock::now();
  try {
    run.trainer().running_test(course_.running_images);
  } catch (const std::exception &error) {
    return fail(error.what());
  }
  running_cost_ = seconds_since(begin);
  last_running_at_ = run.seconds();
}

/// Looks for silent neurons and a runaway loss, now and then; advice goes when its cause has gone.
void Conductor::maybe_advise() {
  const auto begin = Clock::now();
  TrainingRun &run = *course_.run;
  std::optional<Notice> advice;
  guarded([&] {
    std::vector<Inspection> images;
    for (std::uint32_t i = 0; i < std::min<std::size_t>(4, run.dataset()->test.size()); ++i)
      images.push_back(run.trainer().inspect(i));
    advice = advise_on_silence(run.experiment(), images);
    const Snapshot snapshot = run.look();
    if (!advice && snapshot.batches)
      advice = advise_on_loss(run.experiment(), *snapshot.batches);
  });
  next_advice_ = Clock::now() + as_duration(std::max(2.0, seconds_since(begin) / looking_share));
  if (advice && advice_given_ && notice_ && notice_->fix_path == advice->fix_path) {
    advice->id = notice_->id; // the same advice with newer numbers
    notice_ = advice;
    news_ = true;
  } else if (advice) {
    tell(*advice);
    advice_given_ = true;
  } else if (!advice && advice_given_) {
    notice_.reset();
    advice_given_ = false;
    news_ = true;
  }
}

// ---- views ----

void Conductor::refresh_inspection(bool at_once) {
  if (!probe_ || !has_run() || (!at_once && Clock::now() < next_inspection_))
    return;
  const std::uint32_t image = *probe_;
  const std::string state = state_text() + "/" + std::to_string(image);
  if (state == inspected_state_)
    return;
  const auto begin = Clock::now();
  guarded([&] {
    if (image >= course_.run->dataset()->test.size())
      throw Error(ExitCode::usage, "There is no test image " + std::to_string(image) + "; allowed are 0 to " +
                                       std::to_string(course_.run->dataset()->test.size() - 1) + ".");
    inspection_ = std::make_shared<const Inspection>(course_.run->trainer().inspect(image));
  });
  inspected_state_ = state;
  next_inspection_ = Clock::now() + as_duration(seconds_since(begin) / looking_share);
}

/// Over the last second and a half of training.
void Conductor::measure_speed() {
  const TrainingRun &run = *course_.run;
  speed_.push_back({run.seconds(), run.look().images_seen, run.trainer().steps_done()});
  while (speed_.size() > 2 && speed_.back().seconds - speed_.front().seconds > 1.5)
    speed_.pop_front();
  const double span = speed_.back().seconds - speed_.front().seconds;
  if (span <= 0)
    return;
  images_per_second_ = static_cast<double>(speed_.back().images - speed_.front().images) / span;
  if (speed_.back().steps > speed_.front().steps)
    seconds_per_step_ = span / static_cast<double>(speed_.back().steps - speed_.front().steps);
}

double Conductor::seconds_left() const {
  const Trainer &trainer = course_.run->trainer();
  const int epochs = course_.run->experiment().training.epochs;
  const double steps =
      static_cast<double>(trainer.steps_per_epoch()) * epochs - static_cast<double>(trainer.steps_done());
  return std::max(0.0, steps * seconds_per_step_ +
                           std::max(0, epochs - trainer.epochs_done()) * evaluation_seconds_);
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
      measure_speed();
      refresh_inspection(!active());
      view->notice = notice_;
    }
    view->experiment = run.experiment();
    view->training = run.look();
    view->training.inspection = inspection_;
    if (recount_)
      view->training.answers = recount_;
    view->test_accuracy_now = active() ? std::nullopt : recounted_accuracy_;
    view->marks = run.marks();
    view->dataset = run.dataset();
    view->images_per_second = images_per_second_;
    view->seconds_left = seconds_per_step_ > 0 ? seconds_left() : 0;
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
