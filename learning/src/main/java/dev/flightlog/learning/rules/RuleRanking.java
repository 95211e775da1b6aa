package dev.flightlog.learning.rules;

import dev.flightlog.learning.instructions.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which adopted rules stand in an instruction file, and in what order: those first that touch the
 * most errors for each token they cost every session, advice last. Stateless.
 */
public final class RuleRanking {
  private static final String HEADING = "## Lessons from past sessions (kept by Flightlog)";

  private RuleRanking() {}

  /**
   * What fits into a block.
   *
   * @param block to be written
   * @param left out for want of room, the most valuable first
   */
  public record Ranked(Block block, List<Rule> left) {}

  /** Ranks what is adopted; nothing adopted gives the empty block. */
  public static Ranked rank(List<Rule> adopted) {
    List<Rule> ranked = new ArrayList<>(adopted);
    ranked.sort(
        Comparator.comparing((Rule rule) -> rule.measure() == Measure.NOTHING)
            .thenComparingDouble(rule -> -(double) rule.errors() / rule.tokens())
            .thenComparing(Rule::id));
    if (ranked.isEmpty()) {
      return new Ranked(Block.NONE, List.of());
    }
    List<String> lines = new ArrayList<>(List.of(HEADING, ""));
    int used = 0;
    for (Rule rule : ranked) {
      lines.add("- " + rule.text());
      if (!Block.fits(lines)) {
        lines.removeLast();
        break;
      }
      used++;
    }
    return new Ranked(new Block(lines), List.copyOf(ranked.subList(used, ranked.size())));
  }
}
