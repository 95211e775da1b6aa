package dev.flightlog.home.hooks;

import dev.flightlog.home.Home;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes up what hooks leave while a server runs, five times a second, and has the index look at
 * what was taken.
 */
public final class HookWatch implements AutoCloseable {
  private static final long EVERY_MS = 200;

  private final HookSpool spool;
  private final HookIntake intake;
  private final Runnable index;
  private final AtomicBoolean received = new AtomicBoolean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("flightlog-hooks").daemon().factory());

  /**
   * @param index brings what is in the journals into the index
   */
  public HookWatch(Home home, HookIntake intake, Runnable index) {
    this.spool = new HookSpool(home);
    this.intake = intake;
    this.index = index;
  }

  /** Begins to look. */
  public void start() {
    clock.scheduleWithFixedDelay(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Something was received otherwise; the index hears of it with the next look. */
  public void received() {
    received.setRelease(true);
  }

  private void look() {
    try {
      boolean taken = spool.takeUp(intake) > 0;
      if (received.getAndSet(false) || taken) {
        intake.flush();
        intake.save();
        index.run();
      }
    } catch (RuntimeException e) {
      // The index tells its own troubles; what is in the journal is taken in by its next round.
      received.setRelease(true);
    }
  }

  @Override
  public void close() {
    clock.close();
    intake.save();
  }
}
