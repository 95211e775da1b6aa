package dev.flightlog.server.questions;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.search.EventSearch;
import dev.flightlog.event.Timestamps;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Schema;
import dev.flightlog.store.Filter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a query that choose events, one by one. Stateless. */
public final class EventParameters {
  private EventParameters() {}

  /** {@code text}, and the filters of {@code flightlog search}. */
  public static Parameter[] all() {
    List<Parameter> all = new ArrayList<>();
    all.add(Parameter.query("text", Schema.text(), "stands anywhere in them, in any case"));
    all.addAll(List.of(NamedParameters.of(EventFilter.ALL)));
    return all.toArray(Parameter[]::new);
  }

  /** The same, with words of the text as {@code flightlog search} takes them. */
  static Parameter[] withWords() {
    Parameter[] all = all();
    all[0] =
        Parameter.query(
            "text", Schema.text(), "its words stand anywhere in them; quotes, word*, field:word");
    return all;
  }

  /** The words that are looked for. */
  static EventSearch words(Request request) {
    try {
      return EventSearch.of(request.query("text"));
    } catch (QuestionException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage())).exception();
    }
  }

  /**
   * What they mean together.
   *
   * @param clock its zone is where days begin
   * @throws dev.flightlog.server.web.ProblemException 400 when one is none of what it may be
   */
  public static Filter filter(Request request, Clock clock) {
    String text = request.query("text");
    return Filter.and(
        narrowing(request, clock), text == null ? Filter.EVERYTHING : Filter.anywhere(text));
  }

  /** What they mean without the text. */
  static Filter narrowing(Request request, Clock clock) {
    try {
      return EventFilter.filter(
          argument -> request.query(argument.name()),
          Reader.HTTP,
          new Dates(clock.getZone()),
          Timestamps.of(clock.instant()));
    } catch (QuestionException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage())).exception();
    }
  }
}
