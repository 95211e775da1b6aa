package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The packs of a store that machines share: made some sessions at a time, since it is no question's
 * process that makes them, and each time under other names, so that those that were there are read
 * until the new ones are all there. Their head has a sum of them, because the servers of a cluster
 * may not show all at the same moment:
 *
 * <pre>
 *   digest:packs:[observer]           how they are written, how many and their sum, which time
 *   digest:packed:[observer]:[time]/[number]
 * </pre>
 *
 * <p>Stateless; blocks and fails as the store does.
 */
final class SharedPacks {
  private static final int SESSIONS_AT_ONCE = 2_000;

  /** About so many are a fiftieth of the sessions of a pack. */
  private static final int CHANGED_OF_A_PACK = 40;

  /** What a pack takes in memory when it is read, and a session that is in none. */
  private static final long BYTES_OF_A_PACK = 12 << 20;

  private static final long BYTES_OF_A_SESSION = 12 << 10;

  private SharedPacks() {}

  /** Whether a head is that of such packs. */
  static boolean isHead(String head) {
    return head.matches("\\d+ \\d{1,6}:[0-9a-f]+ [0-9a-z]+");
  }

  private static int count(String head) {
    return Integer.parseInt(head.substring(head.indexOf(' ') + 1, head.indexOf(':')));
  }

  private static String prefix(String observer, String time) {
    return PackedFacts.PACKED + observer + ':' + time + '/';
  }

  /** The texts of this head; null when they are written otherwise or are not whole. */
  static @Nullable Map<String, String> texts(String observer, String head, EventStore store) {
    if (!head.startsWith(FactPack.VERSION + " ")) {
      return null;
    }
    requireRoom(count(head) * BYTES_OF_A_PACK);
    String[] words = head.split(" ", -1);
    Map<String, String> texts = store.marks(prefix(observer, words[2]));
    CRC32 sum = new CRC32();
    texts.values().forEach(text -> add(text, sum));
    return words[1].equals(size(texts.size(), sum)) ? texts : null;
  }

  private static void add(String text, CRC32 sum) {
    sum.update(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String size(int count, CRC32 sum) {
    return count + ":" + Long.toHexString(sum.getValue());
  }

  /**
   * Packs all when they are in no pack yet, or many of them are not.
   *
   * @param keeper the one who keeps facts, who meanwhile keeps no other
   */
  static void keepUp(String observer, KeptFacts kept, EventStore store, SessionKeeper keeper) {
    String headKey = PackedFacts.HEAD + observer;
    String head = store.marks(headKey).getOrDefault(headKey, "");
    boolean isOurs = isHead(head) && head.startsWith(FactPack.VERSION + " ");
    Set<String> changed = store.markKeys(PackedFacts.CHANGED + observer + ':');
    int most = isOurs ? Math.max(PackedFacts.MOST_CHANGED, count(head) * CHANGED_OF_A_PACK) : -1;
    if (changed.size() <= most) {
      return;
    }
    List<String> sessions = sessions(observer, store);
    if (sessions.size() < PackedFacts.FEW) {
      return;
    }
    String time = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    CRC32 sum = new CRC32();
    int number = 0;
    for (int from = 0; from < sessions.size(); from += SESSIONS_AT_ONCE) {
      List<String> some =
          sessions.subList(from, Math.min(sessions.size(), from + SESSIONS_AT_ONCE));
      Map<String, List<Fact>> facts = kept.of(observer, some);
      List<Mark> marks = new ArrayList<>();
      for (String text : new FactPack(observer, null).write(facts, FactPack.LONG).values()) {
        add(text, sum);
        String key = prefix(observer, time) + String.format(Locale.ROOT, "%06d", number++);
        marks.add(new Mark(key, text));
      }
      keeper.keep(marks);
    }
    keeper.keep(
        List.of(new Mark(headKey, FactPack.VERSION + " " + size(number, sum) + " " + time)));
    List<Mark> old = new ArrayList<>();
    changed.forEach(key -> old.add(new Mark(key, null)));
    for (String key : store.markKeys(PackedFacts.PACKED + observer + ':')) {
      if (!key.startsWith(prefix(observer, time))) {
        old.add(new Mark(key, null));
      }
    }
    keeper.keep(old);
  }

  private static List<String> sessions(String observer, EventStore store) {
    String prefix = Digest.FACTS + observer + ':';
    List<String> sessions = new ArrayList<>();
    store.markKeys(prefix).forEach(key -> sessions.add(key.substring(prefix.length())));
    return sessions;
  }

  /** What leaves no pack. */
  static List<Mark> none(EventStore store) {
    List<Mark> marks = new ArrayList<>();
    for (String prefix : List.of(PackedFacts.HEAD, PackedFacts.PACKED, PackedFacts.CHANGED)) {
      store.markKeys(prefix).forEach(key -> marks.add(new Mark(key, null)));
    }
    return marks;
  }

  /**
   * Beside a store that machines share, of which there may be much more than one of them can hold.
   *
   * @throws StoreException REFUSED when the facts of all sessions, one by one, need more memory
   *     than there is
   */
  static void requireRoomFor(String observer, EventStore store) {
    if (store.leases().isPresent()) {
      requireRoom(store.markKeys(Digest.FACTS + observer + ':').size() * BYTES_OF_A_SESSION);
    }
  }

  private static void requireRoom(long bytes) {
    long room = Runtime.getRuntime().maxMemory();
    if (bytes > room) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "what was learnt of all sessions of the shared store needs about "
              + (bytes >> 20)
              + " MB of memory, and this program may use "
              + (room >> 20)
              + " MB");
    }
  }
}
