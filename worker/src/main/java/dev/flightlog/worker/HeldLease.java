package dev.flightlog.worker;

import dev.flightlog.tasks.queue.Lease;
import dev.flightlog.tasks.queue.Renewal;
import dev.flightlog.tasks.queue.TaskQueue;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lease under which a task runs. When the machine slept longer than a lease takes, the worker
 * may be handed its own task once more; then the run goes on under the new lease, and nothing is
 * started twice. Safe for any thread.
 */
final class HeldLease {
  /** Held while the lease is renewed, and while the worker takes another one. */
  final ReentrantLock lock = new ReentrantLock();

  private volatile Lease lease;

  HeldLease(Lease lease) {
    this.lease = lease;
  }

  Lease now() {
    return lease;
  }

  /** Goes on under this lease of the same task; the attempt stays what it was. */
  void adopt(Lease next) {
    lease = new Lease(next.taskId(), next.token(), lease.attempt(), next.until());
  }

  /** Asks for more time. */
  Renewal renew(TaskQueue queue, Duration time) {
    lock.lock();
    try {
      return queue.renew(lease, time);
    } finally {
      lock.unlock();
    }
  }
}
