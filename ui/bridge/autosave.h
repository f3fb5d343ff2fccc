// Work that no file holds is kept when the window closes, and offered at the next start.
#pragma once
#include <QString>
#include <filesystem>
#include <optional>

namespace duet::ui {

/// A folder or file for work to be kept in, under the data folder; new at every call.
std::filesystem::path new_autosave_path(bool run);
/// What was kept is offered at the next start.
void remember_autosave(const std::filesystem::path &path);
std::optional<std::filesystem::path> offered_autosave();
/// Not offered again. With `erase` the files go too.
void drop_autosave(bool erase);

} // namespace duet::ui
