package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Tiles;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Timestamps;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleRanking;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule: its text, what it would change, its evidence, its trials, and who decided what. */
public final class RulePage {
  private RulePage() {}

  /**
   * The page.
   *
   * @param adopted the rules that stand in the block now
   * @param needed what a trial would need, in words; null when that is not asked
   * @param done what was just done with it; null for nothing
   */
  public static Page of(
      RuleRecord record,
      List<Rule> adopted,
      @Nullable String needed,
      @Nullable String done,
      View view) {
    RuleBook.Entry entry = record.entry();
    Page page =
        Page.below(
            PageName.RULES,
            record.rule().text(),
            Html.all(
                Values.state(entry.state().wireName()),
                Html.text(" since "),
                view.at(Timestamps.of(entry.history().getLast().at())),
                Html.text(" · about " + String.join(", ", record.rule().errorClasses()))),
            Section.of("decide", "Decide", decide(record, needed, done)),
            Section.of("diff", "What it changes", diff(record, adopted)));
    page = page.and(Section.of("trials", "Does it help", TrialView.of(record, view)));
    return page.and(Section.of("evidence", "Evidence", evidence(record.rule(), view)))
        .and(Section.of("history", "History", history(entry, view)));
  }

  private static Html decide(RuleRecord record, @Nullable String needed, @Nullable String done) {
    Rule rule = record.rule();
    Tiles tiles =
        Tiles.none()
            .tile(
                named(rule.measure().unit()),
                Values.count(rule.errors()),
                Html.text(Units.share(rule.share()) + " of all"))
            .tile(
                "Of " + rule.measure().opportunity() + "s",
                RulesPage.rate(rule),
                Html.text(Units.count(rule.opportunities(), rule.measure().opportunity())))
            .tile("Sessions", Values.count(rule.sessions()))
            .tile("Helped", Values.count(rule.helped()), Html.text("errors after which it worked"))
            .tile("Costs", Values.tokens(rule.tokens()), Html.text("tokens in each session"));
    List<Html> parts = new ArrayList<>();
    if (done != null) {
      parts.add(Element.of(Tag.P, done).of("done").with(Attr.ROLE, "status"));
    }
    parts.add(tiles.html());
    List<Html> forms = forms(rule, record.entry().state());
    if (!forms.isEmpty()) {
      parts.add(Element.of(Tag.DIV, forms).of("actions"));
    }
    if (needed != null) {
      parts.add(
          Element.of(Tag.P, "A trial shows it to half of the sessions, by chance: " + needed)
              .of("coverage"));
    }
    return Html.all(parts);
  }

  private static List<Html> forms(Rule rule, RuleState state) {
    List<Html> forms = new ArrayList<>();
    switch (state) {
      case PROPOSED -> {
        forms.add(form("/rule/approve", "Approve", rule).of("primary"));
        if (rule.measure() != Measure.NOTHING) {
          forms.add(form("/rule/trial", "Try it on half of the sessions", rule));
        }
        forms.add(form("/rule/reject", "Reject for good", rule).of("danger"));
      }
      case TRIAL -> {
        forms.add(form("/rule/approve", "Approve", rule).of("primary"));
        forms.add(form("/rule/reject", "Reject for good", rule).of("danger"));
      }
      case ADOPTED -> forms.add(form("/rule/retire", "Retire", rule).of("danger"));
      case RETIRED -> {
        forms.add(form("/rule/approve", "Approve again", rule).of("primary"));
        forms.add(form("/rule/reject", "Reject for good", rule).of("danger"));
      }
      case REJECTED -> {}
    }
    return forms;
  }

  private static Element form(String path, String words, Rule rule) {
    return Element.changing(
        Link.to(path),
        Element.of(Tag.INPUT)
            .with(Attr.TYPE, "hidden")
            .with(Attr.NAME, "id")
            .with(Attr.VALUE, rule.id()),
        Element.of(Tag.BUTTON, words).with(Attr.TYPE, "submit"));
  }

  /** Our block of an instruction file as it is, and as it would be with the rule, or without. */
  private static Html diff(RuleRecord record, List<Rule> adopted) {
    boolean stands = record.entry().state() == RuleState.ADOPTED;
    List<Rule> without =
        adopted.stream().filter(rule -> !rule.id().equals(record.rule().id())).toList();
    List<Rule> with = new ArrayList<>(without);
    with.add(record.rule());
    List<String> before = RuleRanking.rank(without).block().lines();
    List<String> after = RuleRanking.rank(with).block().lines();
    List<Html> lines = new ArrayList<>();
    for (String line : after) {
      boolean added = !before.contains(line);
      lines.add(
          Element.of(Tag.SPAN, (added ? "+ " : "  ") + line + "\n").of(added ? "plus" : "same"));
    }
    for (String line : before) {
      if (!after.contains(line)) {
        lines.add(Element.of(Tag.SPAN, "- " + line + "\n").of("minus"));
      }
    }
    return Html.all(
        Element.of(Tag.PRE, lines).of("diff"),
        Element.of(
            Tag.P,
            Html.text(
                stands
                    ? "The lines with + are what it adds to our block of CLAUDE.md. Shown with its"
                        + " difference, and written, by "
                    : "Our block of CLAUDE.md, if it is approved. Shown with the difference to your"
                        + " file, and written, by "),
            Values.command("flightlog rules apply --file CLAUDE.md")));
  }

  private static Html evidence(Rule rule, View view) {
    if (rule.evidence().isEmpty()) {
      return Empty.because("No event is kept as its evidence.");
    }
    List<Html> items = new ArrayList<>();
    for (String event : rule.evidence().reversed()) {
      items.add(
          Element.of(Tag.LI, Element.link(view.event(event), event).of("id"))
              .with(Attr.DATA_KEY, event));
    }
    List<Html> classes = new ArrayList<>();
    for (String error : rule.errorClasses()) {
      classes.add(Element.link(PatternsPage.remedies(error), error));
      classes.add(Html.text(" "));
    }
    Element list = Element.of(Tag.UL, items).of("evidence");
    return rule.measure() == Measure.ERRORS
        ? Html.all(Element.of(Tag.P, Html.text("Remedies of "), Html.all(classes)), list)
        : list;
  }

  /** As the name of a tile. */
  private static String named(String unit) {
    return Character.toUpperCase(unit.charAt(0)) + unit.substring(1) + "s";
  }

  private static Html history(RuleBook.Entry entry, View view) {
    List<Html> items = new ArrayList<>();
    for (RuleBook.Transition step : entry.history()) {
      items.add(
          Element.of(
                  Tag.LI,
                  view.at(Timestamps.of(step.at())),
                  Html.text(" "),
                  Values.state(step.state().wireName()),
                  Html.text(step.reason().isEmpty() ? "" : " " + step.reason()))
              .with(Attr.DATA_KEY, step.at() + step.state().wireName()));
    }
    return Element.of(Tag.OL, items).of("history");
  }
}
