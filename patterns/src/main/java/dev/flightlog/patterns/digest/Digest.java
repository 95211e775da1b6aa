package dev.flightlog.patterns.digest;

import dev.flightlog.event.EventBatch;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.store.Append;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what observers learnt of each session up to date with a store. Facts are kept as marks
 * beside the events, so that a session is read again only when one of its events arrived or
 * changed:
 *
 * <pre>
 *   digest:observers                names and versions; others than these: begin anew
 *   digest:cursor                   how far the store's changes were followed
 *   digest:facts:[observer]:[session]
 *   digest:cut:[session]            it is too long to be looked at whole
 * </pre>
 *
 * <p>and once more, packed, for questions that need those of all: see {@link PackedFacts}.
 *
 * <p>When nothing changed, {@link #refresh} costs one look at the store's place of arrival. A
 * deletion, and a store that was built anew, begin everything anew. A store that takes no marks,
 * because it was opened for reading or another process writes, is answered from memory alone. What
 * machines keep together in a store that they share is the affair of {@link SharedDigest}.
 *
 * <p>One that {@linkplain #inBackground looks in the background} answers meanwhile with what is
 * known. Safe for several threads; blocks while the store works and fails as the store does.
 */
public final class Digest {
  private static final String ALL = Mark.OF_ALL;
  static final String FACTS = "digest:facts:";
  static final String CUT = "digest:cut:";

  /** Never kept: its removal makes this process the writer. */
  private static final String BEGUN = "digest:begun";

  private final EventStore store;
  private final List<SessionObserver> observers;
  private final long most;
  private final ReentrantLock turn = new ReentrantLock();
  private final Partial partial;
  private volatile boolean keeps = true;
  private @Nullable Cursor followed;
  private @Nullable LearnedFacts learned;
  private volatile @Nullable Thread background;

  /** Where others share the store; null where it is of one machine. */
  private final @Nullable SharedDigest shared;

  /** Told about a refresh that takes long. */
  public interface Progress {
    Progress NONE = (done, total) -> {};

    /** So many of all events that have to be looked at were looked at. */
    void progress(long done, long total);
  }

  public Digest(EventStore store, List<SessionObserver> observers) {
    this(store, observers, Long.MAX_VALUE);
  }

  private Digest(EventStore store, List<SessionObserver> observers, long most) {
    this.store = store;
    this.observers = List.copyOf(observers);
    this.most = most;
    this.partial =
        new Partial(new KeptFacts(store, new PackedFacts(store, () -> false), _ -> List.of()));
    this.shared =
        store
            .leases()
            .map(leases -> new SharedDigest(store, observers, leases, most < Long.MAX_VALUE))
            .orElse(null);
  }

  /**
   * One that looks at many events on a thread of its own.
   *
   * @param most so many events are looked at before an answer
   */
  public static Digest inBackground(EventStore store, List<SessionObserver> observers, long most) {
    return new Digest(store, observers, most);
  }

  /**
   * What is known for an answer.
   *
   * @param behind what is not looked at yet; null when everything was
   */
  public record Known(LearnedFacts facts, @Nullable Behind behind) {}

  /** So many of all events that have to be looked at were looked at. */
  public record Behind(long done, long total) {}

  /**
   * What is known for an answer: everything, unless that would take long and this looks in the
   * background.
   */
  public Known known() {
    if (shared != null) {
      return shared.known();
    }
    if (most == Long.MAX_VALUE) {
      return new Known(refresh(), null);
    }
    if (background == null && turn.tryLock()) {
      try {
        LearnedFacts all = refreshed(Progress.NONE, most);
        if (all != null) {
          return new Known(all, null);
        }
        partial.begin(learned);
        Thread thread =
            Thread.ofPlatform().name("flightlog-digest").daemon().unstarted(this::lookAtAll);
        background = thread;
        thread.start();
      } finally {
        turn.unlock();
      }
    }
    return partial.known();
  }

  /** Waits until nothing is looked at in the background. */
  void awaitBackground() throws InterruptedException {
    Thread thread = shared != null ? shared.background() : background;
    if (thread != null) {
      thread.join();
    }
  }

  private void lookAtAll() {
    try {
      refresh(partial);
    } catch (RuntimeException e) {
      // Whoever asks next has it begun again, or is told by the store, which may be closed by now.
    } finally {
      background = null;
    }
  }

  /**
   * Looks at the sessions that changed, and gives what is known of all. Beside a store of many
   * machines what is known is that of {@link #known}.
   */
  public LearnedFacts refresh() {
    return shared != null ? shared.known().facts() : refresh(Progress.NONE);
  }

  /**
   * {@link #refresh()}, with progress. Beside a store of many machines all that there is to learn
   * is learnt now, unless another process does so.
   */
  public LearnedFacts refresh(Progress progress) {
    if (shared != null) {
      shared.learn(progress);
      return shared.known().facts();
    }
    turn.lock();
    try {
      return Objects.requireNonNull(refreshed(progress, Long.MAX_VALUE));
    } finally {
      turn.unlock();
    }
  }

  /**
   * Learns for about so long what a store of many machines has that nobody has looked at, unless
   * another process does; of a store of one machine whoever asks learns.
   */
  public void learnForAll(Duration most) {
    if (shared != null) {
      shared.learn(most, Progress.NONE);
    }
  }

  /** With the turn; null when more events than that would have to be looked at. */
  private @Nullable LearnedFacts refreshed(Progress progress, long limit) {
    LearnedFacts before = learned;
    Cursor now = store.latest();
    if (before != null && now.equals(followed)) {
      return before;
    }
    if (before == null) {
      before = load();
    }
    Set<String> touched = new TreeSet<>();
    Cursor after = followed;
    Cursor next =
        after == null
            ? null
            : SessionChanges.follow(after, touched, limit, SessionRead.wanted(observers), store);
    if (next == null) {
      next = now;
      Map<String, Long> sessions = SessionRead.sessions(Filter.EVERYTHING, store);
      if (SessionRead.total(sessions) > limit) {
        return null;
      }
      before = anew(sessions, progress);
    } else if (!touched.isEmpty()) {
      Map<String, Long> sessions = SessionRead.sessions(List.copyOf(touched), store);
      if (SessionRead.total(sessions) > limit) {
        return null;
      }
      before = look(before, sessions, progress);
    }
    if (!next.equals(after)) {
      keep(
          List.of(
              new Mark(SharedState.CURSOR, next.text()),
              new Mark(SharedState.OBSERVERS, observersText())));
    }
    learned = before;
    followed = next;
    return before;
  }

  private String observersText() {
    return ObserverVersions.of(observers).text();
  }

  /** What an earlier process kept, if it had the same observers. */
  private LearnedFacts load() {
    String kept = store.marks(SharedState.OBSERVERS).get(SharedState.OBSERVERS);
    if (kept == null || !kept.equals(observersText())) {
      return nothing();
    }
    String cursor = store.marks(SharedState.CURSOR).get(SharedState.CURSOR);
    followed = cursor == null ? null : new Cursor(cursor);
    Set<String> cut = new TreeSet<>();
    for (String key : store.marks(CUT).keySet()) {
      cut.add(key.substring(CUT.length()));
    }
    return new LearnedFacts(Map.of(), kept(), cut);
  }

  private LearnedFacts.Source kept() {
    return new KeptFacts(
        store,
        new PackedFacts(store, this::isWhole),
        unread -> readAgain(unread.observer(), unread.session()));
  }

  /** Whether the store keeps what these observers found in all sessions. */
  private boolean isWhole() {
    return keeps
        && observersText().equals(store.marks(SharedState.OBSERVERS).get(SharedState.OBSERVERS));
  }

  private static LearnedFacts nothing() {
    return new LearnedFacts(Map.of(), LearnedFacts.Source.NONE, Set.of());
  }

  /** Reads again the sessions of which the store keeps a text that is not ours. */
  private List<Fact> readAgain(String observer, String session) {
    LearnedFacts known =
        new LearnedFacts(Map.of(observer, new TreeMap<>()), LearnedFacts.Source.NONE, Set.of());
    return look(known, SessionRead.sessions(List.of(session), store), Progress.NONE)
        .of(observer)
        .getOrDefault(session, List.of());
  }

  private LearnedFacts anew(Map<String, Long> sessions, Progress progress) {
    Predicate<String> archived = archived(sessions.keySet());
    List<Mark> gone = new ArrayList<>();
    for (String key : store.marks(ALL).keySet()) {
      if (!key.startsWith(FACTS) || !archived.test(key)) {
        gone.add(new Mark(key, null));
      }
    }
    keep(gone);
    return look(
        keeps ? new LearnedFacts(Map.of(), kept(), Set.of()) : nothing(), sessions, progress);
  }

  /**
   * Tells of the keys of facts whose session has no events here any more because they were
   * archived: what was learnt of it stays.
   */
  private Predicate<String> archived(Set<String> sessions) {
    String observersNow = observersText();
    if (store.released(Long.MIN_VALUE, Long.MAX_VALUE).events() == 0
        || !observersNow.equals(store.marks(SharedState.OBSERVERS).get(SharedState.OBSERVERS))) {
      return key -> false;
    }
    Set<String> forgotten = store.tombstones().sessions();
    return key -> {
      int end = key.indexOf(':', FACTS.length());
      String session = end < 0 ? "" : key.substring(end + 1);
      return !sessions.contains(session) && !forgotten.contains(session);
    };
  }

  /**
   * Reads these sessions; what was known of others stays. As long as the store keeps the facts,
   * only those are held in memory that were asked for before.
   */
  private LearnedFacts look(LearnedFacts before, Map<String, Long> sessions, Progress progress) {
    Map<String, Map<String, List<Fact>>> facts = new HashMap<>();
    before.loaded().forEach((name, known) -> facts.put(name, new TreeMap<>(known)));
    Set<String> cut = new TreeSet<>(before.cutSessions());
    SessionRead read = new SessionRead(store, observers);
    long total = SessionRead.total(sessions);
    long done = 0;
    List<SessionRead.Batch> batches = SessionRead.batches(sessions);
    // As the writer, so that nobody packs facts while they change.
    keep(List.of(new Mark(BEGUN, null)));
    List<String> packed = keeps ? new PackedFacts(store, () -> false).packed() : List.of();
    String moment = store.latest().text();
    try (ReadAhead ahead = new ReadAhead(read, batches, total)) {
      for (SessionRead.Batch batch : batches) {
        List<SessionRead.Found> all = ahead.next();
        keepFound(all, cut, packed, moment);
        if (!keeps) {
          for (SessionObserver observer : observers) {
            facts.computeIfAbsent(observer.name(), name -> new TreeMap<>(before.of(name)));
          }
        }
        all.forEach(found -> remember(found, facts));
        for (long events : batch.sessions().values()) {
          done += events;
        }
        progress.progress(done, total);
      }
    }
    return new LearnedFacts(facts, before.source(), cut);
  }

  /**
   * @param packed the observers whose packs are told of what changed
   * @param moment another one at each refresh that finds something
   */
  private void keepFound(
      List<SessionRead.Found> all, Set<String> cut, List<String> packed, String moment) {
    List<Mark> marks = new ArrayList<>();
    for (SessionRead.Found found : all) {
      String session = found.session();
      PackedFacts.changed(packed, session, moment, marks);
      for (Map.Entry<String, List<Fact>> each : found.facts().entrySet()) {
        String text = each.getValue().isEmpty() ? null : FactText.of(each.getValue());
        marks.add(new Mark(FACTS + each.getKey() + ':' + session, text));
      }
      if (found.cut() ? cut.add(session) : cut.remove(session)) {
        marks.add(new Mark(CUT + session, found.cut() ? "" : null));
      }
    }
    keep(marks);
  }

  private static void remember(
      SessionRead.Found found, Map<String, Map<String, List<Fact>>> facts) {
    found
        .facts()
        .forEach((name, own) -> {
          Map<String, List<Fact>> known = facts.get(name);
          if (known != null && own.isEmpty()) {
            known.remove(found.session());
          } else if (known != null) {
            known.put(found.session(), own);
          }
        });
  }

  /** In the store if it takes marks; once it did not, never again, or its marks would have gaps. */
  private void keep(List<Mark> marks) {
    if (!keeps || marks.isEmpty()) {
      return;
    }
    try {
      store.append(new Append(new EventBatch(), marks));
    } catch (StoreException e) {
      if (e.kind() == Kind.STOPPED || e.kind() == Kind.DAMAGED || e.kind() == Kind.CLOSED) {
        throw e;
      }
      keeps = false;
    }
  }
}
