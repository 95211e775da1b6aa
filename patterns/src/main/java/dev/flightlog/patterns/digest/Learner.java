package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.digest.SessionRead.Span;
import dev.flightlog.patterns.digest.SharedState.Pass;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Learns of the sessions of a store that machines share, as the one who holds the lease of {@link
 * dev.flightlog.store.lease.Leases#LEARN}: docs/decisions/0092-shared-digest.md. First of all
 * sessions, those with the newest events first; then of what arrives. May be ended anywhere, and
 * goes on where it was, in whichever process. For one thread; blocks and fails as the store does.
 */
public final class Learner {
  /** So many changes are followed before the place is kept. */
  private static final int CHANGES_AT_ONCE = 10_000;

  private static final int CHANGES_FOR_A_QUESTION = 2_000;

  private static final long MUCH = 100_000;
  private static final int PART_THAT_IS_MUCH = 10;

  private static final long LOST_FOR_GOOD = Duration.ofMinutes(10).toNanos();

  private final EventStore store;
  private final List<SessionObserver> observers;
  private final ObserverVersions ours;

  /** When it was first not known what the place means that is kept; 0 when it is. */
  private long lostSince;

  /** What became of it. */
  public enum Outcome {
    /** All that has arrived is learnt. */
    ALL,
    /** There is more to learn, and the time is over. */
    PART,
    /** The store cannot tell now what came, such as on a server that lags behind the others. */
    LATER,
    /** Another process learns now. */
    LOST,
    /** Another machine has newer observers, and is left to learn. */
    NEWER
  }

  public Learner(EventStore store, List<SessionObserver> observers) {
    this.store = store;
    this.observers = List.copyOf(observers);
    this.ours = ObserverVersions.of(observers);
  }

  /**
   * Lets whoever learns know, if need be, that there are newer observers here, so that it leaves
   * the learning to this machine or its like.
   */
  public void tellOfNewer() {
    SharedState state = SharedState.of(store);
    ObserverVersions kept = state.observers();
    if (kept != null && ours.isNewerThan(kept)) {
      keepAnyway(state.telling(ours));
    }
  }

  private void keepAnyway(List<Mark> marks) {
    new SessionKeeper(store, observers, () -> true, Duration.ZERO).keep(marks);
  }

  /**
   * Learns, and keeps what it learnt.
   *
   * @param holds whether it still is for this process to do; asked before anything is kept
   * @param most about how long
   */
  public Outcome learn(BooleanSupplier holds, Duration most, Digest.Progress progress) {
    SharedState state = SharedState.of(store);
    if (state.isLeftToNewerThan(ours)) {
      return Outcome.NEWER;
    }
    SessionKeeper keeper = new SessionKeeper(store, observers, holds, most);
    try {
      keeper.keep(state.telling(ours));
      Cursor at = ours.equals(state.observers()) ? state.cursor() : null;
      long events = store.latest().equals(at) ? 0 : events();
      if (at == null || state.pass() != null || isMuch(events - state.events(), events)) {
        at = pass(begun(state, keeper), keeper, progress);
      }
      Outcome outcome = at == null ? Outcome.PART : follow(at, keeper, progress);
      if (outcome == Outcome.ALL) {
        pack(keeper);
      }
      return outcome;
    } catch (SessionKeeper.LostException e) {
      return Outcome.LOST;
    }
  }

  private long events() {
    return store.aggregate(Aggregate.of(Filter.EVERYTHING, Measure.count())).getFirst().whole(0);
  }

  /** Whether so many came that all sessions are sooner looked at than these followed. */
  private static boolean isMuch(long came, long all) {
    return came > MUCH && came > all / PART_THAT_IS_MUCH;
  }

  /** The look at all sessions that was begun, or a new one. */
  private Pass begun(SharedState state, SessionKeeper keeper) {
    Pass before = state.pass();
    if (before != null && before.observers().equals(ours)) {
      return before;
    }
    Pass begun =
        new Pass(
            ours,
            store.latest(),
            Long.MAX_VALUE,
            "",
            0,
            0,
            before == null && state.observers() == null);
    keeper.keep(List.of(begun.mark()));
    return begun;
  }

  /** Looks at all sessions; null when it is time to stop before that. */
  private @Nullable Cursor pass(Pass begun, SessionKeeper keeper, Digest.Progress progress) {
    List<Span> spans = SessionRead.spans(store);
    List<Span> left =
        spans.stream()
            .filter(span ->
                span.last() < begun.last()
                    || span.last() == begun.last() && span.session().compareTo(begun.session()) > 0)
            .toList();
    long total = spans.stream().mapToLong(Span::events).sum();
    long[] done = {total - left.stream().mapToLong(Span::events).sum()};
    int[] sessions = {0};
    boolean all =
        keeper.look(
            SessionRead.batchesOf(left),
            begun.fresh(),
            batch -> {
              sessions[0] += batch.sessions().size();
              done[0] += SessionRead.total(batch.sessions());
              progress.progress(done[0], total);
              Span last = left.get(sessions[0] - 1);
              Pass now =
                  new Pass(
                      ours,
                      begun.begun(),
                      last.last(),
                      last.session(),
                      done[0],
                      total,
                      begun.fresh());
              return List.of(now.mark());
            });
    if (!all) {
      return null;
    }
    if (!begun.fresh()) {
      forgetThoseGone(keeper);
    }
    keeper.keep(
        List.of(
            new Mark(SharedState.CURSOR, begun.begun().text()),
            new Mark(SharedState.OBSERVERS, ours.text()),
            new Mark(SharedState.EVENTS, Long.toString(events())),
            Pass.ended()));
    return begun.begun();
  }

  /** What was kept before of sessions that have no events any more; that of old ones stays. */
  private void forgetThoseGone(SessionKeeper keeper) {
    Set<String> there = new HashSet<>();
    SessionRead.spans(store).forEach(span -> there.add(span.session()));
    boolean expired = store.released(Long.MIN_VALUE, Long.MAX_VALUE).events() > 0;
    Set<String> forgotten = store.tombstones().sessions();
    Set<String> gone = new TreeSet<>();
    for (String key : store.markKeys(Digest.FACTS)) {
      int end = key.indexOf(':', Digest.FACTS.length());
      String session = key.substring(end + 1);
      if (!there.contains(session) && (!expired || forgotten.contains(session))) {
        gone.add(session);
      }
    }
    if (!gone.isEmpty()) {
      keeper.keep(SharedPacks.none(store));
    }
    keeper.forget(gone);
  }

  /** So that no machine has to read session by session. */
  private void pack(SessionKeeper keeper) {
    KeptFacts kept =
        new KeptFacts(
            store,
            new PackedFacts(store, () -> false),
            unread -> new SessionRead(store, observers).facts(unread.observer(), unread.session()));
    FactPack.OBSERVERS.forEach(observer -> SharedPacks.keepUp(observer, kept, store, keeper));
  }

  private Outcome follow(Cursor from, SessionKeeper keeper, Digest.Progress progress) {
    Cursor at = from;
    int atOnce = keeper.isAwaited() ? CHANGES_FOR_A_QUESTION : CHANGES_AT_ONCE;
    while (true) {
      Set<String> touched = new TreeSet<>();
      SessionChanges.Some some =
          SessionChanges.some(at, touched, atOnce, SessionRead.wanted(observers), store);
      Set<String> named =
          some != null && some.forgotten() ? store.tombstones().sessions() : Set.of();
      if (some == null && !isLostForLong()) {
        return Outcome.LATER;
      }
      if (some == null || some.forgotten() && named.isEmpty()) {
        // Nobody can tell what is gone: everything is looked at anew.
        keeper.keep(
            List.of(
                new Mark(SharedState.CURSOR, null),
                new Mark(SharedState.OBSERVERS, null),
                new Pass(ours, store.latest(), Long.MAX_VALUE, "", 0, 0, false).mark()));
        return Outcome.PART;
      }
      lostSince = 0;
      if (!named.isEmpty()) {
        touched.addAll(named);
        keeper.keep(SharedPacks.none(store));
      }
      List<Span> spans = SessionRead.spans(List.copyOf(touched), store);
      if (!keeper.look(spans)) {
        return Outcome.PART;
      }
      keeper.forget(without(named, spans));
      if (!some.next().equals(at)) {
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(SharedState.CURSOR, some.next().text()));
        if (!some.more()) {
          marks.add(new Mark(SharedState.EVENTS, Long.toString(events())));
        }
        keeper.keep(marks);
        at = some.next();
      }
      progress.progress(touched.size(), touched.size());
      if (!some.more()) {
        return Outcome.ALL;
      }
      if (keeper.isOver()) {
        return Outcome.PART;
      }
    }
  }

  /** Whether it has not been known for ten minutes what the place means that is kept. */
  private boolean isLostForLong() {
    long now = System.nanoTime();
    lostSince = lostSince == 0 ? now : lostSince;
    return now - lostSince > LOST_FOR_GOOD;
  }

  private static Collection<String> without(Set<String> all, List<Span> some) {
    Set<String> rest = new TreeSet<>(all);
    some.forEach(span -> rest.remove(span.session()));
    return rest;
  }
}
