package dev.flightlog.shipping.migration;

import java.util.List;

/**
 * Whether a history stands in the target as it does in the source: of every event of the source, as
 * it was sent, what was read back under its id.
 *
 * @param groups counts and hashes on both sides: of everything, and by day, category, outcome and
 *     project
 * @param copied events that were appended in this run; the others were there
 * @param missing the first ids that the target does not have
 * @param conflicts the first ids under which the target has something that the source does not
 *     have; they were left as they are
 */
public record Proof(List<Group> groups, long copied, List<String> missing, List<String> conflicts) {
  /**
   * A part of the history.
   *
   * @param by {@code all}, {@code day}, {@code category}, {@code outcome} or {@code project}
   * @param name of the part
   */
  public record Group(String by, String name, Counted source, Counted target) {
    public boolean isEqual() {
      return source.equals(target);
    }
  }

  public Proof {
    groups = List.copyOf(groups);
    missing = List.copyOf(missing);
    conflicts = List.copyOf(conflicts);
  }

  /** Everything. */
  public Group all() {
    return groups.getFirst();
  }

  /** True when both sides are the same in everything that was compared. */
  public boolean holds() {
    return missing.isEmpty() && conflicts.isEmpty() && groups.stream().allMatch(Group::isEqual);
  }
}
