package dev.flightlog.analysis.runs;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.ask.Choice;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs of experiments: which succeed, what their steps take, which steps cannot be relied on. */
public final class RunsInquiry implements Inquiry<RunLine> {
  private static final Choice BY = new Choice("runs", List.of("framework", "step", "run"));

  public static final Question QUESTION =
      new Question(
              "runs",
              "Runs of experiments by framework, step or run: success, time, tokens, retries, flaky steps",
              "From the events that the logs of runs leave (run_id, step). Without BY one row a framework; 'step': one a step"
                  + " over all runs of its framework; 'run': one a run, the last begun first; with RUN the steps of that run. A step failed when"
                  + " its last end says so; a run when it or one of its steps did. What has no end is 'running', or 'incomplete' when it"
                  + " was silent for a day. A step is flaky when it failed in some runs of its framework and succeeded in others: such steps come"
                  + " first, then those that fail. The share is of those that ended. Time is the sum over those that ended, of a run from its start to its end;"
                  + " errors and warnings are entries of that level.",
              List.of(
                  BY.argument("BY", "step"),
                  new Argument(
                      "RUN", false, "only this run: its id, or framework/id", "agents/run-2")),
              300,
              new RunsInquiry())
          .usedFor("experiments");

  @Override
  public List<Column<RunLine>> columns() {
    return List.of(
        Column.text("by", "framework, step or run", RunLine::by),
        Column.text("framework", "empty when no event names it", RunLine::framework),
        Column.text("run", "its id; null for a row about several", RunLine::run),
        Column.whole("step", "its number; null for a row about whole runs", RunLine::step),
        Column.text(
            "model", "the one that the runs told; null when none or several", RunLine::model),
        Column.text(
            "status",
            "succeeded, failed, running or incomplete; null for a row about several",
            line -> line.state() == null ? null : line.state().word()),
        Column.whole("runs", "how many runs are in the row", RunLine::runs),
        Column.whole("succeeded", "of them", RunLine::succeeded),
        Column.whole("failed", "of them", RunLine::failed),
        Column.whole("open", "of them, running or incomplete", RunLine::open),
        Column.real(
            "share", "succeeded / (succeeded + failed), 0 to 1; null without", RunLine::share),
        Column.text(
            "flaky",
            "yes for a step that fails in some runs and succeeds in others",
            line -> line.flaky() ? "yes" : "no"),
        Column.whole("steps", "different steps", RunLine::steps),
        Column.time("started", "the first beginning", RunLine::started),
        Column.time("ended", "null before the end, or for several", RunLine::ended),
        Column.time("last", "the newest event", RunLine::last),
        Column.whole("duration_ms", "sum over those that ended", RunLine::millis),
        Column.real("avg_ms", "the same on average; null when none ended", RunLine::average),
        Column.whole("retries", "what was tried again", RunLine::retries),
        Column.whole("errors", "entries that tell an error", RunLine::errors),
        Column.whole("warnings", "entries that warn", RunLine::warnings),
        Column.whole("model_calls", "requests to models", line -> line.use().calls()),
        Column.whole("input_tokens", "cached input left out", line -> line.use().input()),
        Column.whole("output_tokens", "null when no call tells", line -> line.use().output()),
        Column.whole("tokens_used", "of all kinds", line -> line.use().tokens()),
        Column.real("cost_usd", "known costs; null without", line -> line.use().cost()),
        Column.whole("unpriced_calls", "calls of unknown price", line -> line.use().unpriced()));
  }

  @Override
  public Result<RunLine> ask(Selection selection) {
    String by = BY.of(selection.call());
    List<String> given = selection.call().arguments();
    String only = given.size() < 2 || given.get(1).isBlank() ? null : given.get(1).strip();
    List<RunFigures> runs = RunReading.of(selection, only);
    if (only != null && runs.isEmpty()) {
      refuse(only, selection);
    }
    List<RunLine> lines =
        only != null && by.equals("step")
            ? RunLine.stepsOf(runs)
            : switch (by) {
              case "run" -> RunLine.ofRuns(runs);
              case "step" -> RunLine.ofSteps(runs);
              default -> RunLine.ofFrameworks(runs);
            };
    Result<RunLine> result = cells(new Result<RunLine>().rows(lines), by, only);
    List<RunLine> flaky = RunLine.ofSteps(runs).stream().filter(RunLine::flaky).toList();
    if (!flaky.isEmpty() && !by.equals("step")) {
      RunLine first = flaky.getFirst();
      result.note(
          Units.count(flaky.size(), "flaky step")
              + ", such as step "
              + first.step()
              + " of "
              + Wording.UNBOUNDED.name(shortened(first.framework()), "(no framework)")
              + ": failed in "
              + first.failed()
              + " of "
              + first.runs()
              + " runs");
    }
    String found = found(runs);
    return result
        .heading(
            wording -> "Runs, " + selection.window(wording) + ": " + found,
            wording -> "Runs: " + found)
        .hint(reader ->
            runs.isEmpty()
                ? null
                : by.equals("step")
                    ? "Run by run: " + reader.ask("runs", "BY", "run")
                    : "Step by step: " + reader.ask("runs", "BY", "step"))
        .total("runs", (long) runs.size())
        .total("succeeded", count(runs, RunState.SUCCEEDED))
        .total("failed", count(runs, RunState.FAILED))
        .total("running", count(runs, RunState.RUNNING))
        .total("incomplete", count(runs, RunState.INCOMPLETE))
        .total("flaky_steps", (long) flaky.size());
  }

  private static String shortened(String name) {
    return name.length() <= 40 ? name : name.substring(0, 39) + "…";
  }

  /** Where there are runs, but none of this name; where there are none, that is the answer. */
  private static void refuse(String only, Selection selection) {
    List<String> known =
        RunReading.of(selection, null).stream().limit(1_000).map(run -> run.name().text()).toList();
    if (known.isEmpty()) {
      return;
    }
    List<String> near = Nearest.to(only, known, 3);
    List<String> shown = near.isEmpty() ? known.subList(0, Math.min(3, known.size())) : near;
    Wording wording = new Wording(selection.now(), Wording.ROOMY, selection.dates());
    throw new NotFoundException(
        "there is no run '"
            + wording.name(only)
            + "' here; there are: "
            + String.join(", ", shown.stream().map(wording::name).toList()));
  }

  private static Result<RunLine> cells(Result<RunLine> result, String by, @Nullable String only) {
    if (by.equals("run")) {
      result.cell("run", (line, wording) -> wording.name(line.run()));
    }
    if (only == null || !by.equals("step")) {
      result.cell("framework", (line, wording) -> name(line, wording));
    }
    if (by.equals("step")) {
      result.cell(">step", (line, _) -> String.valueOf(line.step()));
    }
    if (by.equals("run") || only != null && by.equals("step")) {
      result.cell("status", (line, _) -> line.state() == null ? "-" : line.state().word());
    } else {
      result
          .cell(">runs", (line, _) -> Units.count(line.runs()))
          .cell(">failed", (line, _) -> line.failed() == 0 ? "-" : Units.count(line.failed()))
          .cell(">open", (line, _) -> line.open() == 0 ? "-" : Units.count(line.open()))
          .cell("", (line, _) -> line.flaky() ? "flaky" : "-");
    }
    if (by.equals("run")) {
      result.cell("started", (line, wording) -> wording.seen(line.started()));
    }
    return result
        .cell(">avg time", (line, _) -> Wording.duration(line.average()))
        .cell(">retries", (line, _) -> line.retries() == 0 ? "-" : Units.count(line.retries()))
        .cell(">errors", (line, _) -> line.errors() == 0 ? "-" : Units.count(line.errors()))
        .cell(">tokens", (line, _) -> Wording.tokens(line.use().tokens()))
        .cell(">cost", (line, _) -> line.use().calls() == 0 ? "-" : line.use().words());
  }

  private static String name(RunLine line, Wording wording) {
    return wording.name(line.framework().isEmpty() ? null : line.framework(), "(no framework)");
  }

  private static String found(List<RunFigures> runs) {
    if (runs.isEmpty()) {
      return "no event is of a run";
    }
    long frameworks = runs.stream().map(run -> run.name().framework()).distinct().count();
    StringBuilder out = new StringBuilder(Units.count(runs.size(), "run"));
    out.append(" of ").append(Units.count(frameworks, "framework"));
    for (RunState state :
        List.of(RunState.SUCCEEDED, RunState.FAILED, RunState.RUNNING, RunState.INCOMPLETE)) {
      long count = count(runs, state);
      out.append(count == 0 ? "" : ", " + Units.count(count) + " " + state.word());
    }
    return out.toString();
  }

  private static long count(List<RunFigures> runs, RunState state) {
    return runs.stream().filter(run -> run.state() == state).count();
  }
}
