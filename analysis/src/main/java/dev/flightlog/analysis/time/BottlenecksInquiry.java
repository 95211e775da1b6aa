package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Choice;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Slowdowns.Effect;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the time goes, and what takes longer than in the weeks before. */
public final class BottlenecksInquiry implements Inquiry<BottlenecksInquiry.Spent> {
  private static final Choice BY =
      new Choice("bottlenecks", List.of("step", "agent", "type", "stage"));

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
                  + " a tool that runs a subagent holds its subagent's time. Waiting for a person is taken out where it is known: hooks"
                  + " and telemetry tell it exactly, of transcripts it is what rules can tell (consent, plans,"
                  + " questions, times above a tool's own limit); split_unknown counts the runs of which it is"
                  + " not known, so that their time may hold some.",
              List.of(BY.argument("BY", "step")),
              100,
              new BottlenecksInquiry())
          .usedFor("why is it slow");

  private static final Dimension BY_STAGE = Dimension.detail("stage");

  private static final List<Measure> MEASURES =
      List.of(
          Measures.TIME,
          Measures.TIMED,
          Measures.AVERAGE,
          Measures.P95,
          Measures.LONGEST,
          Measures.WAITING,
          Measures.SPLIT);

  /** What the time was spent on; what is not told apart is null. */
  record What(
      @Nullable String agent,
      @Nullable String type,
      @Nullable String tool,
      @Nullable String stage) {
    String words(Wording wording) {
      StringBuilder out = new StringBuilder();
      if (stage != null) {
        out.append(wording.name(stage));
      } else if (EventTypes.TOOL_CALL.equals(type)) {
        out.append(wording.name(tool, "(no tool)"));
      } else if (type != null) {
        out.append(wording.name(type));
      }
      if (agent != null || out.isEmpty()) {
        out.insert(0, wording.name(agent, "(no agent)") + (out.isEmpty() ? "" : " at "));
      }
      return out.toString();
    }
  }

  /** A row: something that has become slower, or where the time goes. */
  public sealed interface Spent {
    What what();
  }

  /** It takes so many times as long as before. */
  record Slower(What what, long runs, double average, double factor, long since) implements Spent {}

  /** So much time of all. */
  record Share(What what, Group time, TimeSplit split, long total) implements Spent {
    @Nullable Double share() {
      return total <= 0 ? null : Wording.ratio(split.running(), total);
    }
  }

  @Override
  public List<Column<Spent>> columns() {
    return List.of(
        Column.text("kind", "slower or time", s -> s instanceof Slower ? "slower" : "time"),
        Column.text(
            "agent", "the agent; null where it is about all, or about none", s -> s.what().agent()),
        Column.text(
            "event_type",
            "tool_call or another type; null where it is about all",
            s -> s.what().type()),
        Column.text("tool", "the tool; null for what is no tool call", s -> s.what().tool()),
        Column.text("stage", "of webhooks; null for all else", s -> s.what().stage()),
        Column.real(
            "share",
            "running_ms over that of all, 0 to 1; null for slower",
            s -> s instanceof Share share ? share.share() : null),
        Column.whole(
            "total_ms",
            "sum of durations in milliseconds; null for slower",
            s -> s instanceof Share share ? share.time().whole(Measures.TIME) : null),
        Column.whole(
            "running_ms",
            "total_ms without waiting for a person, at most; null for slower",
            s -> s instanceof Share share ? (Long) share.split().running() : null),
        Column.whole(
            "waiting_ms",
            "in which a person was waited for, as far as known; null for slower",
            s -> s instanceof Share share ? (Long) share.split().waiting() : null),
        Column.whole(
            "split_unknown",
            "runs of which it is not known how much was waiting; null for slower",
            s -> s instanceof Share share ? (Long) share.split().unsplit() : null),
        Column.whole(
            "timed",
            "events with a duration; for slower since then",
            s ->
                switch (s) {
                  case Slower slower -> slower.runs();
                  case Share share -> share.time().count(Measures.TIMED);
                }),
        Column.real(
            "avg_ms",
            "average in milliseconds; for slower since then",
            s ->
                switch (s) {
                  case Slower slower -> slower.average();
                  case Share share -> share.time().real(Measures.AVERAGE);
                }),
        Column.real(
            "p95_ms",
            "95 of 100 took no longer; null for slower",
            s -> s instanceof Share share ? share.time().real(Measures.P95) : null),
        Column.whole(
            "max_ms",
            "the slowest in milliseconds; null for slower",
            s -> s instanceof Share share ? share.time().whole(Measures.LONGEST) : null),
        Column.real(
            "factor",
            "times as long as before, mix of work aside; null for time",
            s -> s instanceof Slower slower ? (Double) slower.factor() : null),
        Column.time(
            "since",
            "the day of the change; null for time",
            s -> s instanceof Slower slower ? (Long) slower.since() : null));
  }

  /** A row in words, as other questions quote it. */
  public static String words(Spent row, Wording wording) {
    return amount(row)
        + ' '
        + row.what().words(wording)
        + ' '
        + when(row, wording)
        + ' '
        + runs(row);
  }

  private static String amount(Spent row) {
    return row instanceof Slower slower
        ? Units.decimal(slower.factor(), slower.factor() < 9.95 ? 1 : 0) + 'x'
        : row instanceof Share share ? Wording.share(share.share()) : "-";
  }

  private static String when(Spent row, Wording wording) {
    return row instanceof Slower slower
        ? "since " + wording.date(slower.since())
        : row instanceof Share share ? Wording.duration(share.split().running()) : "-";
  }

  private static String runs(Spent row) {
    if (row instanceof Slower slower) {
      return Units.duration(slower.average() / slower.factor())
          + " -> "
          + Units.duration(slower.average());
    }
    return row instanceof Share share
        ? "p95 "
            + Wording.duration(share.time().real(Measures.P95))
            + ", "
            + Units.count(share.time().count(Measures.TIMED), "run")
            + (share.split().waiting() > 0
                ? ", " + Units.duration(share.split().waiting()) + " waiting"
                : "")
        : "-";
  }

  @Override
  public Result<Spent> ask(Selection selection) {
    String by = BY.of(selection.call());
    boolean stages = by.equals("stage");
    List<Dimension> dimensions =
        switch (by) {
          case "agent" -> List.of(Events.BY_AGENT);
          case "type" -> List.of(Events.BY_TYPE);
          case "stage" -> List.of(BY_STAGE);
          default -> List.of(Events.BY_TYPE, Events.BY_TOOL);
        };
    Filter of = stages ? Filter.is(Field.EVENT_TYPE, EventTypes.WEBHOOK_STAGE) : Events.WORK;
    List<Group> timed = new ArrayList<>(selection.group(of, dimensions, MEASURES));
    timed.removeIf(group -> group.whole(Measures.TIME) == null);
    timed.sort(Order.comparingLong((Group g) -> TimeSplit.of(g).running()).reversed());
    TimeSplit whole = new TimeSplit(0, 0, 0, 0);
    for (Group group : timed) {
      whole = whole.plus(TimeSplit.of(group));
    }
    long total = whole.total();
    Result<Spent> result =
        new Result<Spent>()
            .cell(">", (row, _) -> amount(row))
            .cell("", (row, wording) -> row.what().words(wording))
            .cell(">", BottlenecksInquiry::when)
            .cell("", (row, _) -> runs(row));
    List<Effect> slower = timed.isEmpty() ? List.of() : StepTimes.slower(selection);
    for (Effect effect : slower) {
      result.row(slower(selection, effect));
    }
    for (Group group : timed) {
      result.row(new Share(what(by, group), group, TimeSplit.of(group), whole.running()));
    }
    Measure time = Measures.TIME;
    Group failed = selection.measure(Events.FAILED_TOOL_CALLS, time);
    String all = timed.isEmpty() ? "no event has a duration" : whole.words();
    String worse =
        slower.isEmpty() ? "" : ", " + Units.count(slower.size()) + " slower than before";
    Double wasted = Wording.ratio(failed.count(time), total);
    if (failed.count(time) > 0 && wasted != null) {
      result.hint(_ -> "In calls that failed: " + Units.share(wasted) + " of it");
    }
    if (!timed.isEmpty()) {
      result.hint(reader ->
          "By agent: "
              + reader.ask("bottlenecks", "BY", "agent")
              + "; see "
              + reader.ask("context"));
    }
    return result
        .heading(
            wording ->
                "Time, "
                    + selection.window(wording)
                    + ": "
                    + all
                    + worse
                    + "; "
                    + selection.newestShort(),
            wording -> "Time, " + selection.window(wording) + ": " + all)
        .total("by", by)
        .total("total_ms", timed.isEmpty() ? null : (Long) total)
        .total("running_ms", timed.isEmpty() ? null : (Long) whole.running())
        .total("waiting_ms", timed.isEmpty() ? null : (Long) whole.waiting())
        .total("split_unknown", whole.unsplit())
        .total("failed_calls_ms", failed.whole(time))
        .total("slower", (long) slower.size());
  }

  private static Slower slower(Selection selection, Effect effect) {
    String step = effect.step();
    What what =
        step == null
            ? new What(effect.agent(), null, null, null)
            : new What(
                effect.agent(), StepTimes.type(step), StepTimes.tool(step), StepTimes.stage(step));
    return new Slower(
        what,
        Math.round(effect.runs()),
        effect.after(),
        effect.factor(),
        StepTimes.day(selection, effect.day()));
  }

  private static What what(String by, Group group) {
    return switch (by) {
      case "agent" -> new What(group.text(Events.BY_AGENT), null, null, null);
      case "type" -> new What(null, group.text(Events.BY_TYPE), null, null);
      case "stage" -> {
        String stage = group.text(BY_STAGE);
        yield new What(null, null, null, stage == null ? "(no stage)" : stage);
      }
      default -> new What(null, group.text(Events.BY_TYPE), group.text(Events.BY_TOOL), null);
    };
  }
}
