#include "app/cli/data_command.h"
#include "app/cli/arguments.h"
#include "app/cli/interrupt.h"
#include "engine/base/error.h"
#include "engine/data/catalog.h"
#include "engine/data/fetch.h"
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <unistd.h>

namespace duet {
namespace {

void list_sets() {
  std::string text;
  for (const CatalogEntry &entry : catalog()) {
    const auto folder = entry.built_in ? std::nullopt : find_set(entry);
    const std::string where = entry.built_in ? "built in"
                              : folder       ? folder->string()
                                             : "not here: " + entry.how_to_get;
    text += entry.name + std::string(15 - entry.name.size(), ' ') + where + "\n" + std::string(15, ' ') +
            entry.description + " Licence: " + entry.licence + ".\n";
  }
  print(text + "Any folder with the four IDX files under MNIST's names, raw or .gz, is a data source too.\n");
}

/// ProgressBar of a download on stderr: a bar on a terminal, a line a step elsewhere.
class FetchLine {
public:
  ~FetchLine() {
    if (terminal_)
      std::fputs("\r\033[K", stderr);
  }
  void show(const FetchProgress &progress) {
    if (!terminal_) {
      if (progress.step != step_)
        std::fprintf(stderr, "%s\n", progress.step.c_str());
      step_ = progress.step;
      return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (progress.step == step_ && now - last_ < std::chrono::milliseconds(100))
      return;
    step_ = progress.step;
    last_ = now;
    constexpr int width = 30;
    const auto full = static_cast<std::size_t>(progress.fraction * width);
    const std::string bar = std::string(full, '=') + std::string(width - full, ' ');
    const std::string percent = progress.measured ? rounded(100.0 * progress.fraction, 0) + " %" : "";
    std::fprintf(stderr, "\r\033[K[%s] %s %s", bar.c_str(), percent.c_str(), step_.c_str());
    std::fflush(stderr);
  }

private:
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  std::string step_;
  std::chrono::steady_clock::time_point last_{};
};

void fetch(const std::string &name) {
  const CatalogEntry *entry = find_in_catalog(name);
  if (!entry) {
    std::string names;
    for (const CatalogEntry &known : catalog())
      if (!known.built_in)
        names += (names.empty() ? "" : ", ") + known.name;
    throw Error(ExitCode::usage,
                "data fetch: there is no data set \"" + name + "\" to fetch; there are " + names + ".");
  }
  FetchResult result;
  {
    const Interrupt interrupt;
    FetchLine line;
    result = fetch_set(
        *entry, [&](const FetchProgress &progress) { line.show(progress); }, interrupt.token());
  }
  if (entry->built_in)
    print(entry->name + " is built in, there is nothing to fetch.\n");
  else if (result.was_there)
    print(entry->name + " is already here, in " + result.folder.string() + ".\n");
  else
    print(entry->name + " is now in " + result.folder.string() + " (from " + result.from + ").\n");
}

} // namespace

void add_data_command(CLI::App &app) {
  auto action = std::make_shared<std::string>("list");
  auto name = std::make_shared<std::string>();
  CLI::App *command = app.add_subcommand("data", "Lists the data sets Duet knows, or fetches one.");
  command
      ->add_option("action", *action, "list (the default): what there is and where; fetch: get the set NAME.")
      ->type_name("[list | fetch]");
  command->add_option("name", *name, "The data set to fetch.")->type_name("NAME");
  command->callback([action, name] {
    if (*action == "list" && name->empty())
      list_sets();
    else if (*action == "fetch" && !name->empty())
      fetch(*name);
    else
      throw Error(ExitCode::usage, "data " + *action + (name->empty() ? "" : " " + *name) +
                                       ": use `data list` or `data fetch NAME`.");
  });
}

} // namespace duet
