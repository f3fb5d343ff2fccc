// A system that allows few threads (`ulimit -u`): work goes on with those there are.
#include "engine/base/parallel.h"
#include <QTest>
#include <atomic>
#include <cerrno>
#include <dlfcn.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace duet;

namespace {

std::atomic<int> limit{1000}, living{0};

struct Start {
  void *(*routine)(void *);
  void *argument;
};

void *counted(void *given) {
  const Start start = *static_cast<Start *>(given);
  delete static_cast<Start *>(given);
  void *result = start.routine(start.argument);
  --living;
  return result;
}

} // namespace

/// In front of the C library's: no more than `limit` threads beside the first one.
extern "C" int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *),
                              void *argument) {
  using Create = int(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  static const auto real = reinterpret_cast<Create *>(::dlsym(RTLD_NEXT, "pthread_create"));
  if (++living > limit) {
    --living;
    return EAGAIN;
  }
  return real(thread, attributes, counted, new Start{routine, argument});
}

class TestThreadLimit : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void workGoesOnWithTheThreadsThereAre_data() {
    QTest::addColumn<int>("allowed");
    for (const int allowed : {0, 1, 2, 5, 7, 100})
      QTest::addRow("%d", allowed) << allowed;
  }
  void workGoesOnWithTheThreadsThereAre() {
    QFETCH(int, allowed);
    const pid_t child = ::fork(); // oneTBB would end the whole process
    if (child == 0) {
      limit = living + allowed;
      const Workers workers(8);
      if (workers.threads() < 1 || workers.threads() > std::min(8, allowed + 1) ||
          (allowed >= 7 && workers.threads() != 8))
        ::_exit(2);
      for (int round = 0; round < 50; ++round) {
        std::atomic<int> runs{0};
        workers.parallel_chunks(200, [&](std::size_t) { ++runs; });
        if (runs != 200)
          ::_exit(3);
      }
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QVERIFY2(WIFEXITED(status), "it was aborted");
    QCOMPARE(WEXITSTATUS(status), 0);
  }
};

QTEST_APPLESS_MAIN(TestThreadLimit)
#include "test_thread_limit.moc"
