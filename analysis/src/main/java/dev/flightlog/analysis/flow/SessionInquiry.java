package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Lookup;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session on half a page: what was asked, done, failed, spent, and how it ended. */
public final class SessionInquiry implements Inquiry<SessionInquiry.Part> {
  private static final int MOST_EVENTS = 10_000;
  private static final int NAMED = 4;

  public static final Question QUESTION =
      new Question(
              "session",
              "One sitting: what was asked, done, failed, spent, and how it ended",
              "It may be given by the beginning of a session's id when no other begins so. All its events count,"
                  + " of a very long one the newest 10,000. Errors are counted as in 'errors'; 'longest"
                  + " pause' is the longest time between two events that follow one another; files are"
                  + " those that tool calls name in file_path or path, changed those of Edit, MultiEdit,"
                  + " Write, NotebookEdit and apply_patch. Time is the sum of all durations but of those that hold others, and how much of it was waiting for"
                  + " a person, as in 'bottlenecks'. The end is told as it is recorded: a session"
                  + " that goes on looks the same as one that was left.",
              List.of(
                  new Argument("SESSION", true, "a session, or the beginning of its id", "flow-s")),
              400,
              new SessionInquiry())
          .usedFor("what happened, how did it end");

  /**
   * A row: one thing about the session.
   *
   * @param name stable
   * @param count null where nothing is counted
   */
  record Part(String name, @Nullable Long count, @Nullable String detail) {}

  @Override
  public List<Column<Part>> columns() {
    return List.of(
        Column.text("part", "what the row is about; stable names", Part::name),
        Column.whole("count", "how many; null where nothing is counted", Part::count),
        Column.text("detail", "in words", Part::detail));
  }

  private static String detail(Part part, Wording wording) {
    int most = wording.nameTokens() == Wording.ROOMY ? 40 : wording.nameTokens();
    return part.detail() == null ? "-" : SafeText.sentence(part.detail(), 5 * most, most);
  }

  @Override
  public Result<Part> ask(Selection selection) {
    String id = Lookup.id(selection, Field.SESSION_ID, "session");
    Filter own = selection.and(Filter.is(Field.SESSION_ID, id));
    ReadRequest request = ReadRequest.newestFirst(own).limit(MOST_EVENTS);
    List<Event> events = selection.store().read(request).finish(request).reversed();
    SessionSummary session = SessionSummary.of(events, selection.pricing());
    Event first = events.getFirst();
    Event last = events.getLast();
    String size =
        (events.size() == MOST_EVENTS ? "the newest " : "") + Units.count(events.size(), "event");
    String time = time(first.micros(), last.micros(), selection.dates());
    String story = session.story();
    return new Result<Part>()
        .rows(parts(session, selection.dates()))
        .cell("", (part, _) -> part.name().replace('_', ' '))
        .cell(">", (part, _) -> Wording.count(part.count()))
        .cell("", SessionInquiry::detail)
        .heading(
            wording ->
                "Session "
                    + wording.name(id)
                    + (story == null ? "" : ", story " + wording.name(story))
                    + ": "
                    + size
                    + ", "
                    + time
                    + "; "
                    + Units.agoInWords(last.micros(), selection.now()),
            wording -> "Session " + wording.name(id) + ": " + size + ", " + time)
        .hint(reader -> "Its events: " + reader.events("session", id))
        .total("session", id)
        .total("session_events", (long) events.size())
        .total("session_first", Timestamps.text(first.micros()))
        .total("session_last", Timestamps.text(last.micros()))
        .total("session_time_ms", session.time().total())
        .total("session_waiting_ms", session.time().waiting())
        .total("session_split_unknown", session.time().unsplit())
        .total("session_tool_calls", session.tools().calls())
        .total("session_errors", session.failures().errors())
        .total("session_model_calls", session.models().use().calls())
        .total("session_tokens_used", session.models().tokens())
        .total("session_cost_usd", session.models().use().cost())
        .total("session_unpriced_calls", session.models().use().unpriced());
  }

  private static String time(long first, long last, Dates dates) {
    boolean oneDay = dates.isSameDay(first, last) && dates.minute(last).length() > 10;
    return dates.minute(first)
        + " to "
        + dates.minute(last).substring(oneDay ? 11 : 0)
        + ' '
        + dates.name()
        + " ("
        + Units.duration((last - first) / 1000.0)
        + ')';
  }

  private static List<Part> parts(SessionSummary session, Dates dates) {
    List<Part> parts = new ArrayList<>();
    SessionSummary.Prompts prompts = session.prompts();
    if (prompts.count() > 0) {
      parts.add(new Part("prompts", prompts.count(), quoted(prompts.first())));
    }
    SessionSummary.ToolUse tools = session.tools();
    if (tools.calls() > 0) {
      String open =
          tools.withoutResult() == 0 ? "" : "; " + tools.withoutResult() + " without result";
      parts.add(new Part("tool_calls", tools.calls(), tools.tools().top(NAMED) + open));
    }
    SessionSummary.Failures failures = session.failures();
    parts.add(new Part("errors", failures.errors(), failures.classes().top(NAMED)));
    if (failures.lastMessage() != null) {
      parts.add(new Part("last_error", null, quoted(failures.lastMessage())));
    }
    SessionSummary.ModelCalls models = session.models();
    if (models.use().calls() > 0) {
      String cost = models.use().words();
      String used = Units.tokens(models.tokens()) + " tokens, cost " + cost;
      parts.add(
          new Part("model_calls", models.use().calls(), used + "; " + models.models().top(NAMED)));
    }
    if (session.stopped() > 0) {
      parts.add(new Part("stopped_by_a_person", session.stopped(), "rejections and interruptions"));
    }
    if (session.clarifications() > 0) {
      parts.add(new Part("clarifications", session.clarifications(), null));
    }
    if (session.agents().size() > 1) {
      parts.add(new Part("agents", (long) session.agents().size(), session.agents().top(NAMED)));
    }
    if (tools.files() > 0) {
      String changed = tools.changed().top(NAMED);
      parts.add(
          new Part(
              "files", tools.files(), changed == null ? "none changed" : "changed " + changed));
    }
    if (session.time().timed() > 0) {
      parts.add(new Part("time", null, session.time().words()));
    }
    Event slowest = session.slowest();
    if (slowest != null) {
      String took = Units.duration(SessionSummary.millis(slowest));
      parts.add(new Part("slowest", null, SessionSummary.name(slowest) + ' ' + took));
    }
    SessionSummary.Pause pause = session.pause();
    if (pause.length() > 0) {
      String end = dates.minuteInZone(pause.end());
      parts.add(
          new Part(
              "longest_pause", null, Units.duration(pause.length() / 1000.0) + " until " + end));
    }
    Double peak = session.peakContext();
    if (session.compactions() > 0 || peak != null) {
      String percent = peak == null ? "unknown" : Units.percent(Math.round(peak));
      parts.add(new Part("compactions", session.compactions(), "peak context " + percent));
    }
    boolean failed = Boolean.FALSE.equals(session.last().flag(Field.SUCCESS));
    parts.add(
        new Part(
            "ended_with", null, SessionSummary.name(session.last()) + (failed ? ", failed" : "")));
    return parts;
  }

  private static @Nullable String quoted(@Nullable String text) {
    return text == null ? null : '"' + text + '"';
  }
}
