package dev.flightlog.patterns.digest;

import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far all is learnt that a store keeps for many machines:
 *
 * <pre>
 *   digest:observers  who found what is kept
 *   digest:cursor     up to where changes were followed
 *   digest:events     how many events there were then
 *   digest:pass       a look at all sessions that is not done yet
 *   digest:newest     the newest observers that any machine has, and when it last said so
 * </pre>
 */
record SharedState(Map<String, String> marks) {
  static final String OBSERVERS = "digest:observers";
  static final String CURSOR = "digest:cursor";
  static final String EVENTS = "digest:events";
  private static final String PASS = "digest:pass";
  private static final String NEWEST = "digest:newest";

  /** Who has not said so for longer is gone, such as a version that was taken back. */
  private static final long GONE_MILLIS = Duration.ofDays(1).toMillis();

  private static final long AGAIN_MILLIS = Duration.ofHours(1).toMillis();

  static SharedState of(EventStore store) {
    return new SharedState(store.marksOf(List.of(OBSERVERS, CURSOR, EVENTS, PASS, NEWEST)));
  }

  /** Null as long as not all sessions were looked at. */
  @Nullable Cursor cursor() {
    String cursor = marks.get(CURSOR);
    return cursor == null || !marks.containsKey(OBSERVERS) ? null : new Cursor(cursor);
  }

  /** How many events there were when all was learnt last; a lot when that is not known. */
  long events() {
    String events = marks.getOrDefault(EVENTS, "");
    return events.matches("\\d{1,18}") ? Long.parseLong(events) : Long.MAX_VALUE;
  }

  /** Those who found what is kept; null as long as there is no cursor. */
  @Nullable ObserverVersions observers() {
    String text = marks.get(OBSERVERS);
    return text == null ? null : new ObserverVersions(text);
  }

  /** Whether a machine with newer observers was there within a day. */
  boolean isLeftToNewerThan(ObserverVersions ours) {
    Newest newest = newest();
    return newest != null && newest.isThere() && newest.observers.isNewerThan(ours);
  }

  /** What tells others of these observers, if it is worth telling; nothing otherwise. */
  List<Mark> telling(ObserverVersions ours) {
    Newest newest = newest();
    boolean told =
        newest != null
            && newest.isThere()
            && !ours.isNewerThan(newest.observers)
            && (!ours.equals(newest.observers) || newest.age() < AGAIN_MILLIS);
    return told
        ? List.of()
        : List.of(new Mark(NEWEST, System.currentTimeMillis() + "\n" + ours.text()));
  }

  private record Newest(long millis, ObserverVersions observers) {
    long age() {
      return System.currentTimeMillis() - millis;
    }

    boolean isThere() {
      return age() < GONE_MILLIS;
    }
  }

  private @Nullable Newest newest() {
    String[] parts = marks.getOrDefault(NEWEST, "").split("\n", 2);
    return parts.length == 2 && parts[0].matches("\\d{1,18}")
        ? new Newest(Long.parseLong(parts[0]), new ObserverVersions(parts[1]))
        : null;
  }

  /**
   * A look at all sessions, those with the newest events first, that was begun.
   *
   * @param observers who look
   * @param begun the place of arrival behind which changes are followed afterwards
   * @param last the time of the last event of the session that was looked at last
   * @param session which one that was
   * @param done so many events of the total were looked at
   * @param fresh nothing was kept before
   */
  record Pass(
      ObserverVersions observers,
      Cursor begun,
      long last,
      String session,
      long done,
      long total,
      boolean fresh) {
    private static final int FIELDS = 7;

    Mark mark() {
      String text =
          String.join(
              " ",
              encoded(observers.text()),
              encoded(begun.text()),
              Long.toString(last),
              encoded(session),
              Long.toString(done),
              Long.toString(total),
              fresh ? "fresh" : "again");
      return new Mark(PASS, text);
    }

    private static String encoded(String text) {
      return "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text.substring(1), StandardCharsets.UTF_8);
    }

    private static @Nullable Pass read(String text) {
      String[] words = text.split(" ", -1);
      if (words.length != FIELDS) {
        return null;
      }
      try {
        return new Pass(
            new ObserverVersions(decoded(words[0])),
            new Cursor(decoded(words[1])),
            Long.parseLong(words[2]),
            decoded(words[3]),
            Long.parseLong(words[4]),
            Long.parseLong(words[5]),
            words[6].equals("fresh"));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        return null;
      }
    }

    static Mark ended() {
      return new Mark(PASS, null);
    }
  }

  /** Null when none was begun, or the last one was done. */
  @Nullable Pass pass() {
    String text = marks.get(PASS);
    return text == null ? null : Pass.read(text);
  }
}
