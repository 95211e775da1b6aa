package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occasion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors of sessions, as an observer would have found them. */
final class Errors {
  private Errors() {}

  /** So many errors of one kind, each in a session of its own, recovered by the change. */
  static List<ErrorFact> of(
      int count, String tool, String errorType, String program, @Nullable Change change) {
    List<ErrorFact> errors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      errors.add(
          new ErrorFact(
              new Occasion("session-" + tool + errorType + i, 1_000_000L * i, null, null),
              "event-" + i,
              tool,
              errorType,
              program,
              "a template",
              "a message",
              5,
              20,
              List.of(),
              change,
              change == null ? "" : "success-" + i,
              "a call",
              change == null ? "" : "another call"));
    }
    return errors;
  }
}
