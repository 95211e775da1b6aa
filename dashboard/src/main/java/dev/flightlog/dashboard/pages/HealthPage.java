package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.wording.Units;
import java.util.List;

/** Whether everything arrives, and what could not be read. Stateless. */
public final class HealthPage {
  private HealthPage() {}

  /**
   * What was looked at.
   *
   * @param ok false when somebody should do something
   * @param detail what was found, and how to mend it
   */
  public record Check(String name, boolean ok, String detail) {}

  /**
   * The page.
   *
   * @param coverage the answer to {@code coverage}
   */
  public static Page of(List<Check> checks, Answer coverage, View view) {
    long wrong = checks.stream().filter(check -> !check.ok()).count();
    Html lead =
        wrong == 0
            ? Html.all(Values.state("ok"), Html.text(" everything that was looked at is well"))
            : Html.all(
                Values.state("WRONG"),
                Html.text(" " + Units.count(wrong, "check") + " need somebody to do something"));
    List<Check> sorted = checks.stream().sorted((a, b) -> Boolean.compare(a.ok(), b.ok())).toList();
    Html table =
        Table.of("Checks of this home", sorted, Check::name)
            .text("Check", check -> Html.text(check.name()))
            .text("State", check -> Values.state(check.ok() ? "ok" : "WRONG"))
            .wide("Found", check -> Html.text(check.detail()))
            .html();
    return Page.of(
            PageName.HEALTH,
            Section.of("checks", "Checks", table),
            Section.of("coverage", "What could not be read", coverage(coverage, view)))
        .lead(lead)
        .unscoped();
  }

  private static Html coverage(Answer coverage, View view) {
    List<AnswerRow> rows = AnswerRow.of(coverage);
    if (rows.isEmpty()) {
      return Empty.because(
          "Nothing was imported yet, so nothing can be missing.",
          "flightlog import ~/.claude/projects");
    }
    return Html.all(
        Table.of("What is missing", rows, row -> row.textOrEmpty("what") + row.index())
            .text("What", row -> Values.text(row.textOrEmpty("what").replace('_', ' ')))
            .number("Count", row -> Values.count(row.whole("count")))
            .number("Of", row -> Values.count(row.whole("of")))
            .wide("Detail", row -> Values.cut(row.text("detail")))
            .html(),
        Coverage.of(coverage, view, Link.to("/api/ask/coverage").with("format", "csv")));
  }
}
