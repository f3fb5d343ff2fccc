// A mailbox of one: the newest value wins.
#pragma once
#include <memory>
#include <mutex>
#include <utility>

namespace duet {

/// One writer posts, one reader polls; neither waits for the other beyond the swap of one pointer.
/// A value that was not taken in time is replaced by the next one.
template <class T> class Latest {
public:
  void post(std::shared_ptr<const T> value) {
    {
      std::lock_guard lock(mutex_);
      value_.swap(value);
    } // the replaced value is destroyed outside the lock
  }
  /// The newest value not yet taken, or null.
  std::shared_ptr<const T> try_take() {
    std::lock_guard lock(mutex_);
    return std::exchange(value_, nullptr);
  }

private:
  std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

} // namespace duet
