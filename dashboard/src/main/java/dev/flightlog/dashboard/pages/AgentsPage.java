package dev.flightlog.dashboard.pages;

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
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what, with which tools, and how full the context was. Stateless. */
public final class AgentsPage {
  private AgentsPage() {}

  /**
   * The page, from the answers to the questions of these names.
   *
   * @param confidence how sure agents were, and how often right
   */
  public static Page of(Answer agents, Answer tools, Answer context, Answer confidence, View view) {
    return Page.of(
        PageName.AGENTS,
        Section.of("agents", "Agents", agents(agents, view)),
        Section.of("tools", "Tools", tools(tools, view)),
        Section.of("context", "Context", context(context, view)),
        Section.of("confidence", "How sure, how often right", confidence(confidence, view)));
  }

  private static Html nothing(String why, View view, Link all) {
    return view.scope().isAll()
        ? Empty.because(why, "flightlog import ~/.claude/projects")
        : Empty.narrowed(why, all);
  }

  private static Html agents(Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return nothing("No event names an agent.", view, PageName.AGENTS.link());
    }
    return Html.all(
        Table.of("Agents", rows, row -> row.textOrEmpty("agent"))
            .text("Agent", row -> agent(row, view))
            .number("Events", row -> Values.count(row.whole("events"), events(row, view)))
            .number("Tool calls", row -> calls(row, view))
            .number(
                "Errors",
                row ->
                    Values.failures(row.whole("errors"), events(row, view).with("failed", "true")))
            .number("Of calls", "failed calls over those with a result", AgentsPage::share)
            .number(
                "Refused",
                "calls that a person refused",
                row ->
                    Values.count(row.whole("rejected"), events(row, view).with("failed", "true")))
            .number("Average", row -> Values.duration(row.real("avg_ms")))
            .number("95 of 100", "took no longer", row -> Values.duration(row.real("p95_ms")))
            .number("Tokens", row -> Values.tokens(row.whole("tokens_used")))
            .number("Asked back", row -> Values.count(row.whole("clarifications")))
            .text("Last", row -> view.ago(row.time("last_seen")))
            .html(),
        Coverage.of(answer, view, Coverage.csv("agents", view.scope())));
  }

  private static Html agent(AnswerRow row, View view) {
    String agent = row.text("agent");
    return agent == null
        ? Values.unknown()
        : Element.link(view.scope().agent(agent).on(PageName.SESSIONS.link()), agent);
  }

  private static Link events(AnswerRow row, View view) {
    return view.events().with("agent", row.text("agent"));
  }

  private static Html calls(AnswerRow row, View view) {
    return Values.count(row.whole("tool_calls"), events(row, view).with("type", "tool_call"));
  }

  static Html share(AnswerRow row) {
    Double share = row.real("share");
    return share == null
        ? Values.unknown()
        : Element.of(Tag.SPAN, Bar.of("of calls", share), Values.share(share)).of("with-bar");
  }

  private static Html tools(Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return nothing("No tool was called.", view, PageName.AGENTS.link());
    }
    return Html.all(
        Table.of("Tools", rows, row -> row.textOrEmpty("tool"))
            .text("Tool", row -> Values.text(row.text("tool")))
            .number("Calls", row -> Values.count(row.whole("calls"), tool(row, view)))
            .number(
                "Failed",
                row -> Values.failures(row.whole("failed"), tool(row, view).with("failed", "true")))
            .number("Of calls", "failed over those with a result", AgentsPage::share)
            .number("Refused", row -> Values.count(row.whole("rejected")))
            .number("Average", row -> Values.duration(row.real("avg_ms")))
            .number("95 of 100", "took no longer", row -> Values.duration(row.real("p95_ms")))
            .number("All time", "sum of durations", row -> Values.duration(row.whole("total_ms")))
            .number(
                "Waiting",
                "for a person, as far as known",
                row -> waiting(row.whole("waiting_ms"), row.wholeOrZero("split_unknown")))
            .text("Last", row -> view.ago(row.time("last_seen")))
            .html(),
        Coverage.of(answer, view, Coverage.csv("tools", view.scope())));
  }

  static Html waiting(@Nullable Long waiting, long unknown) {
    if (waiting == null || (waiting == 0 && unknown > 0)) {
      return Values.unknown();
    }
    Html shown = Values.duration(waiting);
    return unknown > 0 ? Html.all(Html.text("≥ "), shown) : shown;
  }

  private static Link tool(AnswerRow row, View view) {
    return view.events().with("tool", row.text("tool"));
  }

  private static Html context(Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return Empty.because("No model call tells how full its context was.");
    }
    return Html.all(
        Table.of("Context windows", rows, row -> row.textOrEmpty("agent"))
            .text("Agent", row -> agent(row, view))
            .number("Peak", row -> percent(row.real("peak_percent")))
            .number("Average", row -> percent(row.real("avg_percent")))
            .number("Told", "calls that tell it", row -> Values.count(row.whole("told")))
            .number(
                "Compactions",
                row ->
                    Values.count(
                        row.whole("compactions"),
                        events(row, view).with("type", "context_compacted")))
            .text("Last compaction", row -> view.ago(row.time("last_compaction")))
            .html(),
        Coverage.of(answer, view, Coverage.csv("context", view.scope())));
  }

  private static Html percent(@Nullable Double percent) {
    return percent == null
        ? Values.unknown()
        : Element.of(
                Tag.SPAN,
                Bar.of("of the context window", percent / 100),
                Values.share(percent / 100))
            .of("with-bar");
  }

  private static Html confidence(Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return Empty.because("No agent said how sure it was of something whose outcome is known.");
    }
    return Html.all(
        Table.of(
                "How sure agents were, and how often right",
                rows,
                row -> row.textOrEmpty("kind") + row.textOrEmpty("name") + row.index())
            .text("Of", row -> Values.text(row.text("kind")))
            .text("Name", row -> Values.text(row.text("name")))
            .number("From", row -> Values.share(row.real("from")))
            .number("To", row -> Values.share(row.real("to")))
            .number("Count", row -> Values.count(row.whole("count")))
            .number("Said", row -> Values.share(row.real("said")))
            .number("Right", row -> Values.share(row.real("right")))
            .html(),
        Coverage.of(answer, view, Coverage.csv("confidence", view.scope())));
  }
}
