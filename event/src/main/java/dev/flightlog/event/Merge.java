package dev.flightlog.event;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Combines two reports of the same foreign event: the call and its result from different files, an
 * early and a late line of one model response, a hook and a transcript.
 *
 * <p>Every field is joined by a rule that does not depend on order or repetition (a semilattice):
 *
 * <ul>
 *   <li>what is absent on one side comes from the other;
 *   <li>the earlier {@code timestamp} holds; a failure holds against a success;
 *   <li>the usage of a model call (token counts, cost) is taken as a whole from the report with
 *       more {@code tokens_used};
 *   <li>the {@code source} that was kept first stays: it is a place to look, not a part of the
 *       event;
 *   <li>of two texts the more specific holds: a name over {@code subagent} or {@code unknown}, a
 *       class over {@code tool_error}; story and project where the session began, if both reports
 *       say when ({@link #STORY_AT});
 *   <li>any other conflict goes to the larger number or the longer text, then to the text that
 *       sorts last;
 *   <li>with {@code details.result_at} (RFC 3339), the duration is that time minus the timestamp;
 *       with {@code details.running_ms}, too, what goes beyond that was waiting, unless {@code
 *       details.waited_ms} says how long that was.
 * </ul>
 */
public final class Merge {
  /** The detail in which a result carries its own time. */
  public static final String RESULT_AT = "result_at";

  /** The detail that says how long a call ran, as its agent measured it. */
  public static final String RUNNING_MS = "running_ms";

  /** The detail that says how long a person was waited for, as it was seen when it happened. */
  public static final String WAITED_MS = "waited_ms";

  /** The detail of a call that went on in the background: none of its time was waiting. */
  public static final String BACKGROUND = "background";

  /** The detail that says which part of a call's duration was waiting for a person. */
  public static final String WAITING_MS = "waiting_ms";

  /**
   * The detail that says when the story and project of the event were told: of two reports the
   * earlier one tells them.
   */
  public static final String STORY_AT = "story_at";

  /** The details that say what a model call used; they belong together. */
  public static final Set<String> USAGE =
      inOrder(
          "input_tokens",
          "output_tokens",
          "cache_read_tokens",
          "cache_write_tokens",
          "cache_write_1h_tokens",
          "web_searches",
          "billing",
          "cost_usd");

  /** Names that anything else is more specific than, the least specific first. */
  private static final List<String> GENERIC =
      List.of("", "unknown", "error", "tool_error", "tool", "main", "subagent");

  private Merge() {}

  /** Members keep this order, in every process. */
  private static Set<String> inOrder(String... names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(names)));
  }

  /**
   * Joins two events with the same id.
   *
   * @return the combined event; {@code kept} itself when nothing is new
   */
  public static Event combine(Event kept, Event incoming) {
    if (kept.equals(incoming)) {
      return kept;
    }
    Event.Builder out = kept.toBuilder();
    for (int i = 0; i < Field.count(); i++) {
      Field field = Field.at(i);
      if (field != Field.DETAILS) {
        out.set(field, join(field, kept.get(field), incoming.get(field)));
      }
    }
    Event earlier = toldStoryEarlier(kept, incoming);
    if (earlier != null) {
      out.set(Field.STORY_ID, earlier.get(Field.STORY_ID));
      out.set(Field.PROJECT, earlier.get(Field.PROJECT));
    }
    Map<String, @Nullable Object> details = details(kept, incoming);
    if (earlier != null) {
      details.put(STORY_AT, earlier.detail(STORY_AT));
    }
    if (!details.equals(kept.details())) {
      out.details(details);
    }
    Event combined = withDuration(out.build());
    return combined.equals(kept) ? kept : combined;
  }

  /** The report that told story and project first, or null when not both say when. */
  private static @Nullable Event toldStoryEarlier(Event a, Event b) {
    String first = a.detail(STORY_AT);
    String second = b.detail(STORY_AT);
    if (first == null || second == null || first.equals(second)) {
      return first == null ? (second == null ? null : b) : second == null ? a : null;
    }
    return first.compareTo(second) < 0 ? a : b;
  }

  private static @Nullable Object join(Field field, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null || a.equals(b)) {
      return a == null ? b : a;
    }
    return switch (field) {
      case TIMESTAMP -> Math.min((Long) a, (Long) b);
      case SUCCESS -> false;
      case SOURCE -> a;
      default -> larger(a, b);
    };
  }

  private static Map<String, @Nullable Object> details(Event kept, Event incoming) {
    Map<String, @Nullable Object> joined = new LinkedHashMap<>(kept.details());
    boolean incomingUsage = usageOf(incoming).compareTo(usageOf(kept)) > 0;
    incoming
        .details()
        .forEach((key, value) -> {
          Object before = joined.get(key);
          if (before == null) {
            joined.put(key, value);
          } else if (value != null && !USAGE.contains(key)) {
            joined.put(key, larger(before, value));
          }
        });
    if (incomingUsage) {
      for (String key : USAGE) {
        joined.remove(key);
        if (incoming.details().get(key) != null) {
          joined.put(key, incoming.details().get(key));
        }
      }
    } else {
      for (String key : USAGE) {
        if (!kept.details().containsKey(key)) {
          joined.remove(key);
        }
      }
    }
    return joined;
  }

  private static Usage usageOf(Event event) {
    Long tokens = event.integer(Field.TOKENS_USED);
    StringBuilder text = new StringBuilder();
    text.append(
        event.details().get("cost_usd") == null
            ? 0
            : "told".equals(event.details().get("billing")) ? 2 : 1);
    USAGE.stream().sorted().forEach(key -> text.append(event.details().get(key)).append(' '));
    return new Usage(tokens == null ? -1 : tokens, text.toString());
  }

  private record Usage(long tokens, String text) implements Comparable<Usage> {
    @Override
    public int compareTo(Usage other) {
      int byTokens = Long.compare(tokens, other.tokens);
      return byTokens != 0 ? byTokens : text.compareTo(other.text);
    }
  }

  private static Object larger(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      int byValue = Double.compare(x.doubleValue(), y.doubleValue());
      return byValue != 0 ? (byValue > 0 ? a : b) : byText(a, b);
    }
    return byText(a, b);
  }

  private static Object byText(Object a, Object b) {
    String x = Objects.toString(a);
    String y = Objects.toString(b);
    int specific = Integer.compare(rank(x), rank(y));
    if (specific != 0) {
      return specific > 0 ? a : b;
    }
    int order = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    return order >= 0 ? a : b;
  }

  /** Known beats unknown, the specific the generic. */
  private static int rank(String text) {
    int place = GENERIC.indexOf(text);
    return place < 0 ? GENERIC.size() : place;
  }

  /** The details, with what was waiting of this duration where they tell it. */
  private static Map<String, @Nullable Object> withWaiting(Event event, long duration) {
    Number running = event.detailNumber(RUNNING_MS);
    Number waited = event.detailNumber(WAITED_MS);
    boolean background = Boolean.TRUE.equals(event.details().get(BACKGROUND));
    if (running == null && waited == null && !background) {
      return event.details();
    }
    Map<String, @Nullable Object> details = new LinkedHashMap<>(event.details());
    if (background) {
      details.remove(WAITING_MS);
    } else if (waited != null) {
      details.put(WAITING_MS, Math.min(duration, waited.longValue()));
    } else if (running != null) {
      details.put(WAITING_MS, Math.max(0, duration - running.longValue()));
    }
    return details;
  }

  private static Event withDuration(Event event) {
    String resultAt = event.detail(RESULT_AT);
    long end = resultAt == null ? Timestamps.NONE : Timestamps.parse(resultAt);
    if (end == Timestamps.NONE || end < event.micros()) {
      return event;
    }
    long duration = (end - event.micros()) / 1000;
    Event.Builder timed = event.toBuilder().set(Field.DURATION_MS, duration);
    return timed.details(withWaiting(event, duration)).build();
  }
}
