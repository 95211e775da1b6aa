package dev.flightlog.cli.rules;

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
            + Units.count(rule.errors(), "error")
            + " in "
            + Units.count(rule.sessions(), "session")
            + ", "
            + Units.share(rule.share())
            + " of all"
            + (rule.opportunities() == 0
                ? ""
                : ", "
                    + Units.share(rule.rate())
                    + " of "
                    + Units.count(rule.opportunities(), "call"))
            + "; this helped "
            + (rule.helped() == 1 ? "once" : Units.count(rule.helped(), "time"))
            + "; costs a session "
            + Units.count(rule.tokens(), "token"));
  }
}
