package dev.flightlog.home.hooks;

import dev.flightlog.home.Home;
import dev.flightlog.store.StoreException;
import dev.flightlog.tasks.PeriodicThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes up what hooks leave while a server runs, five times a second, and has the index look at
 * what was taken; soon after a hook was received otherwise, too.
 */
public final class HookWatch implements AutoCloseable {
  static final Duration EVERY = Duration.ofMillis(200);

  /** Between two looks that hooks cause by HTTP; more when a look takes long. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

  private final HookFolder folder;
  private String told = "";
  private final HookSpool spool;
  private final HookIntake intake;
  private final Runnable index;
  private final AtomicBoolean received = new AtomicBoolean();
  private final PeriodicThread clock;
  private volatile Duration pause = SHORTEST_PAUSE;

  /**
   * @param index brings what is in the journals into the index
   */
  public HookWatch(Home home, HookIntake intake, Runnable index) {
    this.folder = HookFolder.of(home);
    this.spool = new HookSpool(home);
    this.intake = intake;
    this.index = index;
    clock = new PeriodicThread("flightlog-hooks", home::tell);
  }

  /** Begins to look. */
  public void start() {
    start(EVERY);
  }

  void start(Duration every) {
    clock.every(Duration.ZERO, every, "taking up what hooks tell", this::look);
  }

  /** Something was received otherwise; the index hears of it soon, of several at a time. */
  public void received() {
    if (!received.getAndSet(true)) {
      clock.once(pause, "taking in what hooks tell", this::look);
    }
  }

  private void look() {
    long begin = System.nanoTime();
    takeIn();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    // Half of the time at the most goes into looks.
    pause = took.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : took;
  }

  private void takeIn() {
    boolean taken = spool.takeUp(intake) > 0;
    if (received.getAndSet(false) || taken) {
      intake.flush();
      intake.save();
      try {
        index.run();
      } catch (StoreException e) {
        // Told by the index; what is in the journal is taken in by its next round.
        received.setRelease(true);
      }
    }
    tellNow();
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
    clock.finish();
    try {
      Files.deleteIfExists(folder.now());
    } catch (IOException e) {
      // Its process is gone: a status line sees that.
    }
    intake.save();
  }
}
