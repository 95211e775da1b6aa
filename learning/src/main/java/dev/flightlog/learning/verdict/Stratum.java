package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sessions of one model and one version of the agent's program. Shown, and never needed for a
 * verdict: both arms meet the same models.
 *
 * @param model empty when it is not known
 * @param version empty when it is not known
 */
public record Stratum(String model, String version, Arm exposed, Arm control) {

  static List<Stratum> of(List<Look.Counted> sessions) {
    Map<String, List<Look.Counted>> groups = new TreeMap<>();
    for (Look.Counted each : sessions) {
      groups
          .computeIfAbsent(each.model() + '\n' + each.version(), key -> new ArrayList<>())
          .add(each);
    }
    return groups.values().stream()
        .map(group ->
            new Stratum(
                group.getFirst().model(),
                group.getFirst().version(),
                Arm.of(group, true),
                Arm.of(group, false)))
        .toList();
  }
}
