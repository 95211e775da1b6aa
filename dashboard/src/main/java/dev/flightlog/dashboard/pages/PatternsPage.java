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
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What recurs, which errors, and what made them work afterwards. Stateless. */
public final class PatternsPage {
  private static final List<String> KINDS =
      List.of("errors", "sequences", "bottlenecks", "interactions");

  private PatternsPage() {}

  /**
   * The page, from the answers to the questions of these names.
   *
   * @param kind only patterns of this kind; null for all
   */
  public static Page of(
      Answer errors, Answer patterns, Answer interactions, @Nullable String kind, View view) {
    return Page.of(
        PageName.PATTERNS,
        Section.of("errors", "Errors", errors(errors, view)),
        Section.of("patterns", "What recurs", patterns(patterns, kind, view))
            .beside(kinds(kind, view)),
        Section.of("people", "Where people stepped in", interactions(interactions, view)));
  }

  private static Html errors(Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return Empty.because("Nothing failed in what was recorded.");
    }
    return Html.all(
        errorTable(rows, view), Coverage.of(answer, view, Coverage.csv("errors", view.scope())));
  }

  /** Classes of errors, each with what helped. */
  static Html errorTable(List<AnswerRow> rows, View view) {
    return Table.of(
            "Classes of errors, the most frequent first",
            rows,
            row -> row.textOrEmpty("class") + row.textOrEmpty("event_type"))
        .text("Error", row -> error(row))
        .number("Count", row -> Values.failures(row.whole("count"), events(row, view)))
        .number("Of calls", "errors over calls that could have failed", AgentsPage::share)
        .text("Trend", PatternsPage::trend)
        .text("Last", row -> view.ago(row.time("last_seen")))
        .wide("Newest message", row -> Values.cut(row.text("message")))
        .wide("What helped", row -> remedy(row))
        .html();
  }

  private static Html error(AnswerRow row) {
    String programs = row.text("programs");
    Html name = Element.link(remedies(row.textOrEmpty("class")), Values.cut(row.text("class")));
    return programs == null
        ? name
        : Element.of(Tag.SPAN, name, Element.of(Tag.SMALL, Values.cut(programs))).of("pair");
  }

  static Link remedies(String error) {
    return Link.to("/remedies").with("error", error);
  }

  private static Link events(AnswerRow row, View view) {
    return view.events()
        .with("failed", "true")
        .with("type", row.text("event_type"))
        .with("tool", row.text("tool"))
        .with("text", row.text("error_type"));
  }

  private static Html trend(AnswerRow row) {
    return switch (row.textOrEmpty("trend")) {
      case "lower" -> Element.of(Tag.SPAN, "fewer").of("state").of("good");
      case "higher" -> Element.of(Tag.SPAN, "more").of("state").of("fail");
      case "chance" -> Element.of(Tag.SPAN, "unchanged or chance").of("quiet");
      default -> Element.of(Tag.SPAN, "too few to tell").of("quiet");
    };
  }

  private static Html remedy(AnswerRow row) {
    String fixed = row.text("fixed_by");
    return fixed == null
        ? Element.of(Tag.SPAN, "nothing known yet").of("quiet")
        : Element.link(remedies(row.textOrEmpty("class")), Values.cut(fixed));
  }

  private static Html kinds(@Nullable String chosen, View view) {
    List<Html> links = new ArrayList<>();
    links.add(kind(null, "all", chosen, view));
    KINDS.forEach(each -> links.add(kind(each, each, chosen, view)));
    return Element.of(Tag.SPAN, links)
        .of("periods")
        .with(Attr.ROLE, "group")
        .with(Attr.ARIA_LABEL, "Kind of pattern");
  }

  private static Html kind(
      @Nullable String kind, String words, @Nullable String chosen, View view) {
    Element link =
        Element.link(view.to(PageName.PATTERNS.path()).with("kind", kind).at("patterns"), words);
    boolean current = kind == null ? chosen == null : kind.equals(chosen);
    return current ? link.with(Attr.ARIA_CURRENT, "true") : link;
  }

  private static Html patterns(Answer answer, @Nullable String kind, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return kind == null && view.scope().isAll()
          ? Empty.because(
              "Nothing recurs yet; patterns come from sessions.",
              "flightlog import ~/.claude/projects")
          : Empty.narrowed("No pattern is like that.", PageName.PATTERNS.link());
    }
    return Html.all(
        Table.of("Patterns", rows, row -> row.textOrEmpty("pattern") + row.index())
            .wide("Pattern", row -> pattern(row))
            .text("Kind", row -> Values.text(row.text("kind")))
            .number("Count", row -> Values.count(row.whole("count")))
            .number("Sessions", row -> Values.count(row.whole("sessions")))
            .number("Recovered", "errors after which it worked", row -> recovered(row))
            .number(
                "Lift",
                "how many times as often as by chance",
                row -> row.real("lift") == null ? Values.unknown() : lift(row))
            .text("Last", row -> view.ago(row.time("last_seen")))
            .html(),
        Coverage.of(answer, view, Coverage.csv("patterns", view.scope()).with("kind", kind)));
  }

  private static Html pattern(AnswerRow row) {
    String pattern = row.textOrEmpty("pattern");
    return row.textOrEmpty("kind").equals("errors")
        ? Element.link(remedies(beforeColon(pattern)), Values.cut(pattern))
        : Values.cut(pattern);
  }

  /** An error's class is what stands before the template of its message. */
  private static String beforeColon(String pattern) {
    int colon = pattern.indexOf(": ");
    return colon < 0 ? pattern : pattern.substring(0, colon);
  }

  private static Html recovered(AnswerRow row) {
    Double share = row.real("recovered");
    return share == null
        ? Values.unknown()
        : Element.of(Tag.SPAN, Bar.of("recovered", share), Values.share(share)).of("with-bar");
  }

  private static Html lift(AnswerRow row) {
    Double lift = row.real("lift");
    return Html.text(Units.count(Math.round(lift == null ? 0 : lift)) + " ×");
  }

  private static Html interactions(Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return Empty.because("No person interrupted, refused or corrected anything.");
    }
    return Html.all(
        Table.of(
                "Where people stepped in",
                rows,
                row -> row.textOrEmpty("kind") + row.textOrEmpty("reason") + row.index())
            .text("What", row -> Values.text(row.text("kind")))
            .wide("Why", row -> Values.cut(row.text("reason")))
            .number("Count", row -> Values.count(row.whole("count")))
            .number("Sessions", row -> Values.count(row.whole("sessions")))
            .number("Waited", row -> Values.duration(row.whole("waited_ms")))
            .number(
                "Sessions since", "without it", row -> Values.count(row.whole("sessions_since")))
            .text("Last", row -> view.ago(row.time("last_seen")))
            .wide("Example", row -> Values.cut(row.text("example")))
            .html(),
        Coverage.of(answer, view, Coverage.csv("interactions", view.scope())));
  }
}
