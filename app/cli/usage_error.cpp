#include "app/cli/usage_error.h"
#include "engine/base/words.h"
#include <CLI/CLI.hpp>
#include <cctype>
#include <vector>

namespace duet {
namespace {

/// "`duet-cli train`"
std::string name_of(const CLI::App &command) {
  const CLI::App *parent = command.get_parent();
  return "`" + (parent ? parent->get_name() + " " : "") + command.get_name() + "`";
}

/// "; `duet-cli train --help` explains it."
std::string see_help(const CLI::App &command, const std::string &does = "explains it") {
  std::string name = name_of(command);
  name.insert(name.size() - 1, " --help");
  return "; " + name + " " + does + ".";
}

/// How a value of the option is written: "RUN", "--epochs N".
std::string form_of(const CLI::Option &option) {
  const std::string told = option.get_type_name(),
                    type = told == "TEXT" ? "" : told; // CLI11's own for strings
  if (option.get_positional())
    return type.empty() ? option.get_name() : type;
  return option.get_name() + (type.empty() ? "" : " " + type);
}

/// "The run's folder." -> "the run's folder."
std::string as_end_of_sentence(std::string text) {
  if (!text.empty())
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text + (text.ends_with('.') ? "" : ".");
}

std::vector<std::string> option_names(const CLI::App &command) {
  std::vector<std::string> names;
  for (const CLI::Option *option : command.get_options())
    if (!option->get_positional())
      names.push_back(option->get_name());
  return names;
}

std::string did_you_mean(const std::string &word, const std::vector<std::string> &known) {
  const std::string meant = closest(word, known);
  return meant.empty() ? "" : "; did you mean " + meant + "?";
}

std::string extra_argument(const CLI::App &app, const CLI::App &command) {
  const std::vector<std::string> rest = command.remaining();
  const std::string word = rest.empty() ? "" : rest.front();
  if (word.starts_with('-')) {
    const std::string option = word.substr(0, word.find('='));
    const std::string meant = did_you_mean(option, option_names(command));
    return name_of(command) + " has no option " + option +
           (meant.empty() ? see_help(command, "lists them") : meant);
  }
  if (&command == &app) {
    std::vector<std::string> commands;
    for (const CLI::App *known : app.get_subcommands([](const CLI::App *) { return true; }))
      commands.push_back(known->get_name());
    const std::string meant = did_you_mean(word, commands);
    return "\"" + word + "\" is no command" +
           (meant.empty() ? "; there are " + listed(commands) + "." : meant);
  }
  std::vector<std::string> places;
  for (const CLI::Option *option : command.get_options())
    if (option->get_positional())
      places.push_back(form_of(*option));
  return "\"" + word + "\" is one argument too many: " + name_of(command) + " takes " +
         (places.empty() ? "no arguments" : "one " + listed(places, " and one ")) + " beside its options" +
         see_help(command);
}

std::string missing_argument(const CLI::App &command) {
  for (const CLI::Option *option : command.get_options())
    if (option->get_required() && option->count() == 0)
      return name_of(command) + " needs " + form_of(*option) + ", " +
             as_end_of_sentence(option->get_description());
  return name_of(command) + " needs more arguments" + see_help(command);
}

/// An option given too often, or without its value.
std::string wrong_count(const CLI::App &command, const std::string &told) {
  for (const CLI::Option *option : command.get_options())
    if (option->count() > 1 && option->get_items_expected_max() == 1)
      return option->get_name() + " is given " + counted(option->count(), "time") + "; give it once.";
  std::string name = told.substr(0, told.find_first_of(": "));
  if (!name.starts_with('-')) // so CLI11 names a flag
    name = "--" + name;
  const CLI::Option *option = command.get_option_no_throw(name);
  if (option && option->get_items_expected_max() == 0)
    return name + " takes no value; leave out what follows the equals sign.";
  return name + " needs a value" + (option ? ", as in `" + form_of(*option) + "`" : "") + see_help(command);
}

} // namespace

Error usage_error(const CLI::App &app, const CLI::ParseError &error) {
  const auto commands = app.get_subcommands();
  const CLI::App &command = commands.empty() ? app : *commands.front();
  const std::string told = error.what();
  std::string sentence = told + see_help(command);
  if (dynamic_cast<const CLI::ExtrasError *>(&error))
    sentence = extra_argument(app, command);
  else if (dynamic_cast<const CLI::RequiredError *>(&error))
    sentence = missing_argument(command);
  else if (dynamic_cast<const CLI::ArgumentMismatch *>(&error) ||
           dynamic_cast<const CLI::ConversionError *>(&error))
    sentence = wrong_count(command, told);
  return Error(ExitCode::usage, sentence);
}

} // namespace duet
