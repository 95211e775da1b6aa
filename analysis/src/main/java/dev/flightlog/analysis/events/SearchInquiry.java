package dev.flightlog.analysis.events;

import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.EventWords;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest events that have a text anywhere in them. */
public final class SearchInquiry implements Inquiry {
  private static final int MOST = 200;
  private static final int MOST_SAID = 160;

  public static final Question QUESTION =
      new Question(
          "search",
          "The newest events that have a text anywhere in them",
          "The text is taken literally, in any case, and looked for in every field and detail. The"
              + " newest "
              + MOST
              + " are found; whether there are more is said.",
          List.of(new Argument("TEXT", true, "the text to look for", "answer")),
          400,
          new SearchInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.time("timestamp", "when it happened"),
          Column.text("event_type", "what happened"),
          Column.text("happened", "the same in words: with the tool, and FAILED if it did"),
          Column.text("agent", "who acted; null when not known"),
          Column.text("said", "what it says, shortened"),
          Column.text("session_id", "the sitting; null when not known"),
          Column.text("event_id", "the event itself"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      row[0] instanceof Long time ? Wording.minute(time / 60_000_000 * 60_000_000) : "-",
      wording.name(row[3], "-"),
      SafeText.shortened(
          String.valueOf(row[2]), wording.nameTokens() * 6, wording.nameTokens() * 2),
      SafeText.shortened(String.valueOf(row[4]), wording.nameTokens() * 8, wording.nameTokens() * 3)
    };
  }

  @Override
  public Findings ask(Scope scope) {
    String text = scope.call().arguments().getFirst();
    ReadRequest request =
        ReadRequest.newestFirst(scope.and(Filter.anywhere(text))).limit(MOST + 1L);
    List<Event> found = scope.store().read(request).finish(request);
    boolean more = found.size() > MOST;
    Findings findings = new Findings().heads(wording -> List.of("when", "agent", "what", ""));
    for (Event event : more ? found.subList(0, MOST) : found) {
      findings.row(
          event.micros(),
          event.eventType(),
          EventWords.happened(event),
          event.text(Field.AGENT_NAME),
          EventWords.said(event, MOST_SAID),
          event.text(Field.SESSION_ID),
          event.id());
    }
    String sought = SafeText.shortened(SafeText.sentence(text), 40, 12);
    String count =
        found.isEmpty() ? "none" : more ? "more than " + MOST : Units.count(found.size());
    return findings
        .heading(
            wording ->
                "Events with \""
                    + sought
                    + "\", "
                    + scope.window(wording)
                    + ": "
                    + count
                    + "; newest first",
            wording -> "Events with \"" + sought + "\": " + count)
        .hint(
            found.isEmpty()
                ? "Fewer or other words find more; the text is taken literally"
                : "One whole: flightlog search '<text>' --format json --limit 1")
        .total("found", (long) Math.min(found.size(), MOST))
        .total("more", more);
  }
}
