package dev.flightlog.dashboard.runs;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.chart.Bar;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.dashboard.pages.SessionsPage;
import dev.flightlog.wording.Units;
import java.util.List;

/** Runs of experiments: by framework, by framework and step, and one by one. Stateless. */
public final class RunsPage {
  private static final int RUNS = 100;

  private RunsPage() {}

  /**
   * The page, from the answers to {@code runs framework}, {@code runs step} and {@code runs run}.
   */
  public static Page of(Answer frameworks, Answer steps, Answer runs, View view) {
    List<AnswerRow> all = AnswerRow.of(runs);
    if (all.isEmpty()) {
      return Page.of(PageName.RUNS, Section.of("runs", "Runs", nothing(view)));
    }
    return Page.of(
        PageName.RUNS,
        Section.of("frameworks", "By framework", frameworks(frameworks, view)),
        Section.of("steps", "Step by step", steps(steps, view)),
        Section.of("runs", "Newest runs", runs(runs, all, view)));
  }

  private static Html nothing(View view) {
    return view.scope().isAll()
        ? Empty.because(
            "No event is of a run. An experiment that logs its runs with FlightRun has a file for"
                + " each step and component, and all of them here:",
            "FlightRun.open(Path.of(\"runs\"), \"my-framework\", \"run-1\")")
        : Empty.narrowed("No run is like that.", PageName.RUNS.link());
  }

  private static Html frameworks(Answer answer, View view) {
    return Html.all(
        Table.of("Frameworks", AnswerRow.of(answer), row -> row.textOrEmpty("framework"))
            .text("Framework", row -> Values.text(row.text("framework")))
            .number("Runs", row -> Values.count(row.whole("runs")))
            .number("Succeeded", "of the runs that ended", RunsPage::share)
            .number("Failed", row -> Values.count(row.whole("failed")))
            .number("Not ended", "running, or killed", row -> Values.count(row.whole("open")))
            .number("Average", "of the runs that ended", row -> Values.duration(row.real("avg_ms")))
            .number("Retries", row -> Values.count(row.whole("retries")))
            .number("Errors", row -> Values.count(row.whole("errors")))
            .number("Tokens", row -> Values.tokens(row.whole("tokens_used")))
            .number("Cost", RunsPage::cost)
            .html(),
        Coverage.of(answer, view, Coverage.csv("runs", view.scope())));
  }

  private static Html share(AnswerRow row) {
    Double share = row.real("share");
    return share == null
        ? Values.unknown()
        : Element.of(Tag.SPAN, Bar.of("of the runs that ended", share), Values.share(share))
            .of("with-bar");
  }

  static Html cost(AnswerRow row) {
    return row.wholeOrZero("model_calls") == 0
        ? Values.unknown()
        : Values.cost(row.real("cost_usd"), row.whole("unpriced_calls"));
  }

  private static Html steps(Answer answer, View view) {
    StepMatrix matrix = StepMatrix.of(AnswerRow.of(answer));
    Table<Long> table =
        Table.of("Steps by framework", matrix.shown(), String::valueOf)
            .text("Step", step -> Html.text(String.valueOf(step)));
    for (String framework : matrix.frameworks()) {
      table =
          table.text(
              framework.isEmpty() ? "no framework" : framework,
              step -> matrix.at(framework, step).map(RunsPage::outcome).orElse(Values.unknown()));
    }
    String left =
        matrix.left() == 0
            ? ""
            : Units.count(matrix.left(), "step") + " not shown; those that fail in some runs are. ";
    return Html.all(
        Element.of(Tag.DIV, table.html()).of("steps"),
        Element.of(
                Tag.P,
                Html.text(
                    left
                        + "In each: runs that succeeded of those that ended, average time, tokens and cost"
                        + " over all runs. "),
                Element.link(
                    view.to("/api/ask/runs").with("by", "step").with("format", "csv"), "CSV"))
            .of("coverage"));
  }

  private static Html outcome(AnswerRow row) {
    long succeeded = row.wholeOrZero("succeeded");
    long ended = succeeded + row.wholeOrZero("failed");
    boolean flaky = "yes".equals(row.text("flaky"));
    String words = ended == 0 ? "not ended" : succeeded + " of " + ended;
    String tone = ended == 0 ? "wait" : flaky ? "wait" : succeeded == ended ? "good" : "fail";
    Element state = Element.of(Tag.SPAN, flaky ? words + ", flaky" : words).of("state").of(tone);
    return Element.of(
            Tag.SPAN,
            state,
            Element.of(
                Tag.SMALL,
                Values.duration(row.real("avg_ms")),
                Html.text(" · "),
                Values.tokens(row.whole("tokens_used")),
                Html.text(" · "),
                cost(row)))
        .of("outcome");
  }

  private static Html runs(Answer answer, List<AnswerRow> all, View view) {
    List<AnswerRow> shown = all.subList(0, Math.min(RUNS, all.size()));
    int left = all.size() - shown.size();
    Html table =
        Table.of(
                "Runs, the last begun first",
                shown,
                row -> row.textOrEmpty("framework") + "/" + row.textOrEmpty("run"))
            .text("Run", row -> named(row, view))
            .text("Framework", row -> Values.text(row.text("framework")))
            .text("Status", row -> Values.state(row.textOrEmpty("status")))
            .text("Started", row -> view.ago(row.time("started")))
            .text("Model", row -> Values.cut(row.text("model")))
            .number("Steps", row -> Values.count(row.whole("steps")))
            .number("Time", row -> Values.duration(row.real("avg_ms")))
            .number("Retries", row -> Values.count(row.whole("retries")))
            .number("Errors", row -> Values.failures(row.whole("errors"), errors(row, view)))
            .number("Tokens", row -> Values.tokens(row.whole("tokens_used")))
            .number("Cost", RunsPage::cost)
            .html();
    Html more =
        left == 0
            ? Html.NONE
            : Element.of(Tag.P, Units.count(left, "older run") + " not shown.").of("coverage");
    return Html.all(
        table,
        more,
        Coverage.of(answer, view, Coverage.csv("runs", view.scope()).with("by", "run")));
  }

  private static Link errors(AnswerRow row, View view) {
    return view.events().with("run", row.text("run")).with("failed", "true");
  }

  private static Html named(AnswerRow row, View view) {
    String id = row.textOrEmpty("run");
    return Element.link(
            view.run(row.textOrEmpty("framework"), id),
            id.isBlank() ? "(no name)" : SessionsPage.shortened(id))
        .with(Attr.TITLE, id)
        .of("id");
  }
}
