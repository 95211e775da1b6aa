package dev.flightlog.dashboard.pages;

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
import dev.flightlog.event.Timestamps;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.verdict.Effect;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was learnt, who consented, and whether it helps. Stateless. */
public final class RulesPage {
  private RulesPage() {}

  /**
   * The page.
   *
   * @param rules in the order in which they were proposed
   * @param damaged what of the book could not be read, a sentence a line
   * @param state only rules in this state; null for all
   */
  public static Page of(
      List<RuleRecord> rules, List<String> damaged, @Nullable RuleState state, View view) {
    List<RuleRecord> shown =
        rules.stream().filter(rule -> state == null || rule.entry().state() == state).toList();
    List<Html> parts = new ArrayList<>();
    for (String line : damaged) {
      parts.add(Element.of(Tag.P, line).of("failed").with(Attr.ROLE, "alert"));
    }
    if (shown.isEmpty()) {
      parts.add(
          rules.isEmpty()
              ? Empty.because(
                  "No rule was proposed yet. Rules come from errors that recur and from what made it"
                      + " work afterwards:",
                  "flightlog rules propose")
              : Empty.narrowed("No rule is in this state.", PageName.RULES.link()));
    } else {
      parts.add(table(shown, view));
      parts.add(
          Element.of(
                  Tag.P,
                  "Errors and calls as they were when the rule was proposed. The text of a rule comes"
                      + " from a closed grammar, never from a log.")
              .of("coverage"));
    }
    return Page.of(
            PageName.RULES,
            Section.of("list", "Rules", Html.all(parts)).beside(states(rules, state)))
        .unscoped();
  }

  private static Html states(List<RuleRecord> rules, @Nullable RuleState chosen) {
    List<Html> links = new ArrayList<>();
    links.add(state("all " + rules.size(), null, chosen));
    for (RuleState state : RuleState.values()) {
      long count = rules.stream().filter(rule -> rule.entry().state() == state).count();
      if (count > 0 || state == chosen) {
        links.add(state(state.wireName() + " " + count, state, chosen));
      }
    }
    return Element.of(Tag.SPAN, links)
        .of("periods")
        .with(Attr.ROLE, "group")
        .with(Attr.ARIA_LABEL, "State");
  }

  private static Html state(String words, @Nullable RuleState state, @Nullable RuleState chosen) {
    Element link =
        Element.link(
            PageName.RULES.link().with("state", state == null ? null : state.wireName()), words);
    return state == chosen ? link.with(Attr.ARIA_CURRENT, "true") : link;
  }

  static Link link(Rule rule) {
    return Link.to("/rule").with("id", rule.id());
  }

  private static Html table(List<RuleRecord> rules, View view) {
    return Table.of("Rules", rules, record -> record.rule().id())
        .wide("Rule", record -> Element.link(link(record.rule()), record.rule().text()))
        .text("State", record -> Values.state(record.entry().state().wireName()))
        .text("Does it help", record -> verdict(record))
        .number(
            "Errors",
            record ->
                Element.link(
                    link(record.rule()).at("evidence"), Values.count(record.rule().errors())))
        .number(
            "Of calls",
            "errors over calls that could have failed so",
            record -> rate(record.rule()))
        .number("Sessions", record -> Values.count(record.rule().sessions()))
        .number(
            "Helped",
            "errors after which this made it work",
            record -> Values.count(record.rule().helped()))
        .number(
            "Costs",
            "tokens of its text, in every session that reads it",
            record -> Values.tokens(record.rule().tokens()))
        .text("Since", record -> view.ago(Timestamps.of(record.entry().history().getLast().at())))
        .html();
  }

  static Html rate(Rule rule) {
    return rule.opportunities() == 0
        ? Values.unknown()
        : Element.of(Tag.SPAN, Bar.of("of calls", rule.rate()), Values.share(rule.rate()))
            .of("with-bar");
  }

  private static Html verdict(RuleRecord record) {
    Effect effect = record.newest();
    if (effect == null) {
      return Element.of(Tag.SPAN, "never tried").of("quiet");
    }
    int sessions = effect.exposed().sessions() + effect.control().sessions();
    return Html.all(
        verdict(effect), Element.of(Tag.SMALL, " after " + Units.count(sessions, "session")));
  }

  static Html verdict(Effect effect) {
    Element word = Element.of(Tag.SPAN, effect.verdict().words()).of("state");
    return switch (effect.verdict()) {
      case WORKS -> word.of("good");
      case HARMS -> word.of("fail");
      case UNDECIDED -> word.of("run");
      case NO_EVIDENCE, CANNOT_BE_KNOWN, KEY_GONE -> word.of("idle");
    };
  }
}
