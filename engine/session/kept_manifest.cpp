#include "engine/session/kept_manifest.h"
#include "engine/base/error.h"
#include "engine/experiment/json.h"
#include <filesystem>
#include <nlohmann/json.hpp>

namespace duet {
namespace {

using Json = nlohmann::ordered_json;
constexpr int version = 1;

[[noreturn]] void damaged(const std::string &source, const std::string &why) {
  throw Error(ExitCode::data, source + " " + why + "; the file is damaged.");
}

template <class T> T value_of(const Json &json, const char *key, const std::string &source) {
  const auto found = json.find(key);
  if (found == json.end())
    damaged(source, std::string("has no \"") + key + "\"");
  try {
    return found->get<T>();
  } catch (const Json::exception &) {
    damaged(source, std::string("has no usable \"") + key + "\"");
  }
}

Experiment experiment_of(const Json &json, const char *key, const std::string &source) {
  return parse_experiment(value_of<Json>(json, key, source).dump(), source);
}

KeptRun run_of(const Json &json, const std::string &source) {
  KeptRun run;
  run.folder = value_of<std::string>(json, "folder", source);
  if (run.folder.find('/') != std::string::npos || run.folder == "..")
    damaged(source, "names a run outside its folder");
  run.step = value_of<std::uint64_t>(json, "step", source);
  run.epoch = value_of<int>(json, "epoch", source);
  run.epochs = value_of<int>(json, "epochs", source);
  if (!value_of<Json>(json, "test_accuracy", source).is_null())
    run.test_accuracy = value_of<double>(json, "test_accuracy", source);
  return run;
}

} // namespace

std::string to_json(const KeptManifest &manifest) {
  Json json;
  json["duet_kept"] = version;
  json["at"] = manifest.at;
  json["owner"] = manifest.owner;
  json["file"] = manifest.document.file;
  json["look"] = manifest.document.look;
  json["run"] = nullptr;
  if (const auto &run = manifest.run) {
    json["run"] = {
        {"folder", run->folder}, {"step", run->step}, {"epoch", run->epoch}, {"epochs", run->epochs}};
    json["run"]["test_accuracy"] = run->test_accuracy ? Json(*run->test_accuracy) : Json(nullptr);
  }
  json["edited"] = Json::parse(to_json(manifest.document.edited));
  json["saved"] = Json::parse(to_json(manifest.document.saved));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"; // a path may be any bytes
}

KeptManifest parse_manifest(const std::string &text, const std::string &source) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object())
    damaged(source, "is not a JSON object");
  if (value_of<int>(json, "duet_kept", source) != version)
    throw Error(ExitCode::data, source + " was written by another version of Duet; open it with that one.");
  KeptManifest manifest;
  manifest.at = value_of<std::int64_t>(json, "at", source);
  manifest.owner = value_of<std::int64_t>(json, "owner", source);
  manifest.document.file = value_of<std::string>(json, "file", source);
  manifest.document.look = value_of<std::string>(json, "look", source);
  manifest.document.edited = experiment_of(json, "edited", source);
  manifest.document.saved = experiment_of(json, "saved", source);
  if (const Json run = value_of<Json>(json, "run", source); !run.is_null())
    manifest.run = run_of(run, source);
  return manifest;
}

} // namespace duet
