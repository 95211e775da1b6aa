package dev.flightlog.server.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads metrics as Prometheus does, by the grammar of its text format and of OpenMetrics, and
 * complains as {@code promtool check metrics} does: about form, order, names, repeated series and
 * histograms that do not add up.
 */
public final class Exposition {
  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\",?)*)\\})?"
              + " (NaN|[+-]Inf|-?[0-9.]+(?:[eE][+-]?[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  public final Map<String, String> kinds = new LinkedHashMap<>();
  public final Map<String, Double> values = new LinkedHashMap<>();
  public final List<String> problems = new ArrayList<>();

  private final boolean open;
  private final Set<String> closed = new HashSet<>();
  private final Set<String> helped = new HashSet<>();
  private final Map<String, List<double[]>> buckets = new LinkedHashMap<>();
  private String family = "";

  private Exposition(boolean open) {
    this.open = open;
  }

  /** Reads all of it; what is wrong stands in {@link #problems}. */
  public static Exposition read(String text, boolean openMetrics) {
    Exposition all = new Exposition(openMetrics);
    if (!text.endsWith("\n")) {
      all.problems.add("no line feed at the end");
    }
    String[] lines = text.split("\n");
    for (int i = 0; i < lines.length; i++) {
      boolean end = openMetrics && i == lines.length - 1;
      if (end != lines[i].equals("# EOF")) {
        all.problems.add("line " + (i + 1) + ": EOF must end OpenMetrics, and nothing else");
      } else if (!end) {
        all.line(lines[i]);
      }
    }
    all.checkHistograms();
    return all;
  }

  /** The value of a series; fails when there is none. */
  public double value(String series) {
    Double value = values.get(series);
    if (value == null) {
      throw new AssertionError("there is no " + series + " in " + values.keySet());
    }
    return value;
  }

  private void line(String line) {
    Matcher meta = META.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (meta.matches()) {
      begin(meta.group(2));
      switch (meta.group(1)) {
        case "HELP" -> helped.add(meta.group(2));
        case "TYPE" -> {
          if (kinds.put(meta.group(2), meta.group(3)) != null) {
            problems.add("a second TYPE of " + meta.group(2));
          }
          name(meta.group(2), meta.group(3));
        }
        default -> {
          if (!open || !meta.group(2).endsWith("_" + meta.group(3))) {
            problems.add("the unit of " + meta.group(2) + " is not in its name");
          }
        }
      }
    } else if (sample.matches()) {
      sample(sample);
    } else {
      problems.add("no line of metrics: " + line);
    }
  }

  private void begin(String name) {
    if (!name.equals(family)) {
      closed.add(family);
      family = name;
      if (closed.contains(name)) {
        problems.add(name + " is told in two places");
      }
    }
  }

  private void name(String name, String kind) {
    boolean total = name.endsWith("_total");
    if (kind.equals("counter") && !open && !total) {
      problems.add("counter without _total: " + name);
    }
    if ((!kind.equals("counter") || open) && total) {
      problems.add("_total is for samples of counters: " + name);
    }
    if (name.matches(".*_(bucket|count|sum)")) {
      problems.add("a suffix in the name: " + name);
    }
    if (name.matches(".*(_(milliseconds|ms|minutes|hours|kilobytes|kb|mb|percent)(_|$)).*")) {
      problems.add("no base unit: " + name);
    }
    if (!name.equals(name.toLowerCase(java.util.Locale.ROOT)) || name.contains(":")) {
      problems.add("no name of a metric: " + name);
    }
  }

  private void sample(Matcher sample) {
    String name = sample.group(1);
    String kind = kinds.getOrDefault(family, "");
    String suffix = name.startsWith(family) ? name.substring(family.length()) : "?";
    boolean fits =
        switch (kind) {
          case "counter" -> suffix.equals(open ? "_total" : "");
          case "gauge" -> suffix.isEmpty();
          case "summary" -> suffix.equals("_sum") || suffix.equals("_count");
          case "histogram" -> Set.of("_bucket", "_sum", "_count").contains(suffix);
          default -> false;
        };
    if (!fits || !helped.contains(family)) {
      problems.add(name + " is no sample of " + family + ", " + kind);
    }
    Map<String, String> labels = labels(sample.group(3));
    double value =
        switch (sample.group(4)) {
          case "+Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(sample.group(4));
        };
    if (values.put(name + labels, value) != null) {
      problems.add(name + labels + " is told twice");
    }
    if (suffix.equals("_bucket")) {
      String le = labels.remove("le");
      double bound =
          le == null
              ? Double.NaN
              : le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
      buckets
          .computeIfAbsent(family + labels, _ -> new ArrayList<>())
          .add(new double[] {bound, value});
    }
  }

  private Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      if (labels.put(label.group(1), label.group(2)) != null) {
        problems.add("the label " + label.group(1) + " is told twice");
      }
    }
    return labels;
  }

  private void checkHistograms() {
    Map<String, Double> counts = new HashMap<>(values);
    buckets.forEach((series, found) -> {
      double bound = Double.NEGATIVE_INFINITY;
      double count = 0;
      for (double[] bucket : found) {
        if (!(bucket[0] > bound) || bucket[1] < count) {
          problems.add("the buckets of " + series + " do not grow");
        }
        bound = bucket[0];
        count = bucket[1];
      }
      int brace = series.indexOf('{');
      String counted = series.substring(0, brace) + "_count" + series.substring(brace);
      if (bound != Double.POSITIVE_INFINITY || !Double.valueOf(count).equals(counts.get(counted))) {
        problems.add(series + " has no +Inf bucket that holds all");
      }
    });
  }
}
