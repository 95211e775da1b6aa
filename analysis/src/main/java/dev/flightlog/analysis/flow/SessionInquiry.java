package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Lookup;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One sitting on half a page: what was asked, done, failed, spent, and how it ended. */
public final class SessionInquiry implements Inquiry {
  private static final int MOST_EVENTS = 10_000;
  private static final int NAMED = 4;

  public static final Question QUESTION =
      new Question(
          "session",
          "One sitting: what was asked, done, failed, spent, and how it ended",
          "ID may be the beginning of a session's id when no other begins so. All its events count,"
              + " of a very long one the newest 10,000. Errors are counted as in 'errors'; 'longest"
              + " pause' is the longest time between two events that follow one another; files are"
              + " those that tool calls name in file_path or path, changed those of Edit, MultiEdit,"
              + " Write, NotebookEdit and apply_patch. The end is told as it is recorded: a session"
              + " that goes on looks the same as one that was left.",
          List.of(new Argument("ID", true, "a session, or the beginning of its id", "flow-s")),
          400,
          new SessionInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("part", "what the row is about; stable names"),
          Column.whole("count", "how many; null where nothing is counted"),
          Column.text("detail", "in words"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    int most = wording.nameTokens() == Wording.ROOMY ? 40 : wording.nameTokens();
    return new String[] {
      String.valueOf(row[0]).replace('_', ' '),
      Wording.count(row[1]),
      row[2] == null ? "-" : SafeText.sentence(row[2].toString(), 5 * most, most)
    };
  }

  @Override
  public Findings ask(Scope scope) {
    Lookup lookup = Lookup.of(scope, Field.SESSION_ID, "session");
    String id = lookup.id();
    if (id == null) {
      return lookup.explained();
    }
    ReadRequest request =
        ReadRequest.newestFirst(scope.and(Filter.is(Field.SESSION_ID, id))).limit(MOST_EVENTS);
    List<Event> events = scope.store().read(request).finish(request).reversed();
    Sitting sitting = Sitting.of(events);
    Findings findings = new Findings().heads(wording -> List.of("", ">", ""));
    rows(sitting, findings);
    Event first = events.getFirst();
    Event last = events.getLast();
    String size =
        (events.size() == MOST_EVENTS ? "the newest " : "") + Units.count(events.size(), "event");
    String time =
        Wording.minute(first.micros())
            + " to "
            + Wording.minute(last.micros()).substring(sameDay(first, last) ? 11 : 0)
            + " UTC ("
            + Units.duration((last.micros() - first.micros()) / 1000.0)
            + ')';
    return findings
        .heading(
            wording ->
                "Session "
                    + wording.name(id)
                    + (sitting.story == null ? "" : ", story " + wording.name(sitting.story))
                    + ": "
                    + size
                    + ", "
                    + time
                    + "; "
                    + Units.agoInWords(last.micros(), scope.now()),
            wording -> "Session " + wording.name(id) + ": " + size + ", " + time)
        .hint("Its events: flightlog sql \"SELECT * FROM events WHERE session_id = '…'\"")
        .total("session", id)
        .total("session_events", (long) events.size())
        .total("session_first", Timestamps.text(first.micros()))
        .total("session_last", Timestamps.text(last.micros()))
        .total("session_tool_calls", sitting.toolCalls)
        .total("session_errors", sitting.errors)
        .total("session_model_calls", sitting.modelCalls)
        .total("session_tokens_used", sitting.tokens)
        .total("session_cost_usd", sitting.priced == 0 ? null : (Double) sitting.cost.value())
        .total("session_unpriced_calls", sitting.modelCalls - sitting.priced);
  }

  private static boolean sameDay(Event first, Event last) {
    return Math.floorDiv(first.micros(), Timestamps.DAY)
            == Math.floorDiv(last.micros(), Timestamps.DAY)
        && last.micros() % Timestamps.DAY != 0;
  }

  private static void rows(Sitting sitting, Findings findings) {
    String prompt = sitting.firstPrompt;
    if (sitting.prompts > 0) {
      findings.row("prompts", sitting.prompts, prompt == null ? null : '"' + prompt + '"');
    }
    if (sitting.toolCalls > 0) {
      String open =
          sitting.withoutResult == 0 ? "" : "; " + sitting.withoutResult + " without result";
      findings.row("tool_calls", sitting.toolCalls, Sitting.top(sitting.tools, NAMED) + open);
    }
    findings.row("errors", sitting.errors, Sitting.top(sitting.errorClasses, NAMED));
    if (sitting.lastError != null) {
      findings.row("last_error", null, sitting.lastError);
    }
    if (sitting.modelCalls > 0) {
      String cost =
          Wording.cost(
              sitting.priced == 0 ? null : (Double) sitting.cost.value(),
              (Long) (sitting.modelCalls - sitting.priced));
      findings.row(
          "model_calls",
          sitting.modelCalls,
          Units.tokens(sitting.tokens)
              + " tokens, cost "
              + cost
              + "; "
              + Sitting.top(sitting.models, NAMED));
    }
    if (sitting.stopped > 0) {
      findings.row("stopped_by_a_person", sitting.stopped, "rejections and interruptions");
    }
    if (sitting.clarifications > 0) {
      findings.row("clarifications", sitting.clarifications, null);
    }
    if (sitting.agents.size() > 1) {
      findings.row("agents", (long) sitting.agents.size(), Sitting.top(sitting.agents, NAMED));
    }
    if (!sitting.files.isEmpty()) {
      findings.row(
          "files",
          (long) sitting.files.size(),
          sitting.changed.isEmpty()
              ? "none changed"
              : "changed " + Sitting.top(shortNames(sitting.changed), NAMED));
    }
    if (sitting.slowest != null) {
      findings.row(
          "slowest",
          null,
          Sitting.name(sitting.slowest) + ' ' + Units.duration(Sitting.millis(sitting.slowest)));
    }
    if (sitting.longestPause > 0) {
      findings.row(
          "longest_pause",
          null,
          Units.duration(sitting.longestPause / 1000.0)
              + " until "
              + Wording.minute(sitting.pauseEnd)
              + " UTC");
    }
    if (sitting.compactions > 0 || sitting.peakContext != null) {
      findings.row(
          "compactions",
          sitting.compactions,
          "peak context "
              + (sitting.peakContext == null
                  ? "unknown"
                  : Units.percent(Math.round(sitting.peakContext))));
    }
    Event last = sitting.last;
    if (last != null) {
      boolean failed = Boolean.FALSE.equals(last.flag(Field.SUCCESS));
      findings.row("ended_with", null, Sitting.name(last) + (failed ? ", failed" : ""));
    }
  }

  private static Map<String, Long> shortNames(Map<String, Long> files) {
    Map<String, Long> names = new java.util.HashMap<>();
    files.forEach((file, count) -> names.merge(last(file), count, Long::sum));
    return names;
  }

  private static String last(String file) {
    int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return file.substring(slash + 1);
  }
}
