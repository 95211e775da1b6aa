package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.ErrorLookup;
import dev.flightlog.patterns.remedies.ErrorLookup.Way;
import dev.flightlog.patterns.remedies.Remedy;
import dev.flightlog.patterns.remedies.RemedyRanking;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What made it work after an error, with its support and what speaks against it. */
public final class RemediesInquiry implements Inquiry<Remedy> {
  public static final Question QUESTION =
      new Question(
              "remedies",
              "What made it work after an error",
              "Each error of a tool call is followed in its session for up to 60 calls of the same agent"
                  + " until a call of the same intent succeeds: the same file and half of the words of"
                  + " an edit, the same program with half of its words, the same search. The remedy is"
                  + " the smallest difference between the two calls and what was done between them."
                  + " 'helped' counts errors after which it worked, 'failed again' how often it was"
                  + " tried and the call failed again. An error whose session ended within ten calls"
                  + " counts as neither recovered nor given up. Errors are found by class, error type,"
                  + " message as it was printed (also with other values in it), or a part of these; the"
                  + " newest is shown with what was called before and after.",
              List.of(
                  new Argument(
                      "ERROR", true, "an error's class, type or message", "Edit string_not_found")),
              300,
              new RemediesInquiry())
          .usedFor("how to fix this error");

  private static final int MOST = 20;
  private static final int NEAREST = 3;
  private static final int OFFERED = 3;
  private static final Set<Way> WEAK = EnumSet.of(Way.ALIKE, Way.EXCEPTION, Way.DIAGNOSTIC);

  @Override
  public List<Column<Remedy>> columns() {
    return List.of(
        Column.text(
            "remedy",
            "what was different, in words",
            r -> r.change().words(Wording.UNBOUNDED.nameTokens())),
        Column.text("kind", "the same as a stable name", r -> r.change().kind().name()),
        Column.text(
            "slot",
            "the tool, program, argument or flag in it; null without one",
            r -> r.change().slot().isEmpty() ? null : r.change().slot()),
        Column.whole("helped", "errors after which this made it work", r -> r.helped().count()),
        Column.whole(
            "failed_again", "times it was tried and the call failed again", r -> (long) r.failed()),
        Column.whole("sessions", "sessions in which it helped", r -> r.helped().sessions()),
        Column.real("share", "helped / recovered errors, 0 to 1", Remedy::share),
        Column.time(
            "last_seen", "the newest error after which it helped", r -> r.newest().micros()),
        Column.text("session", "of that error", r -> r.newest().session()),
        Column.text("error_event", "the event of that error", r -> r.newest().id()),
        Column.text(
            "success_event", "the event of the call that worked", r -> r.newest().success()),
        Column.text(
            "before",
            "what was called when it failed; may hold text of the log",
            r -> r.newest().before()),
        Column.text(
            "after",
            "what was called when it worked; may hold text of the log",
            r -> r.newest().after()));
  }

  @Override
  public Result<Remedy> ask(Selection selection) {
    String wanted = selection.call().arguments().getFirst();
    LearnedFacts learned = selection.learning().facts();
    ErrorLookup.Found found =
        selection.takesAll()
            ? ErrorLookup.byKind(wanted, learned::errors)
            : new ErrorLookup.Found(Way.NOTHING, List.of());
    boolean byKind = !found.errors().isEmpty();
    List<ErrorFact> all = byKind ? found.errors() : ErrorCases.of(selection, learned);
    found = byKind ? found : ErrorLookup.find(wanted, all);
    List<ErrorFact> cases = found.errors();
    if (cases.isEmpty()) {
      return unknown(wanted, all, selection);
    }
    int recovered = 0;
    int given = 0;
    for (ErrorFact each : cases) {
      recovered += each.recovered() ? 1 : 0;
      given += !each.recovered() && each.isDecided() ? 1 : 0;
    }
    String name = name(wanted, cases);
    Result<Remedy> result =
        new Result<Remedy>()
            .rows(remedies(found, name, all))
            .cell(">helped", (r, _) -> Units.count(r.helped().count()))
            .cell(">share", (r, _) -> Wording.share(r.share()))
            .cell(">failed again", (r, _) -> Units.count(r.failed()))
            .cell("what", (r, wording) -> r.change().words(wording.nameTokens()))
            .cell("last", (r, wording) -> wording.seen(r.newest().micros()));
    if (WEAK.contains(found.way())) {
      result.note("None has just this message; these are the nearest");
    }
    heading(result, selection, name, cases, recovered, given);
    evidence(selection, result, recovered, cases);
    ErrorCases.tellCut(learned, result);
    return result
        .total("class", name)
        .total("errors", (long) cases.size())
        .total("recovered", (long) recovered)
        .total("given_up", (long) given);
  }

  /** What helped after these errors; for a message also, where that is little, after its like. */
  private static List<Remedy> remedies(ErrorLookup.Found found, String name, List<ErrorFact> all) {
    List<Remedy> own = RemedyRanking.among(name, found.errors(), MOST);
    boolean whole = found.way() == Way.CLASS || found.way() == Way.ERROR_TYPE;
    return whole || own.size() >= OFFERED || own.isEmpty()
        ? own
        : RemedyRanking.forErrors(name, found.errors(), all, OFFERED);
  }

  private static void heading(
      Result<Remedy> result,
      Selection selection,
      String name,
      List<ErrorFact> cases,
      int recovered,
      int given) {
    String counts =
        Units.count(cases.size(), "error") + ", " + Units.count(recovered) + " recovered, ";
    String end =
        recovered > 0
            ? Units.count(given) + " given up"
            : "so no remedy is known" + (given == 0 ? "; it is too early to tell" : "");
    result.heading(
        wording ->
            "Remedies for "
                + wording.name(name)
                + ", "
                + selection.window(wording)
                + ": "
                + counts
                + end,
        wording -> "Remedies, " + selection.window(wording) + ": " + counts + end);
  }

  private static void evidence(
      Selection selection, Result<Remedy> result, int recovered, List<ErrorFact> cases) {
    ErrorFact shown = cases.getFirst();
    for (ErrorFact each : cases) {
      boolean better = each.recovered() == (recovered > 0);
      if (better && (shown.recovered() != each.recovered() || each.micros() > shown.micros())) {
        shown = each;
      }
    }
    if (!shown.message().isBlank()) {
      result.note("e.g. \"" + SafeText.sentence(shown.message(), 100, 25) + '"');
    }
    if (recovered > 0 && !shown.before().isEmpty()) {
      result.note("Failed: " + SafeText.sentence(shown.before(), 120, 30));
      result.note("Worked: " + SafeText.sentence(shown.after(), 120, 30));
    }
    if (recovered > 0) {
      result.note(
          "Seen in session "
              + SafeText.shortened(shown.session(), 40, 20)
              + " at "
              + selection.dates().wholeMinute(shown.micros()));
    }
  }

  /** The class when all are of one, else what was asked for. */
  private static String name(String wanted, List<ErrorFact> cases) {
    String first = cases.getFirst().label();
    for (ErrorFact each : cases) {
      if (!each.label().equals(first)) {
        return wanted.strip();
      }
    }
    return first;
  }

  private static Result<Remedy> unknown(String wanted, List<ErrorFact> all, Selection selection) {
    Map<String, Integer> classes = new HashMap<>();
    for (ErrorFact each : all) {
      classes.merge(each.className(), 1, Integer::sum);
    }
    List<String> known = new ArrayList<>(classes.keySet());
    known.sort(
        Order.comparingInt((String name) -> classes.getOrDefault(name, 0))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    List<String> nearest = Nearest.to(wanted.strip(), known, NEAREST);
    boolean near = !nearest.isEmpty();
    List<String> shown = near ? nearest : known.subList(0, Math.min(NEAREST, known.size()));
    return new Result<Remedy>()
        .heading(
            wording -> {
              StringBuilder out = new StringBuilder("No error like '");
              out.append(wording.name(wanted)).append("', ").append(selection.window(wording));
              String lead = near ? "; nearest: " : "; the most frequent: ";
              for (String name : shown) {
                out.append(lead).append(wording.name(name));
                lead = ", ";
              }
              return out.append('.').toString();
            },
            wording -> "No such error.")
        .total("class", null)
        .total("errors", 0L)
        .total("recovered", 0L)
        .total("given_up", 0L);
  }
}
