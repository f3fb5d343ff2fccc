// Waits until a window has nothing left to paint, however slow the machine is.
#pragma once
#include <QtTest/QtTest>

namespace duet::fabricated {

/// Calls count() until it stays the same over several turns of the event loop; returns its last value.
template <class Count> int settled(Count count) {
  int last = count(), same = 0;
  while (same < 6) {
    QTest::qWait(20);
    const int now = count();
    same = now == last ? same + 1 : 0;
    last = now;
  }
  return last;
}

} // namespace duet::fabricated
