package dev.flightlog.tasks.webhook.signature;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of one request; names without regard to case, every value kept. Immutable. */
public final class Headers {
  private final TreeMap<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Headers() {}

  public static Headers of(Map<String, ? extends List<String>> headers) {
    Headers result = new Headers();
    headers.forEach((name, list) ->
        result.values.merge(
            name,
            List.copyOf(list),
            (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList()));
    return result;
  }

  /** Every value that was sent under this name, in order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The value, when it was sent exactly once; else null. */
  public @Nullable String single(String name) {
    List<String> all = all(name);
    return all.size() == 1 ? all.getFirst() : null;
  }
}
