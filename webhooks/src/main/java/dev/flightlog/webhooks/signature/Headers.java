package dev.flightlog.webhooks.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The headers of one request; names without regard to case, every value kept. Immutable. */
public final class Headers {
  private final Function<String, List<String>> values;

  private Headers(Function<String, List<String>> values) {
    this.values = values;
  }

  public static Headers of(Map<String, ? extends List<String>> headers) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, list) -> all.computeIfAbsent(name, key -> new ArrayList<>()).addAll(list));
    return new Headers(name -> all.getOrDefault(name, List.of()));
  }

  /**
   * Those that a server knows.
   *
   * @param byName all values of a name in any case, in order; empty when there are none
   */
  public static Headers of(Function<String, List<String>> byName) {
    return new Headers(byName);
  }

  /** Every value that was sent under this name, in order. */
  public List<String> all(String name) {
    return values.apply(name);
  }

  /** The value, when it was sent exactly once. */
  public Optional<String> single(String name) {
    List<String> all = all(name);
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }
}
