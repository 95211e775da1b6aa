package dev.flightlog.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one run of an agent, or of all runs of a task, to be ended together. For one
 * thread; {@link #end} blocks.
 *
 * @param mark how what they carry in their environment begins
 * @param locks how the path of a file begins that they have open
 * @param leader the first of them, if it is a child of ours
 */
record AgentGroup(String mark, String locks, @Nullable Process leader) {
  /** How long to go on killing processes that do not go away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_MILLIS = 20;

  /**
   * Asks all processes to end, kills those that are still there when the grace is over, and those
   * that they start meanwhile, until none is left.
   *
   * @return false when some cannot be ended, which happens to processes of another user and to
   *     those that hang in the kernel
   */
  boolean end(Duration grace) throws InterruptedException {
    long start = System.nanoTime();
    long patience = grace.plus(PATIENCE).toNanos();
    if (!grace.isZero()) {
      for (ProcessHandle each : living()) {
        each.destroy();
      }
    }
    int quiet = 0;
    while (System.nanoTime() - start < patience) {
      Set<ProcessHandle> living = living();
      quiet = living.isEmpty() ? quiet + 1 : 0;
      if (quiet == 2) {
        return true;
      }
      if (System.nanoTime() - start >= grace.toNanos()) {
        for (ProcessHandle each : living) {
          each.destroyForcibly();
        }
      }
      // A process that is being forked now carries the mark only a moment later: look twice.
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return living().isEmpty();
  }

  private Set<ProcessHandle> living() {
    Set<ProcessHandle> all = new HashSet<>();
    for (long pid : LiveAgents.find(mark, locks)) {
      ProcessHandle.of(pid).ifPresent(all::add);
    }
    if (leader != null) {
      leader.descendants().forEach(all::add);
      if (leader.isAlive()) {
        all.add(leader.toHandle());
      }
    }
    return all;
  }
}
