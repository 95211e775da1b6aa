package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.patterns.digest.Fact;
import dev.flightlog.patterns.digest.Learnt;
import dev.flightlog.patterns.remedies.ErrorCase;
import dev.flightlog.patterns.remedies.ErrorObserver;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;

/** The errors that a question asks about, as the digest knows them. */
public final class ErrorCases {
  private ErrorCases() {}

  /** By session and time. */
  public static List<ErrorCase> of(Scope scope, Learnt learnt) {
    List<ErrorCase> cases = new ArrayList<>();
    for (List<Fact> session : learnt.of(ErrorObserver.NAME).values()) {
      for (Fact fact : session) {
        if (scope.takes(fact)) {
          cases.add(ErrorCase.of(fact));
        }
      }
    }
    return cases;
  }

  /** The class in words; for a command whose error type says nothing, with its program. */
  public static String label(ErrorCase of) {
    boolean program = of.isVague() && !of.program().isEmpty();
    return of.className() + (program ? " (" + of.program() + ")" : "");
  }

  /** Says what was not looked at; nothing when everything was. */
  public static void tellCut(Learnt learnt, Findings findings) {
    int cut = learnt.cutSessions().size();
    if (cut > 0) {
      findings.note(
          "Not looked at whole: "
              + Units.count(cut, "session")
              + " with too many events or errors");
    }
  }
}
