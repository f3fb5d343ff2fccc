// One Network::Scratch for each worker thread, lent for the time of a chunk.
#pragma once
#include "engine/model/network.h"
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace duet {

class ScratchPool {
public:
  struct Slot {
    Network::Scratch network;
    Aligned<float> pixels;   ///< [image][pixels], for images changed by noise or augmentation
    Aligned<float> gradient; ///< one tile of a weight gradient
    std::atomic<bool> taken{false};
  };
  /// Lends a slot until destroyed.
  class Loan {
  public:
    explicit Loan(Slot &slot) : slot_(slot) {}
    ~Loan() { slot_.taken.store(false, std::memory_order_release); }
    Loan(const Loan &) = delete;
    Loan &operator=(const Loan &) = delete;
    Slot *operator->() const { return &slot_; }
    Slot &operator*() const { return slot_; }

  private:
    Slot &slot_;
  };

  /// As many slots as threads can be inside at once.
  void reserve(int threads, const Network &network, bool training, std::size_t gradient_floats) {
    slots_.clear();
    for (int i = 0; i < threads; ++i) {
      auto slot = std::make_unique<Slot>();
      network.reserve(slot->network, training);
      slot->pixels.assign(static_cast<std::size_t>(chunk_images) *
                              static_cast<std::size_t>(network.architecture().pixels),
                          0.0f);
      slot->gradient.assign(gradient_floats, 0.0f);
      slots_.push_back(std::move(slot));
    }
  }
  Loan borrow() {
    for (;; std::this_thread::yield())
      for (auto &slot : slots_)
        if (!slot->taken.exchange(true, std::memory_order_acquire))
          return Loan(*slot);
  }

private:
  std::vector<std::unique_ptr<Slot>> slots_;
};

} // namespace duet
