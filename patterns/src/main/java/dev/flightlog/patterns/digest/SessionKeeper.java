package dev.flightlog.patterns.digest;

import dev.flightlog.event.EventBatch;
import dev.flightlog.patterns.digest.SessionRead.Batch;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Keeps in a store that machines share what observers find in sessions, as long as it is this
 * process that does so for all. For one thread; blocks and fails as the store does.
 */
final class SessionKeeper {
  private static final Duration AWAITED = Duration.ofSeconds(10);

  private final EventStore store;
  private final List<SessionObserver> observers;
  private final BooleanSupplier holds;
  private final long end;
  private final boolean isAwaited;

  /** Another process does it from now on. */
  static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostException() {
      super("another process keeps from now on what is learnt", null, false, false);
    }
  }

  /** What is kept in the transaction of a batch, besides. */
  @FunctionalInterface
  interface Beside {
    List<Mark> marks(Batch batch);
  }

  /**
   * @param holds whether it still is for this process to do
   * @param most after what time to stop between two batches; when it is short, somebody waits
   */
  SessionKeeper(
      EventStore store, List<SessionObserver> observers, BooleanSupplier holds, Duration most) {
    this.store = store;
    this.observers = observers;
    this.holds = holds;
    this.end = System.nanoTime() + most.toNanos();
    this.isAwaited = most.compareTo(AWAITED) < 0;
  }

  /** Whether somebody waits for it. */
  boolean isAwaited() {
    return isAwaited;
  }

  boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  /**
   * @throws LostException when another process does it now; then nothing was kept
   */
  void keep(List<Mark> marks) {
    if (marks.isEmpty()) {
      return;
    }
    if (!holds.getAsBoolean()) {
      throw new LostException();
    }
    store.append(new Append(new EventBatch(), marks));
  }

  /**
   * Looks at these, at the first of them in any case, and keeps what was found.
   *
   * @param fresh nothing is kept of any of them
   * @return false when it was time to stop before all were looked at
   */
  boolean look(List<Batch> batches, boolean fresh, Beside beside) {
    return look(batches, fresh, this::isOver, beside);
  }

  private boolean look(List<Batch> batches, boolean fresh, BooleanSupplier stops, Beside beside) {
    SessionRead read = new SessionRead(store, observers);
    long events = 0;
    for (Batch batch : batches) {
      events += SessionRead.total(batch.sessions());
    }
    String moment = store.latest().text();
    List<String> packed = new PackedFacts(store, () -> false).packed();
    try (ReadAhead ahead = new ReadAhead(read, batches, events)) {
      for (int i = 0; i < batches.size(); i++) {
        if (i > 0 && stops.getAsBoolean()) {
          return false;
        }
        List<Mark> marks = new ArrayList<>();
        ahead
            .next()
            .forEach(found -> {
              PackedFacts.changed(packed, found.session(), moment, marks);
              addTo(marks, found, fresh);
            });
        marks.addAll(beside.marks(batches.get(i)));
        keep(marks);
      }
    }
    return true;
  }

  private static void addTo(List<Mark> marks, SessionRead.Found found, boolean fresh) {
    found
        .facts()
        .forEach((observer, facts) -> {
          if (!facts.isEmpty() || !fresh) {
            String key = Digest.FACTS + observer + ':' + found.session();
            marks.add(new Mark(key, facts.isEmpty() ? null : FactText.of(facts)));
          }
        });
    if (found.cut() || !fresh) {
      marks.add(new Mark(Digest.CUT + found.session(), found.cut() ? "" : null));
    }
  }

  /**
   * Looks at all of these sessions, however long it takes, unless somebody waits for it.
   *
   * @return false when somebody waits, and it was time to stop before
   */
  boolean look(List<SessionRead.Span> spans) {
    BooleanSupplier stops = isAwaited ? this::isOver : () -> false;
    return look(SessionRead.batchesOf(spans), false, stops, _ -> List.of());
  }

  /** Forgets what was found in these. */
  void forget(Collection<String> sessions) {
    List<Mark> marks = new ArrayList<>();
    for (String session : sessions) {
      for (SessionObserver observer : observers) {
        marks.add(new Mark(Digest.FACTS + observer.name() + ':' + session, null));
      }
      marks.add(new Mark(Digest.CUT + session, null));
    }
    keep(marks);
  }
}
