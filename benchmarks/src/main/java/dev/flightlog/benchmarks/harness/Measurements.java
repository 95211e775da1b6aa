package dev.flightlog.benchmarks.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Figures by contender and metric, one a round. Rounds are what ratios are taken over. */
public final class Measurements {
  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  public void add(String contender, String metric, double value) {
    values
        .computeIfAbsent(contender, _ -> new LinkedHashMap<>())
        .computeIfAbsent(metric, _ -> new ArrayList<>())
        .add(value);
  }

  public void addAll(String contender, Map<String, Double> figures) {
    figures.forEach((metric, value) -> add(contender, metric, value));
  }

  public Set<String> contenders() {
    return values.keySet();
  }

  /** The metrics of all contenders, in the order in which they came. */
  public List<String> metrics() {
    return values.values().stream().flatMap(each -> each.keySet().stream()).distinct().toList();
  }

  public boolean has(String contender, String metric) {
    return values.getOrDefault(contender, Map.of()).containsKey(metric);
  }

  /** One value a round. */
  public List<Double> rounds(String contender, String metric) {
    List<Double> found = values.getOrDefault(contender, Map.of()).get(metric);
    if (found == null) {
      throw new IllegalArgumentException(
          contender + " was not measured for " + metric + "; there is " + new TreeSet<>(metrics()));
    }
    return List.copyOf(found);
  }

  public double median(String contender, String metric) {
    return median(rounds(contender, metric));
  }

  /** The median over the rounds of one contender's value divided by another's. */
  public double ratio(String contender, String peer, String metric) {
    List<Double> ours = rounds(contender, metric);
    List<Double> theirs = rounds(peer, metric);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      ratios.add(ours.get(i) / theirs.get(i));
    }
    return median(ratios);
  }

  /** The middle value, or the mean of the two in the middle. */
  public static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing has no median");
    }
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
