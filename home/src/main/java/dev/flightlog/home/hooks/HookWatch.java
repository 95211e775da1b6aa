package dev.flightlog.home.hooks;

import dev.flightlog.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private final HookFolder folder;
  private String told = "";
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
    this.folder = HookFolder.of(home);
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
      tellNow();
    } catch (RuntimeException e) {
      // The index tells its own troubles; what is in the journal is taken in by its next round.
      received.setRelease(true);
    }
  }

  /** Keeps the file that status lines read; a home without hooks has none. */
  private void tellNow() {
    String line =
        ProcessHandle.current().pid() + " " + String.join(" ", intake.waiting()).strip() + "\n";
    if (line.equals(told) || !Files.isDirectory(folder.path())) {
      return;
    }
    Path part = folder.now().resolveSibling("now.tmp");
    try {
      Files.writeString(part, line);
      Files.move(part, folder.now(), StandardCopyOption.ATOMIC_MOVE);
      told = line;
    } catch (IOException e) {
      // A status line then says nothing of others.
    }
  }

  @Override
  public void close() {
    clock.close();
    try {
      Files.deleteIfExists(folder.now());
    } catch (IOException e) {
      // Its process is gone: a status line sees that.
    }
    intake.save();
  }
}
