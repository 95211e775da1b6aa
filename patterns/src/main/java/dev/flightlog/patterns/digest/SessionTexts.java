package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorTexts;
import dev.flightlog.patterns.facts.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Fetches the texts of errors from the facts of their session, of which the last ones are held.
 * Safe for several threads.
 */
final class SessionTexts {
  private static final int MOST_HELD = 200;
  private static final ErrorTexts.Rest NONE = new ErrorTexts.Rest("", "", "", "");

  private final Function<String, List<Fact>> factsOf;
  private final Map<String, List<Fact>> held = new LinkedHashMap<>();

  /**
   * @param factsOf the errors of a session, all of them
   */
  SessionTexts(Function<String, List<Fact>> factsOf) {
    this.factsOf = factsOf;
  }

  /** Those of an error. */
  ErrorTexts of(String session, String id) {
    return new Fetched(this, session, id);
  }

  private record Fetched(SessionTexts from, String session, String id) implements ErrorTexts {
    @Override
    public Rest rest() {
      return from.rest(session, id);
    }
  }

  /** Of an error that is not known any more, because its session has changed, nothing. */
  private ErrorTexts.Rest rest(String session, String id) {
    for (Fact fact : facts(session)) {
      if (fact instanceof ErrorFact error && error.id().equals(id)) {
        return new ErrorTexts.Rest(error.message(), error.success(), error.before(), error.after());
      }
    }
    return NONE;
  }

  private synchronized List<Fact> facts(String session) {
    List<Fact> facts = held.get(session);
    if (facts == null) {
      facts = factsOf.apply(session);
      if (held.size() >= MOST_HELD) {
        held.remove(held.keySet().iterator().next());
      }
      held.put(session, facts);
    }
    return facts;
  }
}
