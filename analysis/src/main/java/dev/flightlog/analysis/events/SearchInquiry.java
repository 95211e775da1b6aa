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
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.EventWords;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest events that have a text anywhere in them. */
public final class SearchInquiry implements Inquiry<Event> {
  private static final int MOST = 200;
  private static final int MOST_SAID = 160;
  private static final int LONGEST = 40_000;

  public static final Question QUESTION =
      new Question(
              "search",
              "The newest events that have a text anywhere in them",
              "The text is taken literally, in any case, and may be left empty where events are chosen otherwise; it is"
                  + " looked for in every field and detail. The"
                  + " newest "
                  + MOST
                  + " are found; whether there are more is said.",
              List.of(new Argument("TEXT", true, "the text to look for", "answer")),
              400,
              new SearchInquiry())
          .usedFor("find what was said or done");

  @Override
  public List<Column<Event>> columns() {
    return List.of(
        Column.time("timestamp", "when it happened", Event::micros),
        Column.text("event_type", "what happened", Event::eventType),
        Column.text(
            "happened",
            "the same in words: with the tool, and FAILED if it did",
            EventWords::happened),
        Column.text("agent", "who acted; null when not known", e -> e.text(Field.AGENT_NAME)),
        Column.text("said", "what it says, shortened", e -> EventWords.said(e, MOST_SAID)),
        Column.text(
            "session_id", "the sitting; null when not known", e -> e.text(Field.SESSION_ID)),
        Column.text("event_id", "the event itself", Event::id));
  }

  @Override
  public boolean showsEvents() {
    return true;
  }

  @Override
  public Result<Event> ask(Selection selection) {
    List<String> given = selection.call().arguments();
    String text = given.isEmpty() ? "" : given.getFirst();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw new QuestionException(
          "a text to search for has at most " + LONGEST + " bytes, not " + bytes);
    }
    ReadRequest request =
        ReadRequest.newestFirst(
                text.isBlank() ? selection.filter() : selection.and(Filter.anywhere(text)))
            .limit(MOST + 1L);
    List<Event> found = selection.store().read(request).finish(request);
    boolean more = found.size() > MOST;
    String sought =
        text.isBlank()
            ? "Events"
            : "Events with \"" + SafeText.shortened(SafeText.sentence(text), 40, 12) + '"';
    String count =
        found.isEmpty() ? "none" : more ? "more than " + MOST : Units.count(found.size());
    return new Result<Event>()
        .rows(more ? found.subList(0, MOST) : found)
        .cell("when", (e, wording) -> wording.dates().wholeMinute(e.micros()))
        .cell("agent", (e, wording) -> wording.name(e.text(Field.AGENT_NAME), "-"))
        .cell("what", (e, wording) -> shortened(EventWords.happened(e), wording, 6, 2))
        .cell(
            "",
            (e, wording) ->
                EventWords.around(e, text, wording.nameTokens() * 10, wording.nameTokens() * 3))
        .heading(
            wording -> sought + ", " + selection.window(wording) + ": " + count + "; newest first",
            wording -> sought + ": " + count)
        .hint(reader ->
            found.isEmpty()
                ? "Fewer or other words find more; the text is taken literally"
                : around(found.getFirst(), reader))
        .total("found", (long) Math.min(found.size(), MOST))
        .total("more", more);
  }

  /** How the session of an event is asked for; null when it has none. */
  private static @Nullable String around(Event event, Reader reader) {
    String session = event.text(Field.SESSION_ID);
    return session == null
        ? null
        : "Around the newest: " + reader.ask("session", "SESSION", session);
  }

  private static String shortened(String text, Wording wording, int points, int tokens) {
    return SafeText.shortened(text, wording.nameTokens() * points, wording.nameTokens() * tokens);
  }
}
