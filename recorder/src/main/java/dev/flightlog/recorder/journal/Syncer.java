package dev.flightlog.recorder.journal;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Forces journals to the disk on a thread of its own, because a force takes long while the ring
 * must go on: so often as configured, and at once when somebody waits, all waiters with one force.
 *
 * <p>After a failed force the system may have thrown the bytes away, so the same force is never
 * tried again: the journal is opened anew, and the problem stays visible until a force succeeds.
 */
final class Syncer {
  private final JournalFiles files;
  private final long everyNanos;
  private final Thread thread;
  private final Waiters waiters = new Waiters();
  private final AtomicLong requested = new AtomicLong();

  private volatile long answered;
  private volatile long failed;
  private volatile boolean dirty;
  private volatile boolean sleeping;
  private volatile boolean closing;
  private volatile @Nullable String problem;

  Syncer(JournalFiles files, long everyNanos) {
    this.files = files;
    this.everyNanos = everyNanos;
    thread = new Thread(null, this::run, "flightlog-sync", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  @Nullable String problem() {
    return problem;
  }

  /** Something was written. */
  void dirty() {
    if (!dirty) {
      dirty = true;
      if (sleeping) {
        LockSupport.unpark(thread);
      }
    }
  }

  /** Waits for a force of all that was written before; true when it succeeded in time. */
  boolean awaitForced(long nanos) {
    long mine = requested.incrementAndGet();
    return waiters.await(() -> answered >= mine, nanos, () -> LockSupport.unpark(thread))
        && failed < mine;
  }

  void close(long nanos) {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Math.max(nanos / 1_000_000, 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long last = System.nanoTime();
    while (!closing) {
      Thread.interrupted();
      if (!dirty && waiters.isEmpty()) {
        sleeping = true;
        if (!dirty && waiters.isEmpty() && !closing) {
          LockSupport.park(this);
        }
        sleeping = false;
        continue;
      }
      long left = everyNanos - (System.nanoTime() - last);
      if (left > 0 && waiters.isEmpty()) {
        LockSupport.parkNanos(this, left);
        continue;
      }
      round();
      last = System.nanoTime();
    }
    round();
  }

  private void round() {
    dirty = false;
    long ticket = requested.get();
    String trouble = null;
    for (JournalFile file : files.takeDirty()) {
      try {
        force(file);
      } catch (IOException | RuntimeException | Error e) {
        trouble = "cannot force " + file.path() + " to the disk: " + e.getMessage();
        files.drop(String.valueOf(file.path().getFileName()));
      }
    }
    for (Path path : files.takeUnforced()) {
      try {
        force(path);
      } catch (IOException | RuntimeException | Error e) {
        trouble = "cannot force " + path + " to the disk: " + e.getMessage();
      }
    }
    problem = trouble;
    if (trouble != null) {
      failed = ticket;
    }
    answered = ticket;
    waiters.wake();
  }

  private static void force(JournalFile file) throws IOException {
    try {
      file.toForce().force(false);
    } catch (ClosedChannelException e) {
      // Closed meanwhile; the bytes are the file's, not the channel's.
      Thread.interrupted();
      force(file.path());
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel again = FileChannel.open(path, StandardOpenOption.WRITE)) {
      again.force(false);
    } catch (NoSuchFileException gone) {
      // Somebody removed it.
    }
  }
}
