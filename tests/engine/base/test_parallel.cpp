// The door to threads and the mailbox.
#include "engine/base/latest.h"
#include "engine/base/parallel.h"
#include <QTest>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace duet;

class TestParallel : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void every_chunk_runs_once_data() {
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 2, 4, 9})
      QTest::addRow("%d", threads) << threads;
  }
  void every_chunk_runs_once() {
    QFETCH(int, threads);
    const Workers workers(threads);
    QCOMPARE(workers.threads(), threads);
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
      std::vector<std::atomic<int>> runs(count);
      workers.parallel_chunks(count, [&](std::size_t chunk) { ++runs[chunk]; });
      for (const auto &n : runs)
        QCOMPARE(n.load(), 1);
    }
  }

  void no_more_threads_than_asked_for_are_inside() {
    const Workers workers(3);
    std::atomic<int> inside{0}, most{0};
    workers.parallel_chunks(300, [&](std::size_t) {
      const int now = ++inside;
      int seen = most;
      while (now > seen && !most.compare_exchange_weak(seen, now)) {
      }
      std::this_thread::yield();
      --inside;
    });
    QVERIFY(most <= 3);
  }

  void an_exception_reaches_the_caller() {
    for (const int threads : {1, 4}) {
      const Workers workers(threads);
      QVERIFY_EXCEPTION_THROWN(workers.parallel_chunks(100,
                                                       [](std::size_t chunk) {
                                                         if (chunk == 37)
                                                           throw std::runtime_error("37");
                                                       }),
                               std::runtime_error);
      std::atomic<int> after{0};
      workers.parallel_chunks(5, [&](std::size_t) { ++after; });
      QCOMPARE(after.load(), 5);
    }
  }

  void the_newest_value_wins() {
    Latest<int> latest;
    QVERIFY(!latest.try_take());
    latest.post(std::make_shared<int>(1));
    latest.post(std::make_shared<int>(2));
    QCOMPARE(*latest.try_take(), 2);
    QVERIFY(!latest.try_take());
  }

  void values_arrive_in_order_from_another_thread() {
    Latest<int> latest;
    std::jthread writer([&] {
      for (int i = 1; i <= 20000; ++i)
        latest.post(std::make_shared<int>(i));
    });
    int seen = 0;
    while (seen < 20000)
      if (const auto value = latest.try_take()) {
        QVERIFY(*value > seen);
        seen = *value;
      }
  }
};

QTEST_APPLESS_MAIN(TestParallel)
#include "test_parallel.moc"
