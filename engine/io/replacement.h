// Files that take the place of others, whole or not at all.
#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

namespace duet {

/// Several files of one folder that belong together. add() writes each beside its target and waits until
/// it is on the disk: a full disk shows there, before anything has changed. commit() then renames them in
/// the order they were added.
class Replacement {
public:
  Replacement() = default;
  ~Replacement(); ///< without a commit() everything stays as it was
  Replacement(const Replacement &) = delete;
  Replacement &operator=(const Replacement &) = delete;
  /// Throw Error (exit 4) naming the file.
  void add(const std::filesystem::path &target, std::string_view bytes);
  void commit();
  /// What is added from here on is renamed only once the renames of what was added before are on the disk:
  /// whoever finds one of the later files new, also after a power cut, finds all the earlier ones new.
  void then();

private:
  struct Pending {
    std::filesystem::path target, temporary;
    bool waits = false; ///< for the renames before it
  };
  std::vector<Pending> pending_;
  bool next_waits_ = false;
};

/// Sets right what a Replacement of these files, all of them in this order, left behind when it was killed:
/// one that had begun to rename is brought to its end, one that had not is dropped. Only for who knows that
/// none is under way.
void settle_replacement(const std::vector<std::filesystem::path> &targets);

} // namespace duet
