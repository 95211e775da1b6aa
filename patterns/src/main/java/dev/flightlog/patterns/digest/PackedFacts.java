package dev.flightlog.patterns.digest;

import dev.flightlog.event.EventBatch;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.RecurringErrors;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts of all sessions of an observer as {@linkplain FactPack packs}, so that a new process
 * has them at once:
 *
 * <pre>
 *   digest:packs:[observer]           how they are written, how many there are, and when it was
 *   digest:packed:[observer]:[number]
 *   digest:sums:errors                what recurs among the packed ones, behind the same head
 *   digest:changed:[observer]:[session]  its facts are others since; kept in the transaction of these
 * </pre>
 *
 * <p>Sessions that changed are read by themselves. When they are many, all is packed anew; only the
 * writer of the store does it, and only while nobody else has changed a session since it looked.
 */
final class PackedFacts {
  static final String HEAD = "digest:packs:";
  static final String PACKED = "digest:packed:";
  static final String CHANGED = "digest:changed:";
  private static final String SUMS = "digest:sums:errors";
  private static final String OF_SUMS = "errors";

  /** So long is a text about: of few changed sessions few texts have to be read. */
  private static final int LONG = 1 << 18;

  /** Of fewer sessions a pack is not worth it. */
  static final int FEW = 200;

  /** So many sessions may have changed, or this part of all. */
  static final int MOST_CHANGED = 200;

  private static final int PART_CHANGED = 50;

  /** Of so many packs one is read at the most to know what changed sessions gave to sums. */
  private static final int PACKS_A_READ = 4;

  private final EventStore store;
  private final BooleanSupplier writes;
  private volatile boolean lacksSums;

  /**
   * @param writes whether all that a store keeps of sessions is whole and may be packed; is asked
   *     within the writer's turn
   */
  PackedFacts(EventStore store, BooleanSupplier writes) {
    this.store = store;
    this.writes = writes;
  }

  /** What a reader found. */
  private record Look(@Nullable String head, Map<String, String> changed) {}

  /** The facts of all sessions; packs them when that is worth it. */
  Map<String, List<Fact>> of(String observer, KeptFacts kept) {
    if (!FactPack.OBSERVERS.contains(observer)) {
      return kept.sessionBySession(observer);
    }
    String head = head(observer);
    Map<String, List<Fact>> facts =
        head == null ? null : unpacked(observer, head, kept, FactPack::read);
    // In this order: what changes meanwhile is found here, or is in the pack already.
    Map<String, String> changed = store.marks(CHANGED + observer + ':');
    Look look = new Look(head, changed);
    boolean isSame = facts != null && look.equals(new Look(head(observer), changed));
    if (facts == null || !isSame || changed.size() > facts.size()) {
      SharedPacks.requireRoomFor(observer, store);
      facts = kept.sessionBySession(observer);
    } else {
      List<String> sessions = new ArrayList<>();
      for (String key : changed.keySet()) {
        sessions.add(key.substring((CHANGED + observer + ':').length()));
      }
      sessions.forEach(facts::remove);
      facts.putAll(kept.of(observer, sessions));
    }
    int most = Math.max(MOST_CHANGED, facts.size() / PART_CHANGED);
    boolean lacks = lacksSums && observer.equals(OF_SUMS);
    if (facts.size() >= FEW && (!isSame || changed.size() > most || lacks)) {
      pack(observer, facts, look);
    }
    return facts;
  }

  /**
   * What recurs among the errors of all sessions, from what was kept of the packs and the sessions
   * that changed since; null when that does not tell it, or costs as much as the facts do.
   */
  @Nullable RecurringErrors recurring(KeptFacts kept) {
    String head = head(OF_SUMS);
    if (head == null || SharedPacks.isHead(head)) {
      return null;
    }
    KeptSums sums = keptSums(head);
    if (sums == null) {
      lacksSums = true;
      return null;
    }
    String prefix = CHANGED + OF_SUMS + ':';
    Map<Integer, List<String>> changed = new TreeMap<>();
    for (String key : store.marks(prefix).keySet()) {
      String session = key.substring(prefix.length());
      changed.computeIfAbsent(sums.packOf(session), _ -> new ArrayList<>()).add(session);
    }
    if (changed.size() > Math.max(2, sums.begins().size() / PACKS_A_READ)) {
      return null;
    }
    FactPack pack = new FactPack(OF_SUMS, new SessionTexts(_ -> List.of()));
    for (Map.Entry<Integer, List<String>> each : changed.entrySet()) {
      Map<String, List<Fact>> packed = new HashMap<>();
      String text = mark(packKey(OF_SUMS, each.getKey()));
      try {
        pack.read(text == null ? "" : text, packed);
      } catch (IndexOutOfBoundsException e) {
        return null;
      }
      for (String session : each.getValue()) {
        List<Fact> before = packed.getOrDefault(session, List.of());
        List<Fact> now = kept.of(OF_SUMS, session);
        if (!sums.sums().replace(KeptSums.errors(before), KeptSums.errors(now))) {
          return null;
        }
      }
    }
    // Else other packs were read than those that were added up.
    return head.equals(head(OF_SUMS)) ? sums.sums() : null;
  }

  private @Nullable KeptSums keptSums(String head) {
    String text = mark(SUMS);
    if (text == null || !text.startsWith(head + '\n')) {
      return null;
    }
    try {
      return KeptSums.read(text.substring(head.length() + 1));
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  private @Nullable String head(String observer) {
    return mark(HEAD + observer);
  }

  private @Nullable String mark(String key) {
    return store.marks(key).get(key);
  }

  private static String packKey(String observer, int number) {
    return PACKED + observer + ':' + String.format(Locale.ROOT, "%05d", number);
  }

  /**
   * The errors of these kinds, of all sessions; null when packs do not tell them, or too many
   * sessions have changed since. Nothing is packed.
   */
  @Nullable Map<String, List<Fact>> errors(Predicate<ErrorKind> wanted, KeptFacts kept) {
    String head = head(OF_SUMS);
    Map<String, List<Fact>> facts =
        head == null || SharedPacks.isHead(head)
            ? null
            : unpacked(OF_SUMS, head, kept, (pack, text, all) -> pack.read(text, wanted, all));
    String prefix = CHANGED + OF_SUMS + ':';
    Set<String> changed = store.marks(prefix).keySet();
    if (facts == null
        || head == null
        || changed.size() > MOST_CHANGED
        || !head.equals(head(OF_SUMS))) {
      return null;
    }
    for (String key : changed) {
      String session = key.substring(prefix.length());
      List<Fact> own = new ArrayList<>();
      for (ErrorFact error : KeptSums.errors(kept.of(OF_SUMS, session))) {
        if (wanted.test(error.kind())) {
          own.add(error);
        }
      }
      if (own.isEmpty()) {
        facts.remove(session);
      } else {
        facts.put(session, own);
      }
    }
    return facts;
  }

  /** Reads one pack. */
  private interface Unpacking {
    void read(FactPack pack, String text, Map<String, List<Fact>> facts);
  }

  /** Gives packs one after the other; null when they are not whole. */
  private @Nullable Map<String, List<Fact>> unpacked(
      String observer, String head, KeptFacts kept, Unpacking unpacking) {
    FactPack pack = new FactPack(observer, new SessionTexts(session -> kept.of(observer, session)));
    Map<String, List<Fact>> facts = new TreeMap<>();
    try {
      if (SharedPacks.isHead(head)) {
        Map<String, String> packs = SharedPacks.texts(observer, head, store);
        if (packs == null) {
          return null;
        }
        packs.values().forEach(text -> unpacking.read(pack, text, facts));
        return facts;
      }
      String[] words = head.split(" ", -1);
      if (words.length < 3 || !words[0].equals(String.valueOf(FactPack.VERSION))) {
        return null;
      }
      int count = Integer.parseInt(words[1]);
      for (int i = 0; i < count; i++) {
        String text = mark(packKey(observer, i));
        if (text == null) {
          return null;
        }
        unpacking.read(pack, text, facts);
      }
      return facts;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    }
  }

  /** Whoever cannot write leaves it to another. */
  private void pack(String observer, Map<String, List<Fact>> facts, Look look) {
    if (!writes.getAsBoolean()) {
      return;
    }
    try {
      store.append(new Append(new EventBatch()));
      String prefix = CHANGED + observer + ':';
      boolean same = look.equals(new Look(head(observer), store.marks(prefix)));
      if (!same || !writes.getAsBoolean()) {
        return;
      }
      Map<String, String> packs = new FactPack(observer, null).write(facts, LONG);
      List<Mark> marks = new ArrayList<>();
      String head = FactPack.VERSION + " " + packs.size() + ' ' + store.latest().text();
      marks.add(new Mark(HEAD + observer, head));
      Map<String, String> before = store.marks(PACKED + observer + ':');
      int number = 0;
      for (String pack : packs.values()) {
        String key = packKey(observer, number++);
        marks.add(new Mark(key, pack));
        before.remove(key);
      }
      if (observer.equals(OF_SUMS)) {
        String sums = KeptSums.write(facts.values(), packs.keySet());
        marks.add(new Mark(SUMS, head + '\n' + sums));
        lacksSums = false;
      }
      before.keySet().forEach(key -> marks.add(new Mark(key, null)));
      look.changed.keySet().forEach(key -> marks.add(new Mark(key, null)));
      store.append(new Append(new EventBatch(), marks));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.DAMAGED || e.kind() == StoreException.Kind.CLOSED) {
        throw e;
      }
    }
  }

  /**
   * The observers that have packs. For whoever writes, who then adds {@link #changed} to what it
   * writes of sessions.
   */
  List<String> packed() {
    List<String> observers = new ArrayList<>();
    for (String observer : FactPack.OBSERVERS) {
      if (head(observer) != null) {
        observers.add(observer);
      }
    }
    return observers;
  }

  /** The marks by which a session is told to have changed. */
  static void changed(
      Collection<String> observers, String session, String moment, List<Mark> marks) {
    for (String observer : observers) {
      marks.add(new Mark(CHANGED + observer + ':' + session, moment));
    }
  }
}
