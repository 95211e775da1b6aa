package dev.flightlog.event;

import java.util.LinkedHashMap;
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
 *   <li>any other conflict goes to the larger number or the longer text, then to the text that
 *       sorts last;
 *   <li>with {@code details.result_at} (RFC 3339), the duration is that time minus the timestamp.
 * </ul>
 */
public final class Merge {
  /** The detail in which a result carries its own time. */
  public static final String RESULT_AT = "result_at";

  /** The details that say what a model call used; they belong together. */
  public static final Set<String> USAGE =
      Set.of(
          "input_tokens",
          "output_tokens",
          "cache_read_tokens",
          "cache_write_tokens",
          "cache_write_1h_tokens",
          "web_searches",
          "billing",
          "cost_usd");

  private Merge() {}

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
    Map<String, @Nullable Object> details = details(kept, incoming);
    if (!details.equals(kept.details())) {
      out.details(details);
    }
    Event combined = withDuration(out.build());
    return combined.equals(kept) ? kept : combined;
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
    int order = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    return order >= 0 ? a : b;
  }

  private static Event withDuration(Event event) {
    String resultAt = event.detail(RESULT_AT);
    long end = resultAt == null ? Timestamps.NONE : Timestamps.parse(resultAt);
    if (end == Timestamps.NONE || end < event.micros()) {
      return event;
    }
    return event.toBuilder().set(Field.DURATION_MS, (end - event.micros()) / 1000).build();
  }
}
