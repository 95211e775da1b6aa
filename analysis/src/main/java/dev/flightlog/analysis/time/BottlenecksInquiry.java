package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionException;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Slowdowns.Effect;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the time goes, and what takes longer than in the weeks before. */
public final class BottlenecksInquiry implements Inquiry {
  private static final List<String> BY = List.of("step", "agent", "type", "stage");

  public static final Question QUESTION =
      new Question(
          "bottlenecks",
          "Where the time goes, and what has become slower",
          "First what has become slower within the last eight weeks and still is: an agent at all it"
              + " does, a tool or type of event for all agents, or one of them at the other. Only the"
              + " same agent at the same step is compared, day by day, so that more use of a slow tool"
              + " is no slow-down; named is what is 4.5 standard errors and a tenth above before."
              + " Then all durations are added up, the largest sum first: by tool, and by event type"
              + " for what is no tool call; with BY by agent, type, or stage of webhooks. Events that"
              + " hold the time of others (agent_finished, task_outcome, turn_duration) are left out;"
              + " a tool that runs a subagent holds its subagent's time. A transcript's duration is"
              + " result time minus call time, so it includes waiting for a person's consent.",
          List.of(
              new Argument(
                  "BY", false, "step (a tool, or a type of event), agent, type or stage", "step")),
          100,
          new BottlenecksInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("kind", "slower or time"),
          Column.text("agent", "the agent; null where it is about all, or about none"),
          Column.text("event_type", "tool_call or another type; null where it is about all"),
          Column.text("tool", "the tool; null for what is no tool call"),
          Column.text("stage", "of webhooks; null for all else"),
          Column.real("share", "total_ms over the time of all, 0 to 1; null for slower"),
          Column.whole("total_ms", "sum of durations in milliseconds; null for slower"),
          Column.whole("timed", "events with a duration; for slower since then"),
          Column.real("avg_ms", "average in milliseconds; for slower since then"),
          Column.real("p95_ms", "95 of 100 took no longer; null for slower"),
          Column.whole("max_ms", "the slowest in milliseconds; null for slower"),
          Column.real("factor", "times as long as before, mix of work aside; null for time"),
          Column.time("since", "the day of the change; null for time"));

  private static final int AGENT = 1;
  private static final int TYPE = 2;
  private static final int TOOL = 3;
  private static final int STAGE = 4;

  private static final List<Measure> MEASURES =
      List.of(
          Measure.sum(Scope.DURATION),
          Measure.countOf(Scope.DURATION),
          Measure.average(Scope.DURATION),
          Measure.percentile(Scope.DURATION, 0.95),
          Measure.max(Scope.DURATION));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    if (row[11] instanceof Double factor && row[12] instanceof Long since) {
      double after = row[8] instanceof Double average ? average : 0;
      return new String[] {
        Units.decimal(factor, factor < 9.95 ? 1 : 0) + 'x',
        name(row, wording),
        "since " + wording.date(since),
        Units.duration(after / factor) + " -> " + Units.duration(after)
      };
    }
    return new String[] {
      Wording.share(row[5]),
      name(row, wording),
      Wording.duration(row[6]),
      "p95 " + Wording.duration(row[9]) + ", " + Wording.count(row[7]) + " runs"
    };
  }

  private static String name(@Nullable Object[] row, Wording wording) {
    StringBuilder out = new StringBuilder();
    if (row[STAGE] != null) {
      out.append(wording.name(row[STAGE], ""));
    } else if (EventTypes.TOOL_CALL.equals(row[TYPE])) {
      out.append(wording.name(row[TOOL], "(no tool)"));
    } else if (row[TYPE] != null) {
      out.append(wording.name(row[TYPE], "event"));
    }
    if (row[AGENT] != null || out.isEmpty()) {
      out.insert(0, wording.name(row[AGENT], "(no agent)") + (out.isEmpty() ? "" : " at "));
    }
    return out.toString();
  }

  @Override
  public Findings ask(Scope scope) {
    List<String> arguments = scope.call().arguments();
    String by = arguments.isEmpty() ? "step" : known(arguments.getFirst());
    boolean stages = by.equals("stage");
    List<Dimension> dimensions =
        switch (by) {
          case "agent" -> List.of(Dimension.of(Field.AGENT_NAME));
          case "type" -> List.of(Dimension.of(Field.EVENT_TYPE));
          case "stage" -> List.of(Dimension.detail("stage"));
          default -> List.of(Dimension.of(Field.EVENT_TYPE), new Dimension.ByAttribute(Scope.TOOL));
        };
    Filter of = stages ? Filter.is(Field.EVENT_TYPE, EventTypes.WEBHOOK_STAGE) : Scope.WORK;
    List<Row> timed = new ArrayList<>(scope.group(of, dimensions, MEASURES));
    timed.removeIf(row -> !row.isKnown(0));
    timed.sort(Comparator.comparingLong((Row row) -> row.whole(0)).reversed());
    long total = 0;
    for (Row row : timed) {
      total += row.whole(0);
    }
    Findings findings = new Findings().heads(wording -> List.of(">", "", ">", ""));
    List<Effect> slower = timed.isEmpty() ? List.of() : StepTimes.slower(scope);
    for (Effect effect : slower) {
      String step = effect.step();
      findings.row(
          "slower",
          effect.agent(),
          step == null ? null : StepTimes.type(step),
          step == null ? null : StepTimes.tool(step),
          step == null ? null : StepTimes.stage(step),
          null,
          null,
          Math.round(effect.runs()),
          effect.after(),
          null,
          null,
          effect.factor(),
          StepTimes.day(scope, effect.day()));
    }
    for (Row row : timed) {
      findings.row(
          "time",
          by.equals("agent") ? row.text(0) : null,
          by.equals("step") || by.equals("type") ? row.text(0) : null,
          by.equals("step") ? row.text(1) : null,
          stages ? (row.text(0) == null ? "(no stage)" : row.text(0)) : null,
          total <= 0 ? null : (Double) ((double) row.whole(0) / total),
          row.whole(0),
          row.whole(1),
          row.values().get(2),
          row.values().get(3),
          row.whole(4),
          null,
          null);
    }
    Row failed = scope.measure(Scope.FAILED_TOOL_CALLS, Measure.sum(Scope.DURATION));
    String all = timed.isEmpty() ? "no event has a duration" : Units.duration(total) + " measured";
    String worse =
        slower.isEmpty() ? "" : ", " + Units.count(slower.size()) + " slower than before";
    if (failed.whole(0) > 0 && total > 0) {
      findings.hint(
          "In calls that failed: " + Units.share((double) failed.whole(0) / total) + " of it");
    }
    return findings
        .heading(
            wording ->
                "Time, " + scope.window(wording) + ": " + all + worse + "; " + scope.newestShort(),
            wording -> "Time, " + scope.window(wording) + ": " + all)
        .hint(timed.isEmpty() ? "" : "By agent: flightlog ask bottlenecks agent; see ask context")
        .total("by", by)
        .total("total_ms", timed.isEmpty() ? null : (Long) total)
        .total("failed_calls_ms", failed.values().getFirst())
        .total("slower", (long) slower.size());
  }

  private static String known(String asked) {
    String by = asked.strip().toLowerCase(Locale.ROOT);
    if (BY.contains(by)) {
      return by;
    }
    List<String> nearest = Nearest.to(by, BY, 1);
    throw new QuestionException(
        "'bottlenecks' cannot be told by '"
            + SafeText.shortened(asked, 40)
            + "'; "
            + (nearest.isEmpty() ? "" : "did you mean '" + nearest.getFirst() + "'? ")
            + "There are: "
            + String.join(", ", BY));
  }
}
