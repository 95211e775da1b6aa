package dev.flightlog.home.index;

import dev.flightlog.analysis.Freshness;
import dev.flightlog.analysis.Pending;
import dev.flightlog.home.Home;
import dev.flightlog.home.duty.RollUps;
import dev.flightlog.home.duty.SessionLearning;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.sources.Source;
import dev.flightlog.importer.ImportCounts;
import dev.flightlog.importer.ImportException;
import dev.flightlog.store.StoreException;
import dev.flightlog.tasks.PeriodicThread;
import dev.flightlog.tasks.index.TaskIndex;
import dev.flightlog.tasks.index.TaskIndexException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an open index fresh while a server runs: our own journals as soon as something is written
 * there, every second, and whenever a question is asked, the sources that were ever imported every
 * ten, and before an answer unless they were looked at in the second before. Who asks while another
 * takes in waits for a turn that began later, so that no answer misses what was recorded before it
 * was asked for; an answer that could not wait so long tells it. Safe for many threads.
 */
public final class IndexFollower implements Freshness, Runnable, AutoCloseable {
  private static final int SOURCES_EVERY = 10;

  /** How often another process is let in that waits to write. */
  static final Duration GIVES_WAY = Duration.ofMillis(150);

  /** Between two rounds that writers cause: half of the time at the most goes into rounds. */
  private static final long SHORTEST_PAUSE_MS = 30;

  private static final Duration A_SECOND = Duration.ofSeconds(1);

  /**
   * Of the time, what the index of tasks may take by itself: it reads a busy hour anew each time.
   */
  private static final int SHARE_OF_TASKS = 20;

  private final Home home;
  private final Index index;
  private final TaskIndex tasks;
  private final ReentrantLock turn = new ReentrantLock();
  private final PeriodicThread clock;
  private volatile long begun = System.nanoTime() - 1;
  private final Complaints complaints;
  private long sourcesBegun = System.nanoTime() - A_SECOND.toNanos();
  private List<Pending> sourcesPending = List.of();
  private List<String> sourceProblems = new ArrayList<>();
  private long tasksAgain = System.nanoTime();
  private int rounds;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile long pauseMillis;
  private volatile Runnable whenTakenIn = () -> {};
  private @Nullable JournalNotices notices;
  private @Nullable RollUps rollUps;
  private @Nullable SessionLearning learning;

  /**
   * @param index is used by this alone until it is closed
   * @param tasks stays open
   */
  public IndexFollower(Index index, TaskIndex tasks) {
    this.home = index.home();
    this.complaints = new Complaints(home);
    this.index = index;
    this.tasks = tasks;
    this.clock = new PeriodicThread("flightlog-intake", home::tell);
  }

  /**
   * Has somebody told, after each look at journals or sources, that something may have arrived in
   * the store. Set before {@link #start}.
   *
   * @param listener quick, and for several threads
   */
  public void whenTakenIn(Runnable listener) {
    whenTakenIn = listener;
  }

  /** Begins to take in. */
  public void start() {
    rollUps = index.rollUps();
    learning = index.learning();
    notices = new JournalNotices(home.journals(), this::wake);
    clock.every(Duration.ZERO, A_SECOND, "taking in new events", this::round);
    clock.every(GIVES_WAY, GIVES_WAY, "letting others write", this::giveWay);
  }

  /**
   * Takes in our own journals, and of the sources what the bound allows; without a bound, our own
   * journals alone.
   */
  @Override
  public List<Pending> takeIn(Duration bound) {
    long asked = System.nanoTime();
    Duration patience = bound.isZero() ? A_SECOND : bound;
    if (!hasTurnWithin(patience)) {
      return List.of(new Pending(home.path().toString(), "an import is going on", null));
    }
    try {
      long now = System.nanoTime();
      List<Pending> pending = new ArrayList<>();
      if (begun - asked < 0) {
        pending.addAll(index.journals());
        begun = now;
      }
      whenTakenIn.run();
      if (now - sourcesBegun > A_SECOND.toNanos()) {
        sourcesPending = new SourceIntake(index).takeIn(bound.minusNanos(now - asked));
        sourcesBegun = now;
        whenTakenIn.run();
      }
      pending.addAll(sourcesPending);
      return pending;
    } finally {
      turn.unlock();
    }
  }

  private boolean hasTurnWithin(Duration patience) {
    try {
      return turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Takes in what our own journals hold by now. */
  @Override
  public void run() {
    long asked = System.nanoTime();
    waitForTurn();
    try {
      if (begun - asked < 0) {
        long now = System.nanoTime();
        index.takeInJournals();
        begun = now;
        whenTakenIn.run();
      }
    } finally {
      turn.unlock();
    }
  }

  /** Whoever is interrupted, such as a request whose time is over, waits no longer. */
  private void waitForTurn() {
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static StoreException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreException(
        StoreException.Kind.STOPPED, "interrupted while new events were taken in", e);
  }

  /** Works with the index while nothing is taken in; blocks until it may. */
  public <T> T alone(Function<Index, T> work) {
    waitForTurn();
    try {
      return work.apply(index);
    } finally {
      turn.unlock();
    }
  }

  /** Something may have been written to a journal: it is taken in at once, or with others soon. */
  public void wake() {
    if (!woken.getAndSet(true)) {
      clock.once(Duration.ofMillis(pauseMillis), "taking in new events", this::wokenRound);
    }
  }

  private void wokenRound() {
    woken.set(false);
    long begin = System.nanoTime();
    List<String> problems = new ArrayList<>();
    attempt("our own journals", this::run, problems);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    pauseMillis = Math.clamp(took, SHORTEST_PAUSE_MS, A_SECOND.toMillis());
  }

  /** Lets another process write, unless something is half done. */
  private void giveWay() {
    if (turn.tryLock()) {
      try {
        index.giveWay();
      } catch (StoreException e) {
        // The next round meets the same fault, and tells it.
      } finally {
        turn.unlock();
      }
    }
  }

  private void round() {
    List<String> problems = new ArrayList<>();
    attempt("our own journals", this::run, problems);
    if (rounds++ % SOURCES_EVERY == 0) {
      sourceProblems = new ArrayList<>();
      attempt("what was imported", () -> takeInSources(sourceProblems), sourceProblems);
      attempt("the prices of model calls", index::priceCalls, sourceProblems);
    }
    attempt("the index of tasks", this::catchUpNowAndThen, problems);
    problems.addAll(sourceProblems);
    complaints.tell(problems);
  }

  /** One part that fails costs itself: the others go on, and it is tried again. */
  private static void attempt(String what, Runnable part, List<String> problems) {
    try {
      part.run();
    } catch (StoreException | ImportException | TaskIndexException | HomeException e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      problems.add("taking in " + what + " failed: " + e);
    }
  }

  /** What was taken in since the index was opened. */
  public ImportCounts counts() {
    return index.counts();
  }

  /** How long ago it was that everything in our own journals had been taken in. */
  public Duration behind() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - begun));
  }

  /** What could not be taken in when it was last tried; empty when all was. */
  public String complaint() {
    return String.join("; ", complaints.now());
  }

  /** As {@link #run}, and into the index of tasks, too. */
  public void runForTasks() {
    run();
    catchUp();
  }

  private void catchUpNowAndThen() {
    long begin = System.nanoTime();
    if (begin - tasksAgain >= 0) {
      catchUp();
      long end = System.nanoTime();
      tasksAgain = end + (end - begin) * SHARE_OF_TASKS;
    }
  }

  private void catchUp() {
    tasks.catchUp(index.store());
  }

  private void takeInSources(List<String> problems) {
    KnownSources.each(
        home,
        source -> {
          giveWay();
          attempt(source.path().toString(), () -> takeIn(source), problems);
        },
        problems);
  }

  private void takeIn(Source source) {
    waitForTurn();
    try {
      index.importSource(source, index.telling());
      whenTakenIn.run();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    if (notices != null) {
      notices.close();
    }
    if (rollUps != null) {
      rollUps.close();
    }
    if (learning != null) {
      learning.close();
    }
    clock.close();
    turn.lock();
    turn.unlock();
  }
}
