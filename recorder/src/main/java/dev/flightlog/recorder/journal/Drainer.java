package dev.flightlog.recorder.journal;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way from the callers to the disk: a ring, the one thread that empties it into the journals,
 * and one that forces them.
 *
 * <p>While events come, the draining thread looks every half millisecond, so that no caller pays
 * for waking it; after a while without any it sleeps, and the next caller wakes it. A caller waits
 * only when the ring is full, when it asked for more than the ring gives, or when its line is too
 * large for the ring; and never longer than its bound.
 */
public final class Drainer {
  private static final long POLL_NANOS = 500_000;
  private static final int POLLS_BEFORE_SLEEP = 400;
  private static final long SLEEP_NANOS = 5_000_000_000L;
  private static final long RETRY_NANOS = 50_000_000L;
  private static final int MEMORY_CAPACITY = 1 << 20;
  private static final long LARGE_BYTES = 64L << 20;
  private static final long GAP_NANOS = 1_000_000_000L;
  private static final int HANGS = 4;

  /** The answer of {@link #put} for a line that is in memory only. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /** A line on its own, with the name of its journal. */
  public static final class Line {
    private final byte[] name;
    private final byte[] line;
    private volatile boolean written;

    public Line(byte[] name, byte[] line) {
      this.name = name;
      this.line = line;
    }
  }

  private final @Nullable RingFile file;
  private final Ring ring;
  private final JournalFiles files;
  private final Drain drain;
  private final Tally tally;
  private final Gaps gaps = new Gaps();
  private final Function<Gap, Line> gapLine;
  private final Consumer<@Nullable String> changed;
  private final Syncer syncer;
  private final Thread thread;
  private final Waiters waiters = new Waiters();
  private final Waiters roomWaiters = new Waiters();
  private final Queue<Line> large = new ConcurrentLinkedQueue<>();
  private final AtomicLong largeBytes = new AtomicLong();
  private final long maxWaitNanos;

  private volatile boolean sleeping;
  private volatile boolean closing;
  private volatile boolean closed;
  private volatile boolean giveUp;

  /** The last attempt to write has failed. */
  private volatile boolean failing;

  /** When the write that is under way has begun, or 0. */
  private volatile long writingSince;

  private volatile @Nullable String problem;
  private @Nullable String toldProblem;

  /**
   * Starts both threads.
   *
   * @param capacity of the mapped ring in bytes, a power of two from 64 KiB; 0 for a ring in memory
   * @param gapLine makes the event that tells of a gap
   * @param changed is told of what is wrong with the disk when that changes; null when nothing is
   */
  public Drainer(
      Path basePath,
      int capacity,
      long maxWaitNanos,
      long syncNanos,
      Tally tally,
      Function<Gap, Line> gapLine,
      Consumer<@Nullable String> changed) {
    this.tally = tally;
    this.changed = changed;
    this.gapLine = gapLine;
    this.maxWaitNanos = maxWaitNanos;
    file = capacity == 0 ? null : RingFile.create(basePath, capacity);
    ring = file == null ? Ring.inMemory(MEMORY_CAPACITY) : file.ring();
    files = new JournalFiles(basePath);
    drain = new Drain(ring, files, tally::wrote, () -> {});
    syncer = new Syncer(files, syncNanos);
    thread = new Thread(null, this::run, "flightlog-drain", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  /** True when what is in the ring outlives this process. */
  public boolean isMapped() {
    return file != null;
  }

  public int capacity() {
    return ring.capacity();
  }

  /** What is wrong with the disk at present, or null. */
  public @Nullable String problem() {
    String ownProblem = problem;
    return ownProblem == null ? syncer.problem() : ownProblem;
  }

  /**
   * Hands over a line without its line feed. Waits for room up to the bound, unless the disk is
   * known to fail.
   *
   * @return the position after it, 0 for a large line that is in its journal, {@link #UNKNOWN} for
   *     one that is still waiting, {@link Ring#FULL} or {@link Ring#CLOSED}
   */
  public long put(byte[] name, byte[] line, int from, int to) {
    if (name.length + to - from > ring.largest()) {
      return putLarge(name, java.util.Arrays.copyOfRange(line, from, to));
    }
    long position = ring.put(name, line, from, to);
    if (position == Ring.FULL) {
      position = waitForRoom(name, line, from, to);
    }
    if (sleeping && position > 0) {
      LockSupport.unpark(thread);
    }
    return position;
  }

  private long waitForRoom(byte[] name, byte[] line, int from, int to) {
    long[] position = {Ring.FULL};
    roomWaiters.await(
        () -> {
          position[0] = ring.put(name, line, from, to);
          return position[0] != Ring.FULL || isStuck();
        },
        maxWaitNanos,
        this::hurry);
    return position[0];
  }

  private long putLarge(byte[] name, byte[] line) {
    if (closing) {
      return Ring.CLOSED;
    }
    if (isStuck()) {
      return Ring.FULL;
    }
    if (largeBytes.addAndGet(line.length) > LARGE_BYTES) {
      largeBytes.addAndGet(-line.length);
      return Ring.FULL;
    }
    Line one = new Line(name, line);
    large.add(one);
    if (waiters.await(() -> one.written || closed, maxWaitNanos, this::hurry) && one.written) {
      return 0;
    }
    return closed && large.remove(one) ? Ring.CLOSED : UNKNOWN;
  }

  /** True when the last write has failed, or one hangs far longer than anybody may wait. */
  private boolean isStuck() {
    long since = writingSince;
    return failing || (since != 0 && System.nanoTime() - since > HANGS * maxWaitNanos);
  }

  /** Counts a drop at this time, of which a gap event will tell. */
  public void dropped(long micros) {
    gaps.add(micros);
    tally.drop();
  }

  /** Waits until the journals have everything up to this position, or are known to fail. */
  public boolean awaitWritten(long position, long nanos) {
    return waiters.await(() -> ring.consumed() >= position || failing, nanos, this::hurry)
        && ring.consumed() >= position;
  }

  /** Waits until everything up to this position survives a power cut. */
  public boolean awaitSynced(long position, long nanos) {
    long start = System.nanoTime();
    return awaitWritten(position, nanos) && syncer.awaitForced(nanos - (System.nanoTime() - start));
  }

  /** Waits until the journals have everything that was handed over before. */
  public boolean flush(long nanos) {
    long tail = ring.tail();
    return waiters.await(() -> ring.consumed() >= tail && large.isEmpty(), nanos, this::hurry);
  }

  /** Where the ring ends now. */
  public long tail() {
    return ring.tail();
  }

  private void hurry() {
    LockSupport.unpark(thread);
  }

  /**
   * Takes no more lines, writes and forces all there are, and ends the threads. What a failing disk
   * does not take in time stays in the ring file for the next recorder; without such a file it is
   * dropped.
   */
  public void close(long nanos) {
    ring.close();
    closing = true;
    long start = System.nanoTime();
    waiters.await(() -> closed, nanos, this::hurry);
    if (!closed) {
      giveUp = true;
      waiters.await(() -> closed, TimeUnit.SECONDS.toNanos(1), this::hurry);
    }
    syncer.close(Math.max(nanos - (System.nanoTime() - start), 1_000_000));
  }

  private void run() {
    touchRing();
    int idle = 0;
    while (!giveUp && !(closing && ring.isEmpty() && large.isEmpty() && !gaps.isOpen())) {
      Thread.interrupted();
      boolean moved = false;
      try {
        moved = move();
        problem = null;
        failing = false;
      } catch (ClosedChannelException e) {
        // By an interrupt, at a harmless moment: the file is opened anew.
        moved = true;
      } catch (IOException e) {
        problem = Problems.of(e);
        failing = true;
      } catch (DamagedRingException | RuntimeException | Error e) {
        problem = "the recorder cannot go on: " + e;
        failing = true;
      }
      tellProblem();
      idle = moved ? 0 : idle + 1;
      rest(idle);
    }
    finish();
  }

  /** Tells of a problem when it comes, and when it has gone. */
  private void tellProblem() {
    String now = problem;
    if (!Objects.equals(now, toldProblem)) {
      toldProblem = now;
      changed.accept(now);
    }
  }

  private void touchRing() {
    try {
      ring.touch();
    } catch (RuntimeException | Error e) {
      problem = "the ring cannot be used: " + e;
    }
  }

  private void rest(int idle) {
    if (failing) {
      LockSupport.parkNanos(this, RETRY_NANOS);
    } else if (closing || !waiters.isEmpty() && !(ring.isEmpty() && large.isEmpty())) {
      Thread.onSpinWait();
    } else if (idle < POLLS_BEFORE_SLEEP) {
      LockSupport.parkNanos(this, POLL_NANOS);
    } else {
      sleeping = true;
      if (ring.isEmpty() && large.isEmpty() && !closing) {
        LockSupport.parkNanos(this, SLEEP_NANOS);
      }
      sleeping = false;
    }
  }

  private boolean move() throws IOException, DamagedRingException {
    files.lookAround();
    boolean moved = false;
    while (step()) {
      moved = true;
      failing = false;
      wakeAll();
    }
    for (Line one = large.peek(); one != null; one = large.peek()) {
      drain.write(one.name, one.line);
      one.written = true;
      large.remove();
      largeBytes.addAndGet(-one.line.length);
      moved = true;
    }
    if (moved) {
      syncer.dirty();
    }
    tellGap();
    wakeAll();
    return moved;
  }

  private boolean step() throws IOException, DamagedRingException {
    writingSince = System.nanoTime() | 1;
    try {
      return drain.step();
    } finally {
      writingSince = 0;
    }
  }

  private void wakeAll() {
    if (!waiters.isEmpty()) {
      waiters.wake();
    }
    if (!roomWaiters.isEmpty()) {
      roomWaiters.wake();
    }
  }

  /** Tells of drops once they have ceased, or once a second while they go on. */
  private void tellGap() throws IOException {
    Gap gap = gaps.isOpen() ? gaps.ripe(GAP_NANOS, closing) : null;
    if (gap != null) {
      Line line = gapLine.apply(gap);
      tally.offer(thread);
      try {
        drain.write(line.name, line.line);
      } catch (IOException | RuntimeException e) {
        tally.drop();
        gaps.putBack(gap);
        throw e;
      }
      syncer.dirty();
    }
  }

  private void finish() {
    try {
      files.close();
    } catch (IOException e) {
      problem = Problems.of(e);
    }
    if (file == null) {
      tally.dropPending();
    } else {
      tally.keepPending();
      try {
        file.close();
      } catch (IOException e) {
        problem = Problems.of(e);
      }
    }
    closed = true;
    waiters.wake();
  }
}
