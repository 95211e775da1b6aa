package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.errors.Rejections;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which tools are called, how often they fail, how long they take. */
public final class ToolsInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "tools",
          "Which tools are called, how often they fail, how long they take",
          "One row a tool, the most called first. A call failed when success is false, unless a"
              + " person refused it (error_type rejected): such calls are counted apart. The share"
              + " is failed calls over calls whose result is known.",
          List.of(),
          200,
          new ToolsInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("tool", "the tool; null for calls that name none"),
          Column.whole("calls", "all calls"),
          Column.whole("results", "calls whose result is known"),
          Column.whole("failed", "calls that failed, refused ones left out"),
          Column.real("share", "failed / results, 0 to 1; null without results"),
          Column.whole("rejected", "calls that a person refused"),
          Column.real("avg_ms", "average in milliseconds; null when none is timed"),
          Column.real("p95_ms", "95 of 100 took no longer, in milliseconds"),
          Column.whole("total_ms", "sum of durations in milliseconds"),
          Column.time("last_seen", "the newest call"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      wording.name(row[0], "(no tool)"),
      Wording.count(row[1]),
      Wording.count(row[3]),
      Wording.share(row[4]),
      Wording.duration(row[6]),
      Wording.duration(row[7])
    };
  }

  @Override
  public Findings ask(Scope scope) {
    List<Row> tools =
        new ArrayList<>(
            scope.group(
                Scope.TOOL_CALLS,
                List.of(new Dimension.ByAttribute(Scope.TOOL)),
                List.of(
                    Measure.count(),
                    Measure.count(Scope.RESULTS),
                    Measure.count(Scope.FAILED_TOOL_CALLS),
                    Measure.count(Scope.REJECTED),
                    Measure.average(Scope.DURATION),
                    Measure.percentile(Scope.DURATION, 0.95),
                    Measure.sum(Scope.DURATION),
                    Measure.last())));
    tools.sort(Comparator.comparingLong((Row row) -> row.whole(0)).reversed());
    Findings findings =
        new Findings()
            .heads(wording -> List.of("tool", ">calls", ">failed", ">share", ">avg", ">p95"));
    Rejections rejections = new Rejections();
    long calls = 0;
    long failed = 0;
    long results = 0;
    for (Row row : tools) {
      calls += row.whole(0);
      results += row.whole(1);
      failed += row.whole(2);
      rejections.add(row.text(0), row.whole(3));
      findings.row(
          row.text(0),
          row.whole(0),
          row.whole(1),
          row.whole(2),
          Wording.ratio(row.whole(2), row.whole(1)),
          row.whole(3),
          row.values().get(4),
          row.values().get(5),
          row.values().get(6),
          row.values().get(7));
    }
    rejections.tell(findings);
    String all =
        calls == 0
            ? "no tool calls"
            : Units.count(calls, "call") + ", " + Units.count(failed) + " failed";
    return findings
        .heading(
            wording ->
                "Tools, "
                    + scope.window(wording)
                    + ": "
                    + Units.count(tools.size())
                    + " tools, "
                    + all
                    + scope.inSessions()
                    + "; "
                    + scope.newest(),
            wording -> "Tools, " + scope.window(wording) + ": " + all)
        .hint(failed == 0 ? "" : "Why they fail: flightlog ask errors")
        .total("tools", (long) tools.size())
        .total("tool_calls", calls)
        .total("results", results)
        .total("failed", failed);
  }
}
