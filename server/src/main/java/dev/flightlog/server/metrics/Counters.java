package dev.flightlog.server.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by the values of some labels, which must be of a small closed set. Safe for many threads;
 * counting does not block.
 */
public final class Counters {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final Map<String, Count> byLabels = new ConcurrentSkipListMap<>();

  private record Count(List<String> values, LongAdder count) {}

  /**
   * @param name of the metric, without {@code _total}
   * @param labels their names
   */
  public Counters(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  /**
   * Counts one more.
   *
   * @param values of the labels, in their order
   */
  public void add(String... values) {
    add(1, values);
  }

  /** Counts so many more. */
  public void add(long more, String... values) {
    byLabels
        .computeIfAbsent(
            String.join("\0", values), _ -> new Count(List.of(values), new LongAdder()))
        .count
        .add(more);
  }

  /** As it is now. */
  public MetricFamily family() {
    List<MetricFamily.Sample> samples = new ArrayList<>();
    for (Count each : byLabels.values()) {
      Map<String, String> named = new LinkedHashMap<>();
      for (int i = 0; i < labels.size(); i++) {
        named.put(labels.get(i), each.values.get(i));
      }
      samples.add(new MetricFamily.Sample("", named, each.count.sum()));
    }
    return new MetricFamily(name, MetricFamily.Kind.COUNTER, help, samples);
  }
}
