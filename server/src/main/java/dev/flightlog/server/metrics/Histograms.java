package dev.flightlog.server.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations, counted by size and by the values of some labels, which must be of a small closed set.
 * Safe for many threads; recording does not block.
 */
public final class Histograms {
  /** The upper bounds of the buckets, in milliseconds; from an answer at once to one that fails. */
  private static final long[] BOUNDS = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000
  };

  private final String name;
  private final String help;
  private final List<String> labels;
  private final Map<String, Buckets> byLabels = new ConcurrentSkipListMap<>();

  private record Buckets(List<String> values, LongAdder[] counts, LongAdder nanos) {
    static Buckets of(List<String> values) {
      LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
      return new Buckets(values, counts, new LongAdder());
    }
  }

  /**
   * @param name of the metric; ends in {@code _seconds}
   * @param labels their names
   */
  public Histograms(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  /**
   * Counts one duration.
   *
   * @param values of the labels, in their order
   */
  public void record(long nanos, String... values) {
    Buckets buckets =
        byLabels.computeIfAbsent(String.join("\0", values), _ -> Buckets.of(List.of(values)));
    int at = 0;
    while (at < BOUNDS.length && nanos > BOUNDS[at] * 1_000_000) {
      at++;
    }
    buckets.counts[at].increment();
    buckets.nanos.add(Math.max(0, nanos));
  }

  /** As it is now. */
  public MetricFamily family() {
    List<MetricFamily.Sample> samples = new ArrayList<>();
    for (Buckets buckets : byLabels.values()) {
      Map<String, String> named = new LinkedHashMap<>();
      for (int i = 0; i < labels.size(); i++) {
        named.put(labels.get(i), buckets.values.get(i));
      }
      // The sum first: what is counted meanwhile may be in the counts, and never only in the sum.
      double seconds = buckets.nanos.sum() / 1e9;
      long count = 0;
      for (int i = 0; i < buckets.counts.length; i++) {
        count += buckets.counts[i].sum();
        Map<String, String> bucket = new LinkedHashMap<>(named);
        bucket.put("le", i < BOUNDS.length ? MetricsText.number(BOUNDS[i] / 1e3) : "+Inf");
        samples.add(new MetricFamily.Sample("_bucket", bucket, count));
      }
      samples.add(new MetricFamily.Sample("_count", named, count));
      samples.add(new MetricFamily.Sample("_sum", named, seconds));
    }
    return new MetricFamily(name, MetricFamily.Kind.HISTOGRAM, help, samples);
  }
}
