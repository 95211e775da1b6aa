package dev.flightlog.analysis.events;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.search.EventSearch;
import dev.flightlog.analysis.search.FoundEvent;
import dev.flightlog.analysis.search.FoundEvents;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.EventWords;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The newest events that have the words of a text, or the most relevant ones. */
public final class SearchInquiry implements Inquiry<FoundEvent> {
  private static final int MOST = 200;

  /** Whoever asks waits; where words are not noted yet, everything has to be read. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MOST_SAID = 160;

  public static final Question QUESTION =
      new Question(
              "search",
              "Events that have the words of a text",
              "Words stand anywhere in an event, in any case; \"in quotes\" one behind the other, as in file_not_read or"
                  + " src/Foo.java; word* begins so; tool:Bash, file:src/Foo, details.KEY:word in a field; a OR b; not:word."
                  + " Empty where events are chosen otherwise. At most "
                  + MOST
                  + " are found; relevance compares the newest 1,000.",
              List.of(
                  new Argument("TEXT", true, "words", "answer"),
                  new Argument("ORDER", false, "what is first", "relevance", EventSearch.ORDERS)),
              400,
              new SearchInquiry())
          .usedFor("find what was said or done");

  @Override
  public List<Column<FoundEvent>> columns() {
    return List.of(
        Column.time("timestamp", "when it happened", found -> found.event().micros()),
        Column.text("event_type", "what happened", found -> found.event().eventType()),
        Column.text(
            "happened",
            "the same in words: with the tool, and FAILED if it did",
            found -> EventWords.happened(found.event())),
        Column.text(
            "agent",
            "who acted; null when not known",
            found -> found.event().text(Field.AGENT_NAME)),
        Column.text(
            "said", "what it says, shortened", found -> EventWords.said(found.event(), MOST_SAID)),
        Column.text(
            "session_id",
            "the sitting; null when not known",
            found -> found.event().text(Field.SESSION_ID)),
        Column.text("event_id", "the event itself", found -> found.event().id()));
  }

  @Override
  public boolean showsEvents() {
    return true;
  }

  @Override
  public Result<FoundEvent> ask(Selection selection) {
    List<String> given = selection.call().arguments();
    String text = given.isEmpty() ? "" : given.getFirst();
    boolean relevantFirst = given.size() > 1 && isRelevance(given.get(1));
    ReadRequest among = ReadRequest.newestFirst(selection.filter()).limit(MOST).patience(PATIENCE);
    FoundEvents answer = EventSearch.of(text).in(selection.store(), among, relevantFirst);
    List<FoundEvent> found = answer.all();
    boolean more = answer.more();
    String order = relevantFirst ? "most relevant first" : "newest first";
    String sought =
        text.isBlank()
            ? "Events"
            : "Events with \"" + SafeText.shortened(SafeText.sentence(text), 40, 12) + '"';
    String count =
        found.isEmpty() ? "none" : more ? "more than " + MOST : Units.count(found.size());
    return new Result<FoundEvent>()
        .rows(found)
        .cell("when", (e, wording) -> wording.dates().wholeMinute(e.event().micros()))
        .cell("agent", (e, wording) -> wording.name(e.event().text(Field.AGENT_NAME), "-"))
        .cell("what", (e, wording) -> shortened(EventWords.happened(e.event()), wording, 6, 2))
        .cell("", SearchInquiry::context)
        .heading(
            wording -> sought + ", " + selection.window(wording) + ": " + count + "; " + order,
            wording -> sought + ": " + count)
        .hint(reader ->
            found.isEmpty()
                ? "Fewer words, other ones, or the beginning of one, as in time*, find more"
                : around(found.getFirst().event(), reader))
        .total("found", (long) Math.min(found.size(), MOST))
        .total("more", more);
  }

  /** How the session of an event is asked for; null when it has none. */
  private static @Nullable String around(Event event, Reader reader) {
    String session = event.text(Field.SESSION_ID);
    return session == null
        ? null
        : "Around the first: " + reader.ask("session", "SESSION", session);
  }

  private static String context(FoundEvent found, Wording wording) {
    int most = wording.nameTokens() * 10;
    return found.sought().isEmpty()
        ? EventWords.said(found.event(), most)
        : EventWords.around(found.event(), found.sought(), most, wording.nameTokens() * 3);
  }

  private static boolean isRelevance(String given) {
    String order = given.strip().toLowerCase(Locale.ROOT);
    if (!order.isEmpty() && !EventSearch.ORDERS.contains(order)) {
      throw new QuestionException(
          "the order of a search is newest or relevance, not '"
              + SafeText.shortened(given, 40)
              + "'; a text of several words stands in quotes");
    }
    return order.equals("relevance");
  }

  private static String shortened(String text, Wording wording, int points, int tokens) {
    return SafeText.shortened(text, wording.nameTokens() * points, wording.nameTokens() * tokens);
  }
}
