package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did how much, how fast, and with how many errors. */
public final class AgentsInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "agents",
          "Who did how much, how fast, with how many errors",
          "One row an agent, the busiest first; events of no agent are one row. Errors are counted"
              + " as in 'errors'; their share is failed tool calls over tool calls whose result is"
              + " known. Average and p95 are over all events with a duration, but for those that"
              + " hold the time of others (agent_finished, task_outcome, turn_duration).",
          List.of(),
          300,
          new AgentsInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("agent", "agent_name; null for events of no agent"),
          Column.whole("events", "all events"),
          Column.whole("tool_calls", "tool calls"),
          Column.whole("errors", "errors as in the question errors"),
          Column.whole("failed_tool_calls", "tool calls that failed, refused ones left out"),
          Column.real("share", "failed_tool_calls / tool calls with a result, 0 to 1"),
          Column.whole("rejected", "tool calls that a person refused"),
          Column.real("avg_ms", "average duration in milliseconds"),
          Column.real("p95_ms", "95 of 100 took no longer, in milliseconds"),
          Column.whole("tokens_used", "tokens; null when no event tells"),
          Column.whole("clarifications", "human_clarification_needed events"),
          Column.time("last_seen", "the newest event"));

  private static final List<Measure> MEASURES =
      List.of(
          Measure.count(),
          Measure.count(Scope.TOOL_CALLS),
          Measure.count(Scope.ERRORS),
          Measure.count(Scope.FAILED_TOOL_CALLS),
          Measure.count(Scope.RESULTS),
          Measure.count(Scope.REJECTED),
          Measure.average(Scope.DURATION).where(Scope.WORK),
          Measure.percentile(Scope.DURATION, 0.95).where(Scope.WORK),
          Measure.sum(Scope.TOKENS),
          Measure.count(Filter.is(Field.EVENT_TYPE, EventTypes.HUMAN_CLARIFICATION_NEEDED)),
          Measure.last());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      wording.name(row[0], "(no agent)"),
      Wording.count(row[1]),
      Wording.count(row[3]),
      Wording.share(row[5]),
      Wording.duration(row[7]),
      Wording.duration(row[8]),
      Wording.tokens(row[9]),
      wording.seen(row[11])
    };
  }

  @Override
  public Findings ask(Scope scope) {
    List<Row> groups =
        new ArrayList<>(
            scope.group(Filter.EVERYTHING, List.of(Dimension.of(Field.AGENT_NAME)), MEASURES));
    groups.sort(Comparator.comparingLong((Row row) -> row.whole(0)).reversed());
    Findings findings =
        new Findings()
            .heads(wording ->
                List.of(
                    "agent",
                    ">events",
                    ">errors",
                    ">of calls",
                    ">avg",
                    ">p95",
                    ">tokens",
                    "last seen"));
    int named = 0;
    for (Row row : groups) {
      named += row.text(0) == null ? 0 : 1;
      findings.row(
          row.text(0),
          row.whole(0),
          row.whole(1),
          row.whole(2),
          row.whole(3),
          Wording.ratio(row.whole(3), row.whole(4)),
          row.whole(5),
          row.values().get(6),
          row.values().get(7),
          row.values().get(8),
          row.whole(9),
          row.values().get(10));
    }
    String found = named == 0 ? "none is named" : Units.count(named) + " named";
    String events = " in " + Units.count(scope.events(), "event") + scope.inSessions();
    return findings
        .heading(
            wording ->
                "Agents, " + scope.window(wording) + ": " + found + events + "; " + scope.newest(),
            wording -> "Agents, " + scope.window(wording) + ": " + found)
        .hint("One of them: flightlog ask errors --agent NAME")
        .total("agents", (long) named);
  }
}
