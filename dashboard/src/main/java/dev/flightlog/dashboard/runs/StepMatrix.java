package dev.flightlog.dashboard.runs;

import dev.flightlog.dashboard.answers.AnswerRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Steps by framework. Immutable.
 *
 * @param frameworks by name
 * @param shown the steps that a page has room for, by number
 * @param left how many are not among them
 */
record StepMatrix(
    List<String> frameworks, List<Long> shown, long left, Map<String, Map<Long, AnswerRow>> rows) {
  private static final int STEPS = 60;
  private static final int FRAMEWORKS = 12;

  /**
   * From the rows of {@code runs step}, of which those that matter most come first: they are shown
   * before the others, if there are more than a page has room for.
   */
  static StepMatrix of(List<AnswerRow> answer) {
    Map<String, Map<Long, AnswerRow>> rows = new HashMap<>();
    TreeSet<String> frameworks = new TreeSet<>();
    TreeSet<Long> all = new TreeSet<>();
    TreeSet<Long> wanted = new TreeSet<>();
    for (AnswerRow row : answer) {
      String framework = row.textOrEmpty("framework");
      long step = row.wholeOrZero("step");
      frameworks.add(framework);
      all.add(step);
      if (row.wholeOrZero("failed") > 0 && wanted.size() < STEPS) {
        wanted.add(step);
      }
      rows.computeIfAbsent(framework, _ -> new HashMap<>()).put(step, row);
    }
    for (Long step : all) {
      if (wanted.size() >= STEPS) {
        break;
      }
      wanted.add(step);
    }
    List<String> named = new ArrayList<>(frameworks);
    return new StepMatrix(
        List.copyOf(named.subList(0, Math.min(FRAMEWORKS, named.size()))),
        List.copyOf(wanted),
        all.size() - wanted.size(),
        rows);
  }

  Optional<AnswerRow> at(String framework, long step) {
    return Optional.ofNullable(rows.getOrDefault(framework, Map.of()).get(step));
  }
}
