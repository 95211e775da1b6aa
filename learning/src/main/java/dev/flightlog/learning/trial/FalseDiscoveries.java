package dev.flightlog.learning.trial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps the share of false verdicts small when several rules are tried at once. */
public final class FalseDiscoveries {
  private FalseDiscoveries() {}

  /**
   * The rules whose evidence is large enough among all that run, by e-BH (Wang and Ramdas, False
   * discovery rate control with e-values, 2022): of the sorted e-values the longest beginning whose
   * last is at least rules / (level × its place). Holds for any dependence between the rules.
   *
   * @param logs the logarithm of each rule's e-value
   * @return the places of the accepted ones in {@code logs}, ascending
   */
  public static List<Integer> accepted(List<Double> logs, double level) {
    List<Integer> byEvidence =
        IntStream.range(0, logs.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> logs.get(i)).reversed())
            .toList();
    int accepted = 0;
    for (int place = 1; place <= byEvidence.size(); place++) {
      if (logs.get(byEvidence.get(place - 1)) >= Math.log(logs.size() / (level * place))) {
        accepted = place;
      }
    }
    List<Integer> result = new ArrayList<>(byEvidence.subList(0, accepted));
    result.sort(null);
    return List.copyOf(result);
  }
}
