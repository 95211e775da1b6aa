package dev.flightlog.cli.rules;

import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.verdict.Arm;
import dev.flightlog.learning.verdict.Effect;
import dev.flightlog.learning.verdict.Retirement;
import dev.flightlog.learning.verdict.SinceAdoption;
import dev.flightlog.learning.verdict.Stratum;
import dev.flightlog.learning.verdict.Verdict;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What trials found, as a person reads it and as a table. */
final class EffectLines {
  private EffectLines() {}

  /** A trial of a rule. */
  record Told(RuleBook.Entry entry, Effect effect) {}

  static void print(Invocation call, List<Told> told) {
    if (call.format() != Format.TEXT) {
      table(told).print(call.format(), call.console().out());
      return;
    }
    for (Told each : told) {
      RuleLines.line(call.console().out(), each.entry());
      lines(call, each);
    }
  }

  /** A rule that was adopted without a trial. */
  static void print(Invocation call, RuleBook.Entry entry, SinceAdoption since) {
    if (call.format() != Format.TEXT) {
      Table table =
          new Table(
              List.of(
                  "id",
                  "verdict",
                  "sessions_before",
                  "errors_before",
                  "opportunities_before",
                  "sessions_after",
                  "errors_after",
                  "opportunities_after"));
      table.add(
          entry.rule().id(),
          since.said().words(),
          since.before().sessions(),
          since.before().errors(),
          since.before().opportunities(),
          since.after().sessions(),
          since.after().errors(),
          since.after().opportunities());
      table.print(call.format(), call.console().out());
      return;
    }
    PrintStream out = call.console().out();
    RuleLines.line(out, entry);
    out.println("  adopted without a trial: " + since.said().words());
    if (entry.rule().measure() == Measure.NOTHING) {
      return;
    }
    out.println(
        "  before "
            + arm("session", entry.rule().measure(), since.before())
            + "; since "
            + arm("session", entry.rule().measure(), since.after()));
  }

  static void lines(Invocation call, Told told) {
    PrintStream out = call.console().out();
    Effect effect = told.effect();
    boolean holdout = effect.trial().purpose() == Purpose.HOLDOUT;
    out.println(
        String.format(
            Locale.ROOT,
            "  %s: %s; E = %s after %s (20 decides for one rule, more for several at once)",
            holdout
                ? "since its adoption, a tenth of the sessions without it"
                : effect.trial().terms().placement() == Placement.FILE
                    ? "trial in files, by weeks of projects (weaker than by sessions)"
                    : "trial",
            effect.verdict().words(),
            number(effect.eValue()),
            Units.count(effect.looks(), "look")));
    out.println(
        "  with it "
            + arm(effect, effect.exposed())
            + "; without "
            + arm(effect, effect.control()));
    if (effect.interval().isPresent()) {
      Effect.Relative relative = effect.interval().get().relative();
      out.println(
          String.format(
              Locale.ROOT,
              "  difference %+.0f%% (95%% confidence sequence %+.0f%% to %+.0f%%; it shows, and"
                  + " does not decide)",
              100 * relative.estimate(),
              100 * relative.low(),
              100 * relative.high()));
    } else if (effect.looks() > 0) {
      out.println("  an interval is shown once each arm has 30 sessions");
    }
    for (Stratum stratum : effect.strata()) {
      out.println(
          "    "
              + (stratum.model().isEmpty()
                  ? "model not known"
                  : SafeText.shortened(stratum.model(), 60))
              + (stratum.version().isEmpty() ? "" : " " + SafeText.shortened(stratum.version(), 20))
              + ": with it "
              + arm(effect, stratum.exposed())
              + "; without "
              + arm(effect, stratum.control()));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "  its text cost %,d tokens, %.1f %ss avoided saved %,d",
            effect.balance().cost(),
            effect.balance().errorsAvoided(),
            effect.trial().measure().unit(),
            effect.balance().saved()));
    String next = next(told);
    if (!next.isEmpty()) {
      out.println("  " + call.hint(next));
    }
  }

  private static String next(Told told) {
    String id = told.entry().rule().id();
    String retire =
        Retirement.reason(told.effect(), told.entry().rule().rate())
            .map(reason -> "should go, for " + reason + ": flightlog rules retire " + id)
            .orElse("");
    boolean waits = told.entry().state() == RuleState.TRIAL;
    if (told.entry().state() == RuleState.RETIRED || told.entry().state() == RuleState.REJECTED) {
      return "";
    }
    return switch (told.effect().verdict()) {
      case WORKS -> retire.isEmpty() && waits ? "keep it: flightlog rules approve " + id : retire;
      case HARMS -> retire;
      case NO_EVIDENCE, CANNOT_BE_KNOWN, KEY_GONE ->
          waits ? "end it: flightlog rules retire " + id + " (or keep it: approve)" : retire;
      case UNDECIDED -> retire;
    };
  }

  private static String arm(Effect effect, Arm arm) {
    boolean weeks = effect.trial().terms().placement() == Placement.FILE;
    return arm(weeks ? "week" : "session", effect.trial().measure(), arm);
  }

  private static String arm(String unit, Measure measure, Arm arm) {
    if (arm.sessions() == 0) {
      return "no " + unit;
    }
    return Units.count(arm.sessions(), unit)
        + (arm.opportunities() == 0
            ? " without such a " + measure.opportunity()
            : ", "
                + Units.share(arm.rate())
                + " of "
                + Units.count(arm.opportunities(), measure.opportunity())
                + " "
                + measure.happened());
  }

  private static String number(double e) {
    return e >= 1000
        ? String.format(Locale.ROOT, "%.2g", e)
        : String.format(Locale.ROOT, "%.2f", e);
  }

  private static Table table(List<Told> told) {
    Table table =
        new Table(
            List.of(
                "id",
                "trial",
                "purpose",
                "placement",
                "delivery",
                "verdict",
                "e_value",
                "looks",
                "planned_sessions",
                "sessions_with",
                "errors_with",
                "opportunities_with",
                "sessions_without",
                "errors_without",
                "opportunities_without",
                "difference",
                "low",
                "high",
                "cost_tokens",
                "saved_tokens",
                "measure",
                "strata"),
            100);
    for (Told each : told) {
      Effect effect = each.effect();
      Effect.@Nullable Relative relative =
          effect.interval().map(Effect.Interval::relative).orElse(null);
      table.add(
          each.entry().rule().id(),
          effect.trial().id(),
          effect.trial().purpose().wireName(),
          effect.trial().terms().placement().wireName(),
          effect.trial().terms().delivery().wireName(),
          effect.verdict().words(),
          effect.eValue(),
          effect.looks(),
          effect.trial().purpose() == Purpose.HOLDOUT ? null : effect.trial().planned(),
          effect.exposed().sessions(),
          effect.exposed().errors(),
          effect.exposed().opportunities(),
          effect.control().sessions(),
          effect.control().errors(),
          effect.control().opportunities(),
          relative == null ? null : relative.estimate(),
          relative == null ? null : relative.low(),
          relative == null ? null : relative.high(),
          effect.balance().cost(),
          effect.balance().saved(),
          effect.trial().measure().wireName(),
          strata(effect.strata()));
    }
    return table;
  }

  /** The sessions of either arm by model and version; in CSV the same list as one text. */
  private static Table.Json strata(List<Stratum> strata) {
    JsonWriter out = new JsonWriter().beginArray();
    for (Stratum each : strata) {
      out.beginObject();
      out.key("model").value(each.model().isEmpty() ? null : each.model());
      out.key("version").value(each.version().isEmpty() ? null : each.version());
      arm(out, "with", each.exposed());
      arm(out, "without", each.control());
      out.endObject();
    }
    return new Table.Json(out.endArray().toString());
  }

  private static void arm(JsonWriter out, String which, Arm arm) {
    out.key("sessions_" + which).number(arm.sessions());
    out.key("errors_" + which).number(arm.errors());
    out.key("opportunities_" + which).number(arm.opportunities());
  }

  /** The verdict of the newest trial, for a list of rules; null for a rule that was never tried. */
  static @Nullable String verdict(List<Effect> effects) {
    Verdict verdict = effects.isEmpty() ? null : effects.getLast().verdict();
    return verdict == null ? null : verdict.words();
  }
}
