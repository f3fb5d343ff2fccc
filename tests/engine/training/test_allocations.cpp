// In the steady state a training step allocates nothing: calls of operator new are counted.
#include "engine/kernels/aligned.h"
#include "small_data.h"
#include <QTest>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>

namespace {

std::atomic<long> allocations{0};

void *counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  void *memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (!memory)
    throw std::bad_alloc();
  return memory;
}

} // namespace

void *operator new(std::size_t size) { return counted(size ? size : 1, 16); }
void *operator new[](std::size_t size) { return counted(size ? size : 1, 16); }
void *operator new(std::size_t size, const std::nothrow_t &) noexcept { // std::stable_sort's
  ++allocations;
  return std::malloc(size ? size : 1);
}
void *operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

class TestAllocations : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void the_counter_counts() {
    const long before = allocations;
    const auto numbers = std::make_unique<duet::Aligned<float>>(3); // the vector, and its memory
    QVERIFY(numbers->data());
    QVERIFY(allocations >= before + 2);
  }

  void a_step_allocates_nothing_data() {
    QTest::addColumn<int>("variant");
    int i = 0;
    for (const auto &[name, plan] : small_data::variants())
      QTest::newRow(name) << i++;
  }
  void a_step_allocates_nothing() {
    QFETCH(int, variant);
    const duet::TrainerPlan plan = small_data::variants()[static_cast<std::size_t>(variant)].second;
    const duet::Workers workers(2);
    duet::Trainer trainer(plan, small_data::dataset(2000), workers);
    for (int i = 0; i < 10; ++i) // every thread's memory grows to its size
      trainer.step();
    const long before = allocations;
    for (int i = 0; i < 30; ++i)
      trainer.step();
    QCOMPARE(allocations.load() - before, 0L);
    QVERIFY(!trainer.epoch_complete());
  }
};

QTEST_APPLESS_MAIN(TestAllocations)
#include "test_allocations.moc"
