package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Who did how much, how fast, and with how many errors. */
public final class AgentsInquiry implements Inquiry<Group> {
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
              new AgentsInquiry())
          .usedFor("which agent is best or worst");

  private static final Measure AVERAGE = Measures.AVERAGE.where(Events.WORK);
  private static final Measure P95 = Measures.P95.where(Events.WORK);

  private static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          Measures.TOOL_CALLS,
          Measures.ERRORS,
          Measures.FAILED,
          Measures.RESULTS,
          Measures.REJECTED,
          AVERAGE,
          P95,
          Measures.TOKENS,
          Measures.CLARIFICATIONS,
          Measures.LAST);

  @Override
  public List<Column<Group>> columns() {
    return List.of(
        Column.text(
            "agent", "agent_name; null for events of no agent", g -> g.text(Events.BY_AGENT)),
        Column.whole("events", "all events", g -> g.count(Measures.EVENTS)),
        Column.whole("tool_calls", "tool calls", g -> g.count(Measures.TOOL_CALLS)),
        Column.whole("errors", "errors as in the question errors", g -> g.count(Measures.ERRORS)),
        Column.whole(
            "failed_tool_calls",
            "tool calls that failed, refused ones left out",
            g -> g.count(Measures.FAILED)),
        Column.real(
            "share",
            "failed_tool_calls / tool calls with a result, 0 to 1",
            g -> g.ratio(Measures.FAILED, Measures.RESULTS)),
        Column.whole(
            "rejected", "tool calls that a person refused", g -> g.count(Measures.REJECTED)),
        Column.real("avg_ms", "average duration in milliseconds", g -> g.real(AVERAGE)),
        Column.real("p95_ms", "95 of 100 took no longer, in milliseconds", g -> g.real(P95)),
        Column.whole(
            "tokens_used", "tokens; null when no event tells", g -> g.whole(Measures.TOKENS)),
        Column.whole(
            "clarifications",
            "human_clarification_needed events",
            g -> g.count(Measures.CLARIFICATIONS)),
        Column.time("last_seen", "the newest event", g -> g.whole(Measures.LAST)));
  }

  @Override
  public Result<Group> ask(Selection selection) {
    List<Group> agents =
        new ArrayList<>(selection.group(Filter.EVERYTHING, List.of(Events.BY_AGENT), MEASURES));
    agents.sort(Order.comparingLong((Group g) -> g.count(Measures.EVENTS)).reversed());
    long named = agents.stream().filter(g -> g.text(Events.BY_AGENT) != null).count();
    String found = named == 0 ? "none is named" : Units.count(named) + " named";
    String events = " in " + Units.count(selection.events(), "event") + selection.inSessions();
    return new Result<Group>()
        .rows(agents)
        .cell("agent", (g, wording) -> wording.name(g.text(Events.BY_AGENT), "(no agent)"))
        .cell(">events", (g, wording) -> Units.count(g.count(Measures.EVENTS)))
        .cell(">errors", (g, wording) -> Units.count(g.count(Measures.ERRORS)))
        .cell(
            ">of calls", (g, wording) -> Wording.share(g.ratio(Measures.FAILED, Measures.RESULTS)))
        .cell(">avg", (g, wording) -> Wording.duration(g.real(AVERAGE)))
        .cell(">p95", (g, wording) -> Wording.duration(g.real(P95)))
        .cell(">tokens", (g, wording) -> Wording.tokens(g.whole(Measures.TOKENS)))
        .cell("last seen", (g, wording) -> wording.seen(g.whole(Measures.LAST)))
        .heading(
            wording ->
                "Agents, "
                    + selection.window(wording)
                    + ": "
                    + found
                    + events
                    + "; "
                    + selection.newest(),
            wording -> "Agents, " + selection.window(wording) + ": " + found)
        .hint(reader -> {
          String first =
              agents.stream()
                  .map(g -> g.text(Events.BY_AGENT))
                  .filter(Objects::nonNull)
                  .findFirst()
                  .orElse(null);
          return first == null ? null : "One of them: " + reader.ask("errors", "agent", first);
        })
        .total("agents", named);
  }
}
