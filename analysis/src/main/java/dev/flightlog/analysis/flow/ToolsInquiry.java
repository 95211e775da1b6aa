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
import dev.flightlog.analysis.errors.Rejections;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;

/** Which tools are called, how often they fail, how long they take. */
public final class ToolsInquiry implements Inquiry<Group> {
  public static final Question QUESTION =
      new Question(
              "tools",
              "Which tools are called, how often they fail, how long they take",
              "One row a tool, the most called first. A call failed when success is false, unless a"
                  + " person refused it (error_type rejected): such calls are counted apart. The share"
                  + " is failed calls over calls whose result is known.",
              List.of(),
              200,
              new ToolsInquiry())
          .usedFor("tool reliability");

  private static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          Measures.RESULTS,
          Measures.FAILED,
          Measures.REJECTED,
          Measures.AVERAGE,
          Measures.P95,
          Measures.TIME,
          Measures.TIMED,
          Measures.WAITING,
          Measures.SPLIT,
          Measures.LAST);

  @Override
  public List<Column<Group>> columns() {
    return List.of(
        Column.text("tool", "the tool; null for calls that name none", g -> g.text(Events.BY_TOOL)),
        Column.whole("calls", "all calls", g -> g.count(Measures.EVENTS)),
        Column.whole("results", "calls whose result is known", g -> g.count(Measures.RESULTS)),
        Column.whole(
            "failed", "calls that failed, refused ones left out", g -> g.count(Measures.FAILED)),
        Column.real(
            "share",
            "failed / results, 0 to 1; null without results",
            g -> g.ratio(Measures.FAILED, Measures.RESULTS)),
        Column.whole("rejected", "calls that a person refused", g -> g.count(Measures.REJECTED)),
        Column.real(
            "avg_ms",
            "average in milliseconds; null when none is timed",
            g -> g.real(Measures.AVERAGE)),
        Column.real(
            "p95_ms", "95 of 100 took no longer, in milliseconds", g -> g.real(Measures.P95)),
        Column.whole("total_ms", "sum of durations in milliseconds", g -> g.whole(Measures.TIME)),
        Column.whole(
            "waiting_ms",
            "of it waiting for a person, as far as known",
            g -> g.whole(Measures.WAITING)),
        Column.whole(
            "split_unknown",
            "timed calls of which it is not known how much was waiting",
            g -> g.count(Measures.TIMED) - g.count(Measures.SPLIT)),
        Column.time("last_seen", "the newest call", g -> g.whole(Measures.LAST)));
  }

  @Override
  public Result<Group> ask(Selection selection) {
    List<Group> tools =
        new ArrayList<>(selection.group(Events.TOOL_CALLS, List.of(Events.BY_TOOL), MEASURES));
    tools.sort(Order.comparingLong((Group g) -> g.count(Measures.EVENTS)).reversed());
    Result<Group> result =
        new Result<Group>()
            .rows(tools)
            .cell("tool", (g, wording) -> wording.name(g.text(Events.BY_TOOL), "(no tool)"))
            .cell(">calls", (g, wording) -> Units.count(g.count(Measures.EVENTS)))
            .cell(">failed", (g, wording) -> Units.count(g.count(Measures.FAILED)))
            .cell(
                ">share", (g, wording) -> Wording.share(g.ratio(Measures.FAILED, Measures.RESULTS)))
            .cell(">avg", (g, wording) -> Wording.duration(g.real(Measures.AVERAGE)))
            .cell(">p95", (g, wording) -> Wording.duration(g.real(Measures.P95)))
            .cell(">waiting", (g, wording) -> Wording.duration(g.whole(Measures.WAITING)));
    Rejections rejections = new Rejections();
    long calls = 0;
    long failed = 0;
    long results = 0;
    for (Group tool : tools) {
      calls += tool.count(Measures.EVENTS);
      results += tool.count(Measures.RESULTS);
      failed += tool.count(Measures.FAILED);
      rejections.add(tool.text(Events.BY_TOOL), tool.count(Measures.REJECTED));
    }
    rejections.tell(result);
    if (failed > 0) {
      result.hint(reader -> "Why they fail: " + reader.ask("errors"));
    }
    String all =
        calls == 0
            ? "no tool calls"
            : Units.count(calls, "call") + ", " + Units.count(failed) + " failed";
    return result
        .heading(
            wording ->
                "Tools, "
                    + selection.window(wording)
                    + ": "
                    + Units.count(tools.size())
                    + " tools, "
                    + all
                    + selection.inSessions()
                    + "; "
                    + selection.newest(),
            wording -> "Tools, " + selection.window(wording) + ": " + all)
        .total("tools", (long) tools.size())
        .total("tool_calls", calls)
        .total("results", results)
        .total("failed", failed);
  }
}
