package dev.flightlog.patterns.digest;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.store.Append;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * <p>When nothing changed, {@link #refresh} costs one look at the store's place of arrival. A
 * deletion, and a store that was built anew, begin everything anew. A store that takes no marks,
 * because it was opened for reading or another process writes, is answered from memory alone.
 *
 * <p>Safe for several threads; blocks while the store works and fails as the store does.
 */
public final class Digest {
  private static final String ALL = "digest:";
  private static final String OBSERVERS = "digest:observers";
  private static final String CURSOR = "digest:cursor";
  private static final String FACTS = "digest:facts:";
  private static final String CUT = "digest:cut:";

  /** Changes that are asked for at once. */
  private static final int CHANGES_AT_ONCE = 2_000;

  private final EventStore store;
  private final List<SessionObserver> observers;
  private volatile boolean keeps = true;
  private @Nullable Cursor followed;
  private @Nullable LearnedFacts learned;

  /** Told about a refresh that takes long. */
  public interface Progress {
    Progress NONE = (done, total) -> {};

    /** So many of all events that have to be looked at were looked at. */
    void progress(long done, long total);
  }

  public Digest(EventStore store, List<SessionObserver> observers) {
    this.store = store;
    this.observers = List.copyOf(observers);
  }

  /** Looks at the sessions that changed, and gives what is known of all. */
  public LearnedFacts refresh() {
    return refresh(Progress.NONE);
  }

  /** {@link #refresh()}, with progress. */
  public synchronized LearnedFacts refresh(Progress progress) {
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
    Cursor next = after == null ? null : follow(after, touched);
    if (next == null) {
      next = now;
      before = anew(progress);
    } else if (!touched.isEmpty()) {
      before = look(before, SessionRead.sessions(List.copyOf(touched), store), progress);
    }
    if (!next.equals(after)) {
      keep(List.of(new Mark(CURSOR, next.text()), new Mark(OBSERVERS, observersText())));
    }
    learned = before;
    followed = next;
    return before;
  }

  /**
   * Collects the sessions of what arrived or changed; gives the place behind it, or null when that
   * is not enough to know what changed.
   */
  private @Nullable Cursor follow(Cursor after, Set<String> touched) {
    Filter wanted = SessionRead.wanted(observers);
    Cursor at = after;
    while (true) {
      switch (store.changes(at, wanted, CHANGES_AT_ONCE)) {
        case Changes.Unknown unknown -> {
          return null;
        }
        case Changes.Page page -> {
          if (!page.forgotten().isEmpty()) {
            return null;
          }
          for (Event event : page.events()) {
            String session = event.text(Field.SESSION_ID);
            if (session != null) {
              touched.add(session);
            }
          }
          at = page.next();
          if (!page.more()) {
            return at;
          }
        }
      }
    }
  }

  private String observersText() {
    StringBuilder out = new StringBuilder();
    for (SessionObserver observer : observers) {
      out.append(observer.name()).append(' ').append(observer.version()).append('\n');
    }
    return out.toString();
  }

  /** What an earlier process kept, if it had the same observers. */
  private LearnedFacts load() {
    String kept = store.marks(OBSERVERS).get(OBSERVERS);
    if (kept == null || !kept.equals(observersText())) {
      return nothing();
    }
    String cursor = store.marks(CURSOR).get(CURSOR);
    followed = cursor == null ? null : new Cursor(cursor);
    Set<String> cut = new TreeSet<>();
    for (String key : store.marks(CUT).keySet()) {
      cut.add(key.substring(CUT.length()));
    }
    return new LearnedFacts(Map.of(), this::kept, cut);
  }

  private static LearnedFacts nothing() {
    return new LearnedFacts(Map.of(), name -> Map.of(), Set.of());
  }

  /** What the store keeps of an observer. Sessions whose text is not ours are read again. */
  private Map<String, List<Fact>> kept(String observer) {
    String prefix = FACTS + observer + ':';
    FactText text = new FactText();
    Map<String, List<Fact>> bySession = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    for (Map.Entry<String, String> mark : store.marks(prefix).entrySet()) {
      String session = mark.getKey().substring(prefix.length());
      List<Fact> read = text.read(observer, session, mark.getValue());
      if (read == null) {
        unreadable.add(session);
      } else {
        bySession.put(session, read);
      }
    }
    if (!unreadable.isEmpty()) {
      LearnedFacts known =
          new LearnedFacts(Map.of(observer, bySession), name -> Map.of(), Set.of());
      return look(known, SessionRead.sessions(unreadable, store), Progress.NONE).of(observer);
    }
    return bySession;
  }

  private LearnedFacts anew(Progress progress) {
    Map<String, Long> sessions = SessionRead.sessions(Filter.EVERYTHING, store);
    Predicate<String> archived = archived(sessions.keySet());
    List<Mark> gone = new ArrayList<>();
    for (String key : store.marks(ALL).keySet()) {
      if (!key.startsWith(FACTS) || !archived.test(key)) {
        gone.add(new Mark(key, null));
      }
    }
    keep(gone);
    return look(
        keeps ? new LearnedFacts(Map.of(), this::kept, Set.of()) : nothing(), sessions, progress);
  }

  /**
   * Tells of the keys of facts whose session has no events here any more because they were
   * archived: what was learnt of it stays.
   */
  private Predicate<String> archived(Set<String> sessions) {
    String observersNow = observersText();
    if (store.released(Long.MIN_VALUE, Long.MAX_VALUE).events() == 0
        || !observersNow.equals(store.marks(OBSERVERS).get(OBSERVERS))) {
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
    long total = 0;
    for (long events : sessions.values()) {
      total += events;
    }
    long done = 0;
    for (Map<String, Long> batch : SessionRead.batches(sessions)) {
      List<Mark> marks = new ArrayList<>();
      List<SessionRead.Found> all = read.look(batch);
      for (SessionRead.Found found : all) {
        String session = found.session();
        for (Map.Entry<String, List<Fact>> each : found.facts().entrySet()) {
          String text = each.getValue().isEmpty() ? null : FactText.of(each.getValue());
          marks.add(new Mark(FACTS + each.getKey() + ':' + session, text));
        }
        if (found.cut() ? cut.add(session) : cut.remove(session)) {
          marks.add(new Mark(CUT + session, found.cut() ? "" : null));
        }
      }
      keep(marks);
      if (!keeps) {
        for (SessionObserver observer : observers) {
          facts.computeIfAbsent(observer.name(), name -> new TreeMap<>(before.of(name)));
        }
      }
      all.forEach(found -> remember(found, facts));
      for (long events : batch.values()) {
        done += events;
      }
      progress.progress(done, total);
    }
    return new LearnedFacts(facts, before.source(), cut);
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
