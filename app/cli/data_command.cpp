#include "app/cli/data_command.h"
#include "app/cli/arguments.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"
#include "app/cli/status_line.h"
#include "engine/base/error.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include "engine/data/catalog.h"
#include "engine/data/fetch.h"
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace duet {
namespace {

void list_sets() {
  std::string text;
  for (const CatalogEntry &entry : catalog()) {
    const auto folder = entry.built_in ? std::nullopt : find_set(entry);
    const std::string where = entry.built_in ? "built in"
                              : folder       ? folder->string()
                                             : "not here (" + download_size(entry) + "): " + entry.how_to_get;
    text += entry.name + std::string(15 - entry.name.size(), ' ') + where + "\n" + std::string(15, ' ') +
            entry.description + " Licence: " + entry.licence + ".\n";
  }
  print(text + "Any folder with the four IDX files under MNIST's names, raw or .gz, is a data source too.\n");
}

/// A download's progress on stderr: a bar on a terminal, a line a step elsewhere.
class FetchLine {
public:
  void show(const FetchProgress &progress) {
    const auto now = std::chrono::steady_clock::now();
    const bool next = progress.step != step_;
    step_ = progress.step;
    if (!line_.lives()) {
      if (next)
        std::fprintf(stderr, "%s\n", step_.c_str());
      return;
    }
    if (!next && now - last_ < std::chrono::milliseconds(100))
      return;
    last_ = now;
    if (progress.measured)
      line_.show_bar(rounded(100.0 * progress.fraction, 0) + " %", progress.fraction, step_);
    else
      line_.show(step_);
  }

private:
  StatusLine line_;
  std::string step_;
  std::chrono::steady_clock::time_point last_{};
};

void fetch(const std::string &name) {
  const CatalogEntry *entry = find_in_catalog(name);
  if (!entry) {
    std::vector<std::string> names;
    for (const CatalogEntry &known : catalog())
      if (!known.built_in)
        names.push_back(known.name);
    throw Error(ExitCode::usage, "data fetch: there is no data set \"" + name + "\" to fetch; there are " +
                                     listed(names) + ".");
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
  command->footer([] {
    std::vector<std::string> addresses;
    for (const CatalogEntry &entry : catalog())
      if (!entry.url_variable.empty())
        addresses.push_back(entry.url_variable);
    return help_text(
        {{"duet-cli data list", "duet-cli data fetch fashion-mnist"},
         {"A named set is looked for in $DUET_DATA/NAME, then in $XDG_DATA_HOME/duet/data/NAME, then in "
          "the system's folders; it is fetched into the second.",
          "What is fetched must have the published digest.",
          listed(addresses) + " name another address to fetch a set from."},
         "",
         ""});
  });
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
