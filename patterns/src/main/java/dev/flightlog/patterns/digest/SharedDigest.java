package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.digest.Digest.Behind;
import dev.flightlog.patterns.digest.Digest.Known;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.lease.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one of all machines keeps of the sessions of a store that they share, and, if it is little,
 * what has come since, which is looked at in memory alone. Of much the answer is what is kept, and
 * that it is behind; then, while no {@link Learner} has the lease, this learns for a while itself.
 * Safe for several threads; blocks and fails as the store does.
 */
final class SharedDigest {
  /** So many changes are followed, and so many events looked at, before an answer. */
  private static final int MOST = 10_000;

  /** So many events that came are not followed by who asks. */
  private static final long MUCH = 50_000;

  /** So many sessions are held that are kept by now, too. */
  private static final int MOST_HELD = 2_000;

  /** How long a question waits for what it learns, so that the next ones are quick. */
  private static final Duration WAITS = Duration.ofSeconds(5);

  /**
   * Of more events a question could learn little, and even the list of their sessions takes longer.
   */
  private static final long MOST_LEARNT = 1_000_000;

  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final int TENTHS = 10;

  private final EventStore store;
  private final List<SessionObserver> observers;
  private final Leases leases;
  private final boolean stays;
  private final LearnedFacts.Source kept;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Thread background;

  /** What is known, as of this place; null before the first look. */
  private @Nullable LearnedFacts facts;

  private @Nullable Cursor followed;

  /** Whether observers found what is kept that are older than ours. */
  private boolean isOld;

  /** Of which look of the learner these facts were read. */
  private String readOf = "";

  /**
   * @param stays whether the process goes on, so that it learns in the background
   */
  SharedDigest(EventStore store, List<SessionObserver> observers, Leases leases, boolean stays) {
    this.store = store;
    this.observers = List.copyOf(observers);
    this.leases = leases;
    this.stays = stays;
    this.kept =
        new KeptFacts(
            store,
            new PackedFacts(store, () -> false),
            unread ->
                new SessionRead(store, this.observers).facts(unread.observer(), unread.session()));
  }

  Known known() {
    turn.lock();
    try {
      Known known = look();
      return known.behind() == null || !isLearnt() ? known : look();
    } finally {
      turn.unlock();
    }
  }

  @Nullable Thread background() {
    return background;
  }

  /** Learns all that there is to learn, unless another process does. */
  void learn(Digest.Progress progress) {
    learn(FOR_EVER, progress);
  }

  /**
   * Learns for about so long, unless there is nothing to learn or another process does.
   *
   * @return whether there is something new
   */
  boolean learn(Duration most, Digest.Progress progress) {
    try {
      return learnAsTheOnlyOne(most, progress);
    } catch (StoreException e) {
      if (e.kind() == Kind.STOPPED || e.kind() == Kind.DAMAGED || e.kind() == Kind.CLOSED) {
        throw e;
      }
      // Such as a user who may only read: others learn.
      return false;
    }
  }

  private boolean learnAsTheOnlyOne(Duration most, Digest.Progress progress) {
    SharedState state = SharedState.of(store);
    boolean all =
        store.latest().equals(state.cursor())
            && ObserverVersions.of(observers).equals(state.observers());
    Optional<LearnTurn> taken = all ? Optional.empty() : LearnTurn.take(leases);
    if (taken.isEmpty()) {
      return false;
    }
    try (LearnTurn lease = taken.get()) {
      long end = System.nanoTime() + most.toNanos();
      Learner learner = new Learner(store, observers);
      Learner.Outcome outcome = Learner.Outcome.PART;
      while (outcome == Learner.Outcome.PART && System.nanoTime() - end < 0) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        outcome = learner.learn(lease::holds, left, progress);
      }
      return true;
    }
  }

  /** True when something more is kept now. */
  private boolean isLearnt() {
    if (!stays) {
      return events() <= MOST_LEARNT && learn(WAITS, Digest.Progress.NONE);
    }
    if (background == null) {
      Thread thread =
          Thread.ofPlatform().name("flightlog-digest").daemon().unstarted(this::learnAll);
      background = thread;
      thread.start();
    }
    return false;
  }

  private void learnAll() {
    try {
      learn(Digest.Progress.NONE);
    } catch (RuntimeException e) {
      // Whoever asks next has it begun again, or is told by the store, which may be closed by now.
    } finally {
      background = null;
    }
  }

  private Known look() {
    LearnedFacts before = facts;
    Cursor from = followed;
    boolean isTried = false;
    if (before != null && from != null && !isOld && !isFull(before)) {
      LearnedFacts next = goOn(before, from);
      if (next != null) {
        return new Known(next, null);
      }
      isTried = true;
    }
    SharedState state = SharedState.of(store);
    Cursor cursor = state.cursor();
    if (cursor == null) {
      return beforeTheFirstLookIsDone(state);
    }
    if (before == null || from == null || !cursor.text().equals(readOf)) {
      before = new LearnedFacts(Map.of(), kept, cutSessions());
      from = cursor;
      isTried = false;
      facts = before;
      followed = cursor;
      readOf = cursor.text();
    }
    long events = from.equals(cursor) ? events() : 0;
    if (events - state.events() > MUCH) {
      // Even to ask what came would take long.
      return new Known(
          before, state.pass() == null ? new Behind(state.events(), events) : behind(state));
    }
    LearnedFacts next = isTried ? null : goOn(before, from);
    ObserverVersions who = state.observers();
    isOld = who != null && ObserverVersions.of(observers).isNewerThan(who);
    return new Known(next == null ? before : next, next == null || isOld ? behind(state) : null);
  }

  private static boolean isFull(LearnedFacts known) {
    return known.source() instanceof ChangedFacts changed && changed.size() > MOST_HELD;
  }

  private static Behind behind(SharedState state) {
    SharedState.Pass pass = state.pass();
    return pass == null ? new Behind(0, 0) : new Behind(pass.done(), pass.total());
  }

  private Set<String> cutSessions() {
    Set<String> cut = new TreeSet<>();
    for (String key : store.markKeys(Digest.CUT)) {
      cut.add(key.substring(Digest.CUT.length()));
    }
    return cut;
  }

  private long events() {
    return store.aggregate(Aggregate.of(Filter.EVERYTHING, Measure.count())).getFirst().whole(0);
  }

  /** What is kept already, renewed at every tenth; or, of few events, all of them. */
  private Known beforeTheFirstLookIsDone(SharedState state) {
    Cursor now = store.latest();
    long events = events();
    if (events <= MOST) {
      LearnedFacts all = new LearnedFacts(Map.of(), LearnedFacts.Source.NONE, Set.of());
      followed = now;
      readOf = "";
      all = over(all, SessionRead.sessions(Filter.EVERYTHING, store), Set.of());
      facts = all;
      return new Known(all, null);
    }
    Behind behind = state.pass() == null ? new Behind(0, events) : behind(state);
    long tenth = behind.total() == 0 ? 0 : behind.done() * TENTHS / behind.total();
    String part = "part " + tenth;
    LearnedFacts known = facts;
    if (known == null || !readOf.equals(part)) {
      known = new LearnedFacts(Map.of(), kept, cutSessions());
      facts = known;
      readOf = part;
    }
    followed = null;
    return new Known(known, behind);
  }

  /** What is known with what came since; null when that is much. */
  private @Nullable LearnedFacts goOn(LearnedFacts before, Cursor from) {
    if (store.latest().equals(from)) {
      return before;
    }
    Set<String> touched = new TreeSet<>();
    SessionChanges.Some some =
        SessionChanges.some(from, touched, MOST, SessionRead.wanted(observers), store);
    if (some == null || some.more()) {
      return null;
    }
    Set<String> forgotten = some.forgotten() ? store.tombstones().sessions() : Set.of();
    if (some.forgotten() && forgotten.isEmpty()) {
      // Of which sessions nobody knows; the learner looks at all of them.
      return null;
    }
    touched.addAll(forgotten);
    Map<String, Long> sessions = SessionRead.sessions(List.copyOf(touched), store);
    if (SessionRead.total(sessions) > MOST) {
      return null;
    }
    Set<String> gone = new TreeSet<>(forgotten);
    gone.removeAll(sessions.keySet());
    LearnedFacts next =
        sessions.isEmpty() && gone.isEmpty() ? before : over(before, sessions, gone);
    facts = next;
    followed = some.next();
    return next;
  }

  private LearnedFacts over(LearnedFacts before, Map<String, Long> sessions, Set<String> gone) {
    List<SessionRead.Found> found = new ArrayList<>();
    List<SessionRead.Batch> batches = SessionRead.batches(sessions);
    SessionRead read = new SessionRead(store, observers);
    try (ReadAhead ahead = new ReadAhead(read, batches, SessionRead.total(sessions))) {
      batches.forEach(_ -> found.addAll(ahead.next()));
    }
    return ChangedFacts.over(before, found, gone);
  }
}
