package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.wording.Units;
import java.util.List;

/** The errors that a question asks about, as the digest knows them. */
public final class ErrorCases {
  private ErrorCases() {}

  /** By session and time. */
  public static List<ErrorFact> of(Selection selection, LearnedFacts learned) {
    return selection.taken(learned.all(ErrorFact.class));
  }

  /** Says what was not looked at; nothing when everything was. */
  public static void tellCut(LearnedFacts learned, Result<?> result) {
    int cut = learned.cutSessions().size();
    if (cut > 0) {
      result.note(
          "Not looked at whole: "
              + Units.count(cut, "session")
              + " with too many events or errors");
    }
  }
}
