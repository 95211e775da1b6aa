package dev.flightlog.cli.rules;

import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.wording.Units;
import java.io.PrintStream;

/** A rule as a person reads it. */
final class RuleLines {
  private RuleLines() {}

  static void line(PrintStream out, RuleBook.Entry entry) {
    line(out, entry.rule(), entry.state());
  }

  static void line(PrintStream out, Rule rule, RuleState state) {
    out.println(rule.id() + "  " + state.wireName() + "  " + rule.text());
    out.println(
        "  "
            + Units.count(rule.errors(), rule.measure().unit())
            + " in "
            + Units.count(rule.sessions(), "session")
            + ", "
            + Units.share(rule.share())
            + (rule.measure() == Measure.NOTHING ? " of the time of all checks" : " of all")
            + (rule.opportunities() == 0
                ? ""
                : ", "
                    + Units.share(rule.rate())
                    + " of "
                    + Units.count(rule.opportunities(), rule.measure().opportunity()))
            + helped(rule)
            + "; costs a session "
            + Units.count(rule.tokens(), "token"));
  }

  /** What is known of a remedy; of what people did none is known. */
  private static String helped(Rule rule) {
    return switch (rule.measure()) {
      case ERRORS ->
          "; this helped " + (rule.helped() == 1 ? "once" : Units.count(rule.helped(), "time"));
      case RERUNS, CORRECTIONS, QUESTIONS -> "";
      case NOTHING -> "; advice: no record tells whether it helps";
    };
  }
}
