package dev.flightlog.server.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A metric as Prometheus knows it: a name, and a value for each set of labels. Immutable.
 *
 * @param name with its unit, in seconds or bytes; that of a counter without {@code _total}
 * @param help one sentence for people
 */
public record MetricFamily(String name, Kind kind, String help, List<Sample> samples) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** What may be done with the values. */
  public enum Kind {
    /** Only grows, until the process starts anew. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** How many were at most so large. */
    HISTOGRAM,
    /** How many, and their sum. */
    SUMMARY
  }

  /**
   * One value.
   *
   * @param suffix what follows the name of the family, such as {@code _bucket}
   * @param labels names and values, in order
   */
  public record Sample(String suffix, Map<String, String> labels, double value) {
    public Sample {
      labels = new LinkedHashMap<>(labels);
    }
  }

  public MetricFamily {
    samples = List.copyOf(samples);
    if (!NAME.matcher(name).matches() || name.endsWith("_total")) {
      throw new IllegalArgumentException("no metric is named " + name);
    }
  }

  /** Something that only grows, without values yet. */
  public static MetricFamily counter(String name, String help) {
    return new MetricFamily(name, Kind.COUNTER, help, List.of());
  }

  /** Something that goes up and down, without values yet. */
  public static MetricFamily gauge(String name, String help) {
    return new MetricFamily(name, Kind.GAUGE, help, List.of());
  }

  /** Counts with sums, without values yet. */
  public static MetricFamily summary(String name, String help) {
    return new MetricFamily(name, Kind.SUMMARY, help, List.of());
  }

  /** The same with a value without labels. */
  public MetricFamily value(double value) {
    return sample("", Map.of(), value);
  }

  /** The same with the value of one label. */
  public MetricFamily value(String label, String of, double value) {
    return sample("", Map.of(label, of), value);
  }

  /** The same with the value of these labels. */
  public MetricFamily value(Map<String, String> labels, double value) {
    return sample("", labels, value);
  }

  /** The same with one more sample. */
  MetricFamily sample(String suffix, Map<String, String> labels, double value) {
    List<Sample> more = new ArrayList<>(samples);
    more.add(new Sample(suffix, labels, value));
    return new MetricFamily(name, kind, help, more);
  }

  /** The same with a count and a sum of these labels; for a {@link Kind#SUMMARY}. */
  public MetricFamily total(Map<String, String> labels, long count, double sum) {
    return sample("_count", labels, count).sample("_sum", labels, sum);
  }
}
