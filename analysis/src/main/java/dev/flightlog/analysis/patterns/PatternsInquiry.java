package dev.flightlog.analysis.patterns;

import dev.flightlog.analysis.ask.Choice;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.errors.ErrorCases;
import dev.flightlog.analysis.people.InteractionsInquiry;
import dev.flightlog.analysis.time.BottlenecksInquiry;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.RepeatedCall;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.facts.RecurringErrors;
import dev.flightlog.patterns.facts.RepeatFact;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What recurs: error templates, sequences, bottlenecks, kinds of human interaction. */
public final class PatternsInquiry implements Inquiry<PatternsInquiry.Recurring> {
  private static final List<String> KINDS =
      List.of("errors", "sequences", "bottlenecks", "interactions");

  private static final Choice KIND =
      new Choice("patterns", List.of("all", "errors", "sequences", "bottlenecks", "interactions"));

  public static final Question QUESTION =
      new Question(
              "patterns",
              "What recurs: errors, sequences, bottlenecks, interactions",
              "errors are classes of tool, error type and message template, met at least twice, with the"
                  + " share after which the same intent succeeded. sequences are errors of one class"
                  + " three and more in a row, errors that are followed by another within ten tool"
                  + " calls more often than chance (lift; the lower end of a 95 % interval lies above"
                  + " chance), and the same call made three and more times in a row without any change."
                  + " bottlenecks and interactions are the rows of the questions of these names."
                  + " Without a kind, the first of each come first.",
              List.of(KIND.argument("KIND", "sequences")),
              300,
              new PatternsInquiry())
          .usedFor("recurring mistakes");

  /** Rows of each kind that come before all others when no kind is asked for. */
  private static final int FIRST = 2;

  /**
   * A row.
   *
   * @param count null when it is not counted
   * @param recovered of errors: the share after which it worked
   * @param lift of pairs: how many times as often as by chance
   */
  record Recurring(
      String kind,
      String pattern,
      @Nullable Long count,
      @Nullable Long sessions,
      @Nullable Double recovered,
      @Nullable Double lift,
      @Nullable Long last) {
    String how() {
      return recovered != null
          ? Wording.share(recovered) + " recovered"
          : lift != null ? "lift " + Units.decimal(lift, 1) : "-";
    }
  }

  @Override
  public List<Column<Recurring>> columns() {
    return List.of(
        Column.text("kind", "errors, sequences, bottlenecks or interactions", Recurring::kind),
        Column.text("pattern", "what recurs, in words", Recurring::pattern),
        Column.whole("count", "how often; null when it is not counted", Recurring::count),
        Column.whole("sessions", "in how many sessions; null when not known", Recurring::sessions),
        Column.real(
            "recovered",
            "of errors: the share after which it worked, 0 to 1",
            Recurring::recovered),
        Column.real("lift", "of pairs: how many times as often as by chance", Recurring::lift),
        Column.time("last_seen", "the newest; null when not known", Recurring::last));
  }

  @Override
  public Result<Recurring> ask(Selection selection) {
    String kind = KIND.of(selection.call());
    boolean every = kind.equals("all");
    LearnedFacts learned = selection.learning().facts();
    boolean ofErrors = every || kind.equals("errors") || kind.equals("sequences");
    RecurringErrors errors = ofErrors ? errors(selection, learned) : new RecurringErrors();
    List<List<Recurring>> byKind = new ArrayList<>();
    for (String each : KINDS) {
      if (every || kind.equals(each)) {
        byKind.add(
            switch (each) {
              case "errors" -> met("errors", errors.errors());
              case "sequences" -> sequences(selection, learned, errors);
              case "bottlenecks" -> bottlenecks(selection);
              default -> interactions(selection);
            });
      }
    }
    List<Recurring> rows = interleaved(byKind);
    String found =
        rows.isEmpty()
            ? "nothing recurs"
            : Units.count(rows.size(), "pattern") + (every ? "" : " of " + kind);
    Result<Recurring> result =
        new Result<Recurring>()
            .rows(rows)
            .cell(">count", (r, _) -> Wording.count(r.count()))
            .cell("pattern", PatternsInquiry::shortened)
            .cell("", (r, _) -> r.how())
            .cell("last seen", (r, wording) -> wording.seen(r.last()))
            .heading(
                wording ->
                    "Patterns, "
                        + selection.window(wording)
                        + ": "
                        + found
                        + "; "
                        + selection.newest(),
                wording -> "Patterns, " + selection.window(wording) + ": " + found)
            .total("patterns", (long) rows.size());
    if (!rows.isEmpty()) {
      rows.stream()
          .filter(row -> row.kind().equals("errors"))
          .findFirst()
          .ifPresent(error ->
              result.hint(
                  reader -> "What helped: " + reader.ask("remedies", "ERROR", error.pattern())));
    }
    ErrorCases.tellCut(learned, result);
    return result;
  }

  private static String shortened(Recurring row, Wording wording) {
    return SafeText.shortened(row.pattern(), wording.nameTokens() * 7, wording.nameTokens() * 2);
  }

  /** The first of each kind, then the others of each. */
  private static List<Recurring> interleaved(List<List<Recurring>> byKind) {
    List<Recurring> rows = new ArrayList<>();
    byKind.forEach(each -> rows.addAll(each.subList(0, Math.min(FIRST, each.size()))));
    byKind.forEach(each -> rows.addAll(each.subList(Math.min(FIRST, each.size()), each.size())));
    return rows;
  }

  private static RecurringErrors errors(Selection selection, LearnedFacts learned) {
    return selection.takesAll()
        ? learned.recurringErrors()
        : RecurringErrors.of(ErrorCases.of(selection, learned));
  }

  private static List<Recurring> sequences(
      Selection selection, LearnedFacts learned, RecurringErrors errors) {
    List<Recurring> rows = met("sequences", errors.sequences());
    for (RepeatedCall each :
        PatternFinder.repeats(selection.taken(learned.all(RepeatFact.class)))) {
      Occurrences met = each.occurrences();
      rows.add(
          new Recurring(
              "sequences", each.label(), met.count(), met.sessions(), null, null, met.lastSeen()));
    }
    return rows;
  }

  private static List<Recurring> met(String kind, List<RecurringErrors.Met> all) {
    List<Recurring> rows = new ArrayList<>();
    for (RecurringErrors.Met met : all) {
      rows.add(
          new Recurring(
              kind,
              met.label(),
              met.count(),
              met.sessions(),
              kind.equals("errors") ? Wording.ratio(met.recovered(), met.decided()) : null,
              met.lift() > 0 ? (Double) met.lift() : null,
              met.last()));
    }
    return rows;
  }

  private static List<Recurring> bottlenecks(Selection selection) {
    List<Recurring> rows = new ArrayList<>();
    for (BottlenecksInquiry.Spent spent :
        new BottlenecksInquiry().ask(selection.asking("bottlenecks")).rows()) {
      String words = BottlenecksInquiry.words(spent, wording(selection));
      rows.add(new Recurring("bottlenecks", words, null, null, null, null, null));
    }
    return rows;
  }

  private static List<Recurring> interactions(Selection selection) {
    List<Recurring> rows = new ArrayList<>();
    for (InteractionsInquiry.Interaction each :
        new InteractionsInquiry().ask(selection.asking("interactions")).rows()) {
      String words = each.words(wording(selection)) + (each.ceased() ? ", ceased" : "");
      rows.add(
          new Recurring(
              "interactions",
              words,
              each.pattern().occurrences().count(),
              each.pattern().occurrences().sessions(),
              null,
              null,
              each.pattern().occurrences().lastSeen()));
    }
    return rows;
  }

  private static Wording wording(Selection selection) {
    return new Wording(selection.now(), Wording.UNBOUNDED.nameTokens(), selection.dates());
  }
}
