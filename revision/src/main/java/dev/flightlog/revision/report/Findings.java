package dev.flightlog.revision.report;

import java.util.List;

/**
 * What a phase found, each a sentence in plain words; their texts are safe to print.
 *
 * @param changed what is otherwise than before
 * @param better what got better
 * @param worse what got worse
 * @param decide what a person should decide now, with the command for it
 * @param figures numbers for programs, by name
 */
public record Findings(
    List<String> changed,
    List<String> better,
    List<String> worse,
    List<String> decide,
    java.util.Map<String, Double> figures) {

  public static final Findings NONE =
      new Findings(List.of(), List.of(), List.of(), List.of(), java.util.Map.of());

  public Findings {
    changed = List.copyOf(changed);
    better = List.copyOf(better);
    worse = List.copyOf(worse);
    decide = List.copyOf(decide);
    figures = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(figures));
  }
}
