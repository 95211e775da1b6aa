package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.home.duty.RollUps;
import dev.flightlog.home.duty.SessionLearning;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.importer.ImportCounts;
import dev.flightlog.importer.ImportException;
import dev.flightlog.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Ships what a machine records into the store that it shares with others: its journals within a
 * second, its known sources every ten. Nothing waits in memory: what the store does not take stays
 * in its files, and is read when it does. May be killed at any point. For one thread.
 */
public final class Shipper {
  private static final Duration SOURCES_EVERY = Duration.ofSeconds(10);

  /** Who writes once writes again soon. */
  private static final Duration GATHERS = Duration.ofMillis(50);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** How long who ships all at once learns of sessions, while nobody does so for all. */
  private static final Duration LEARNS = Duration.ofMinutes(1);

  private static final String TRIED_AGAIN = "; it is tried again until it works";

  private final Home home;
  private final Complaints complaints;
  private List<String> sourceProblems = List.of();

  public Shipper(Home home) {
    this.home = home;
    this.complaints = new Complaints(home);
  }

  /**
   * Ships all that is there now.
   *
   * @return what was taken in
   * @throws StoreException when the store does not take it; what it took stays
   */
  public ImportCounts once() {
    try (Index index = Index.open(home)) {
      List<String> problems = new ArrayList<>();
      journals(index);
      sources(index, problems);
      tell(problems);
      index.digest().learnForAll(LEARNS);
      return index.counts();
    }
  }

  /**
   * Ships, and goes on with what is recorded from now on, until the thread is interrupted. A store
   * that is away is waited for.
   *
   * @throws StoreException when the store refuses this machine, and only a person can mend that
   */
  public void follow() throws InterruptedException {
    Semaphore written = new Semaphore(0);
    try (Index index = opened();
        RollUps _ = index.rollUps();
        SessionLearning _ = index.learning();
        JournalNotices _ = new JournalNotices(home.journals(), written::release)) {
      Duration pause = SHORTEST;
      long sourcesAt = System.nanoTime();
      while (true) {
        List<String> problems = new ArrayList<>();
        boolean taken = attempt(() -> journals(index), problems);
        if (taken && System.nanoTime() - sourcesAt >= 0) {
          taken = attempt(() -> sources(index, problems), problems);
          sourcesAt = System.nanoTime() + SOURCES_EVERY.toNanos();
        } else {
          problems.addAll(sourceProblems);
        }
        tell(problems);
        if (!taken) {
          pause = waitLonger(pause);
          continue;
        }
        pause = SHORTEST;
        if (written.tryAcquire(SHORTEST.toMillis(), TimeUnit.MILLISECONDS)) {
          Thread.sleep(GATHERS);
          written.drainPermits();
        }
      }
    }
  }

  /**
   * Opens the store; one that is away is waited for.
   *
   * @throws StoreException when waiting does not mend it
   */
  public Index opened() throws InterruptedException {
    Duration pause = SHORTEST;
    while (true) {
      try {
        return Index.open(home);
      } catch (StoreException e) {
        if (!e.worthRetrying()) {
          throw e;
        }
        tell(List.of(e.getMessage() + TRIED_AGAIN));
        HomeShipping.confirmed(home)
            .ifPresent(files -> files.failed(String.valueOf(e.getMessage())));
      }
      pause = waitLonger(pause);
    }
  }

  /** Waits, never quite as long as others; answers how long to wait the next time. */
  private static Duration waitLonger(Duration pause) throws InterruptedException {
    long millis = pause.toMillis();
    Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }

  private static void journals(Index index) {
    index.journals();
  }

  /** One source that cannot be read costs itself; a store that takes nothing ends the round. */
  private void sources(Index index, List<String> problems) {
    KnownSources.each(
        home,
        source -> {
          try {
            index.importSource(source, index.telling());
          } catch (ImportException e) {
            if (Thread.currentThread().isInterrupted()) {
              throw e;
            }
            problems.add("left out " + source.path() + ": " + e.getMessage());
          }
        },
        problems);
    sourceProblems = List.copyOf(problems);
  }

  /** False when the store took nothing. */
  private static boolean attempt(Runnable part, List<String> problems) throws InterruptedException {
    try {
      part.run();
      return true;
    } catch (StoreException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      problems.add(e.getMessage() + TRIED_AGAIN);
      return false;
    } catch (ImportException | HomeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      problems.add(String.valueOf(e.getMessage()));
      return true;
    }
  }

  private void tell(List<String> problems) {
    boolean waited = complaints.now().stream().anyMatch(each -> each.endsWith(TRIED_AGAIN));
    complaints.tell(problems);
    if (problems.isEmpty() && waited) {
      home.tell("the store takes events again");
    }
  }
}
