package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.chart.Sparkline;
import dev.flightlog.dashboard.chart.Treemap;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Scope;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the work cost, by project and story, and two stories beside each other. Stateless. */
public final class StoriesPage {
  private StoriesPage() {}

  /**
   * Two stories that the reader wants beside each other.
   *
   * @param answer to {@code compare}; null when it could not be asked
   * @param wrong why not; null when it could
   */
  public record Comparison(
      @Nullable String a, @Nullable String b, @Nullable Answer answer, @Nullable String wrong) {}

  /**
   * The page.
   *
   * @param projects the answer to {@code cost} by project
   * @param stories the answer to {@code cost} by story
   * @param days the answer to {@code activity} by day for some of the projects
   */
  public static Page of(
      Answer projects, Answer stories, Comparison comparison, Map<String, Answer> days, View view) {
    return Page.of(
        PageName.STORIES,
        Section.of("projects", "Projects", costs(projects, "project", days, view)),
        Section.of("stories", "Stories", costs(stories, "story", Map.of(), view)),
        Section.of("compare", "Two stories compared", compare(comparison, stories, view)));
  }

  private static Html costs(Answer answer, String by, Map<String, Answer> days, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return view.scope().isAll()
          ? Empty.because("No model call was seen yet.", "flightlog import ~/.claude/projects")
          : Empty.narrowed("No model call is like that.", PageName.STORIES.link());
    }
    List<Treemap.Part> parts =
        rows.stream()
            .filter(row -> row.real("cost_usd") != null)
            .map(row ->
                new Treemap.Part(
                    name(row),
                    number(row.real("cost_usd")),
                    Units.dollars(number(row.real("cost_usd"))),
                    link(row, by, view)))
            .toList();
    Table<AnswerRow> table =
        Table.of("Cost by " + by, rows, row -> name(row) + row.index())
            .text(by.equals("project") ? "Project" : "Story", row -> named(row, by, view));
    // A column in which nothing is drawn says nothing.
    if (days.values().stream().anyMatch(own -> !spark(own).isNothing())) {
      table = table.text("Four weeks", row -> fourWeeks(days.get(name(row))));
    }
    return Html.all(
        Treemap.of("Cost by " + by, parts),
        table
            .number("Cost", row -> Values.cost(row.real("cost_usd"), row.whole("unpriced_calls")))
            .number("Share", "of all known costs", row -> Values.share(row.real("share")))
            .number("Model calls", row -> calls(row, by, view))
            .number("Tokens", row -> Values.tokens(row.whole("tokens_used")))
            .number("New input", row -> Values.tokens(row.whole("input_tokens")))
            .number("Output", row -> Values.tokens(row.whole("output_tokens")))
            .number("Cache read", row -> Values.tokens(row.whole("cache_read_tokens")))
            .number("Cache written", row -> Values.tokens(row.whole("cache_write_tokens")))
            .text("Most of it", StoriesPage::largest)
            .html(),
        Coverage.of(answer, view, Coverage.csv("cost", view.scope()).with("by", by)));
  }

  private static Html fourWeeks(@Nullable Answer days) {
    Html drawn = days == null ? Html.NONE : spark(days);
    return drawn.isNothing() ? Values.unknown() : drawn;
  }

  private static Html spark(Answer days) {
    List<Double> values =
        AnswerRow.of(days).reversed().stream().map(day -> number(day.real("cost_usd"))).toList();
    return Sparkline.of("cost, day by day, " + Units.count(values.size(), "day"), values);
  }

  private static double number(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  private static String name(AnswerRow row) {
    String name = row.text("name");
    return name == null ? "(none)" : name;
  }

  private static @Nullable Link link(AnswerRow row, String by, View view) {
    String name = row.text("name");
    if (name == null) {
      return null;
    }
    Scope scope = by.equals("project") ? view.scope().project(name) : view.scope().story(name);
    return scope.on(PageName.SESSIONS.link());
  }

  private static Html named(AnswerRow row, String by, View view) {
    Link link = link(row, by, view);
    return link == null ? Html.text("(none)") : Element.link(link, Values.cut(row.text("name")));
  }

  private static Html calls(AnswerRow row, String by, View view) {
    String name = row.text("name");
    return name == null
        ? Values.count(row.whole("calls"))
        : Values.count(row.whole("calls"), view.events().with("type", "model_call").with(by, name));
  }

  private static Html largest(AnswerRow row) {
    String part = row.text("largest_part");
    Double share = row.real("largest_part_share");
    return part == null
        ? Values.unknown()
        : Html.text(share == null ? part : part + " " + Units.share(share));
  }

  private static Html compare(Comparison comparison, Answer stories, View view) {
    Html form =
        Element.asking(
                PageName.STORIES.link().at("compare"),
                field("a", "A story", comparison.a()),
                field("b", "beside", comparison.b()),
                Element.of(Tag.BUTTON, "Compare").with(Attr.TYPE, "submit"))
            .of("filters")
            .with(Attr.ROLE, "search")
            .with(Attr.ARIA_LABEL, "Compare two stories");
    if (comparison.wrong() != null) {
      return Html.all(
          form, Element.of(Tag.P, comparison.wrong()).of("failed").with(Attr.ROLE, "alert"));
    }
    Answer answer = comparison.answer();
    if (answer == null) {
      return Html.all(
          form,
          Element.of(
                  Tag.P,
                  "Errors, speed, tokens and cost of two stories, and which differences may be chance.")
              .of("quiet"));
    }
    List<AnswerRow> rows = AnswerRow.of(answer);
    Html table =
        Table.of("Two stories compared", rows, row -> row.textOrEmpty("measure"))
            .text("Measure", row -> Html.text(row.textOrEmpty("measure").replace('_', ' ')))
            .number(String.valueOf(comparison.a()), row -> value(row, "a"))
            .number(String.valueOf(comparison.b()), row -> value(row, "b"))
            .text("B against A", row -> verdict(row))
            .number("Of events, A", row -> Values.count(row.whole("a_samples")))
            .number("B", row -> Values.count(row.whole("b_samples")))
            .number(
                "p",
                "how often chance alone differs so much, corrected for the number of measures",
                row -> probability(row.real("p")))
            .html();
    Link csv =
        Link.to("/api/ask/compare")
            .with("a", comparison.a())
            .with("b", comparison.b())
            .with("format", "csv");
    return Html.all(form, table, Coverage.of(answer, view, csv));
  }

  private static Html field(String name, String label, @Nullable String value) {
    Element input =
        Element.of(Tag.INPUT)
            .with(Attr.TYPE, "text")
            .with(Attr.NAME, name)
            .with(Attr.AUTOCOMPLETE, "off")
            .with(Attr.PLACEHOLDER, "a branch, a ticket");
    return Element.of(
        Tag.LABEL, Html.text(label + " "), value == null ? input : input.with(Attr.VALUE, value));
  }

  private static Html value(AnswerRow row, String key) {
    Double value = row.real(key);
    if (value == null) {
      return Values.unknown();
    }
    return switch (row.textOrEmpty("unit")) {
      case "share" -> Values.share(value);
      case "ms" -> Values.duration(value);
      case "tokens" -> Values.tokens(value);
      case "usd" -> Values.cost(value, null);
      default -> Values.count(Math.round(value));
    };
  }

  private static Html verdict(AnswerRow row) {
    String verdict = row.textOrEmpty("verdict");
    return switch (verdict) {
      case "lower" -> Element.of(Tag.SPAN, "lower").of("state").of("run");
      case "higher" -> Element.of(Tag.SPAN, "higher").of("state").of("wait");
      default -> Element.of(Tag.SPAN, words(verdict)).of("quiet");
    };
  }

  private static String words(String verdict) {
    return switch (verdict) {
      case "chance" -> "may be chance";
      case "too_few" -> "too few events";
      case "untested" -> "not tested";
      default -> verdict;
    };
  }

  private static Html probability(@Nullable Double p) {
    return p == null
        ? Values.unknown()
        : Html.text(p < 0.001 ? "< 0.001" : String.valueOf(Math.round(p * 1000) / 1000.0));
  }
}
