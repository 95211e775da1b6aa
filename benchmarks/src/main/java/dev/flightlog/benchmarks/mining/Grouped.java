package dev.flightlog.benchmarks.mining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well lines were grouped, as logparser and LogHub 2.0 define it: a group is right when it
 * holds exactly the lines of one true group.
 *
 * @param accuracy share of lines in right groups (GA)
 * @param f1 harmonic mean of the shares of right groups among those found and among the true (FGA)
 */
record Grouped(double accuracy, double f1) {
  static Grouped of(List<String> truth, List<String> found) {
    if (truth.size() != found.size()) {
      throw new IllegalArgumentException(truth.size() + " lines, " + found.size() + " groups");
    }
    Map<String, List<Integer>> wanted = members(truth);
    Map<String, List<Integer>> got = members(found);
    int lines = 0;
    int right = 0;
    for (List<Integer> group : got.values()) {
      if (group.equals(wanted.get(truth.get(group.getFirst())))) {
        lines += group.size();
        right++;
      }
    }
    return new Grouped(lines / (double) truth.size(), 2.0 * right / (wanted.size() + got.size()));
  }

  private static Map<String, List<Integer>> members(List<String> groups) {
    Map<String, List<Integer>> members = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      members.computeIfAbsent(groups.get(i), _ -> new ArrayList<>()).add(i);
    }
    return members;
  }
}
