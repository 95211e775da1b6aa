package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.chart.Bar;
import dev.flightlog.dashboard.chart.Funnel;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Timestamps;
import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.verdict.Arm;
import dev.flightlog.learning.verdict.Effect;
import dev.flightlog.learning.verdict.Stratum;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The trials of a rule: how many sessions, what they show, how sure that is. Stateless. */
final class TrialView {
  private TrialView() {}

  static Html of(RuleRecord record, View view) {
    if (record.effects().isEmpty()) {
      return Empty.because(
          "It was never tried. A trial shows it to half of the sessions, drawn by chance, and says"
              + " whether these make fewer such errors:",
          "flightlog rules approve " + record.rule().id() + " --trial");
    }
    List<Html> trials = new ArrayList<>();
    for (Effect effect : record.effects().reversed()) {
      trials.add(
          Element.of(Tag.ARTICLE, trial(effect, view))
              .of("trial")
              .with(Attr.DATA_KEY, effect.trial().id()));
    }
    return Html.all(trials);
  }

  private static List<Html> trial(Effect effect, View view) {
    List<Html> parts = new ArrayList<>();
    boolean holdout = effect.trial().purpose() == Purpose.HOLDOUT;
    parts.add(
        Element.of(
            Tag.H3,
            Html.text(holdout ? "Since its adoption " : "Trial "),
            RulesPage.verdict(effect)));
    parts.add(
        Element.of(
                Tag.P,
                Html.text("since "),
                view.at(Timestamps.of(effect.trial().startedAt())),
                Html.text(
                    ", placement "
                        + effect.trial().terms().placement().wireName()
                        + ", shown to "
                        + Units.share(effect.trial().share())
                        + " of the sessions; "
                        + Units.count(effect.looks(), "look")))
            .of("quiet"));
    parts.add(funnel(effect));
    parts.add(arms(effect));
    parts.add(interval(effect));
    if (effect.strata().size() > 1) {
      parts.add(strata(effect));
    }
    parts.add(
        Element.of(
                Tag.P,
                "In tokens: its text cost "
                    + Units.tokens(effect.balance().cost())
                    + ", the errors that did not happen saved "
                    + Units.tokens(effect.balance().saved())
                    + " ("
                    + rounded(effect.balance().errorsAvoided())
                    + " errors, estimated).")
            .of("coverage"));
    return parts;
  }

  private static Html funnel(Effect effect) {
    Arm with = effect.exposed();
    long sessions = effect.telling();
    boolean endless = effect.trial().planned() == Integer.MAX_VALUE;
    Funnel funnel = new Funnel("Sessions of the trial");
    if (!endless) {
      long left = Math.max(0, effect.trial().planned() - sessions);
      funnel.step(
          "planned",
          Math.max(effect.trial().planned(), sessions),
          Units.count(effect.trial().planned(), "session")
              + (left == 0 ? "" : ", " + Units.count(left) + " still needed"));
    }
    return funnel
        .step("ended, and had such a call", sessions, Units.count(sessions, "session"))
        .step("of them shown the rule", with.telling(), Units.count(with.telling(), "session"))
        .html();
  }

  private static Html arms(Effect effect) {
    record Named(String name, Arm arm) {}
    return Table.of(
            "Sessions with the rule and without",
            List.of(new Named("with it", effect.exposed()), new Named("without", effect.control())),
            Named::name)
        .text("Sessions", named -> Html.text(named.name()))
        .number("Count", named -> Values.count((long) named.arm().sessions()))
        .number("Calls", named -> Values.count(named.arm().opportunities()))
        .number("Errors", named -> Values.count(named.arm().errors()))
        .number(
            "Of calls",
            named ->
                Double.isNaN(named.arm().rate())
                    ? Values.unknown()
                    : Element.of(
                            Tag.SPAN,
                            Bar.of("of calls", named.arm().rate()),
                            Values.share(named.arm().rate()))
                        .of("with-bar"))
        .html();
  }

  private static Html interval(Effect effect) {
    String evidence =
        "E = " + rounded(effect.eValue()) + " (20 decides for one rule, more for several at once).";
    if (effect.interval().isEmpty()) {
      return Element.of(
              Tag.P,
              "An interval is shown once each side has 30 sessions with such calls. " + evidence)
          .of("quiet");
    }
    Effect.Relative relative = effect.interval().get().relative();
    String words =
        percent(relative.estimate())
            + " errors a call, 95 % between "
            + percent(relative.low())
            + " and "
            + percent(relative.high())
            + ", however often one looks. ";
    return Element.of(
            Tag.P,
            Element.of(
                    Tag.SPAN,
                    Bar.interval(words, relative.low(), relative.estimate(), relative.high()))
                .of("wide-bar"),
            Html.text(" " + words + evidence))
        .of("with-bar");
  }

  private static Html strata(Effect effect) {
    return Table.of("By model and version", effect.strata(), TrialView::named)
        .text("Model and version", stratum -> Html.text(named(stratum)))
        .number("With", stratum -> Values.count((long) stratum.exposed().sessions()))
        .number("Of calls", stratum -> rate(stratum.exposed()))
        .number("Without", stratum -> Values.count((long) stratum.control().sessions()))
        .number("Of calls", stratum -> rate(stratum.control()))
        .html();
  }

  private static String named(Stratum stratum) {
    String model = stratum.model().isEmpty() ? "unknown model" : stratum.model();
    return stratum.version().isEmpty() ? model : model + ", " + stratum.version();
  }

  private static Html rate(Arm arm) {
    return Double.isNaN(arm.rate()) ? Values.unknown() : Values.share(arm.rate());
  }

  private static String percent(double share) {
    return (share > 0 ? "+" : share < 0 ? "-" : "") + Units.share(Math.abs(share));
  }

  private static String rounded(double number) {
    return Math.abs(number) >= 100
        ? Units.count(Math.round(number))
        : String.format(Locale.ROOT, "%.1f", number);
  }
}
