package dev.flightlog.analysis.people;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.patterns.InteractionPattern;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people had to do, by kind and reason, and which kinds have ceased. */
public final class InteractionsInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "interactions",
          "What people had to do: answer, correct, interrupt, refuse, repeat; what has ceased",
          "Clarifications are questions to a person, by the reason told or the heading of the"
              + " question; approvals are what waited for a yes; corrections and frustrations are"
              + " recognised in prompts by their words (English, and the common ones of eight other"
              + " languages), so some are missed and some are none; a repeat is a prompt much like"
              + " one of the eight before it. The first prompt of a session corrects nothing. Text"
              + " that a program wrote in the user's role counts for nothing. A kind has ceased when"
              + " the sessions since its last occurrence had brought another at its former rate with"
              + " a chance of 95 %.",
          List.of(),
          200,
          new InteractionsInquiry());

  /** So rarely would silence this long be chance. */
  private static final double CHANCE = 0.05;

  private static final int FEW = 2;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text(
              "kind",
              "clarification, approval, correction, frustration, interruption, rejection or repeat"),
          Column.text("reason", "why, or of what tool; null when it is not told"),
          Column.whole("count", "how often"),
          Column.whole("sessions", "in how many sessions"),
          Column.whole("waited_ms", "milliseconds waited for the person; null when not known"),
          Column.time("last_seen", "when last"),
          Column.whole("sessions_since", "sessions that began after that"),
          Column.text("ceased", "yes when it has ceased, else no"),
          Column.text("example", "the head of the newest, as it was logged; null when not kept"));

  /** So many kinds, the most frequent, are looked at whether they have ceased. */
  private static final int MOST_FOLLOWED = 40;

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public Findings ask(Scope scope) {
    LearnedFacts learned = scope.digest().refresh();
    List<InteractionPattern> patterns =
        PatternFinder.interactions(scope.taken(learned.all(InteractionFact.class)));
    long sessions = patterns.isEmpty() ? 0 : sessions(scope, Filter.EVERYTHING);
    long all = 0;
    long ceased = 0;
    Findings findings =
        new Findings()
            .heads(wording -> List.of(">count", "what", ">sessions", "last seen", ">since", ""));
    for (int i = 0; i < patterns.size(); i++) {
      InteractionPattern pattern = patterns.get(i);
      Occurrences met = pattern.occurrences();
      all += met.count();
      Long since = i < MOST_FOLLOWED ? (Long) (sessions - begun(scope, met.lastSeen())) : null;
      boolean gone = since != null && hasCeased(met.sessions(), sessions - since, since);
      ceased += gone ? 1 : 0;
      findings.row(
          pattern.kind().wireName(),
          pattern.reason(),
          met.count(),
          met.sessions(),
          pattern.waitedMs(),
          met.lastSeen(),
          since,
          gone ? "yes" : "no",
          pattern.said());
    }
    long total = all;
    long kindsCeased = ceased;
    if (!patterns.isEmpty()) {
      findings.note("Corrections and frustrations are told by their words: about half are missed");
    }
    return findings
        .heading(
            wording ->
                total == 0
                    ? "No interactions, " + scope.window(wording) + scope.inSessions() + "."
                    : "Interactions, "
                        + scope.window(wording)
                        + ": "
                        + Units.count(total)
                        + scope.inSessions()
                        + (kindsCeased > 0 ? "; " + kindsCeased + " ceased" : "")
                        + "; "
                        + scope.newest(),
            wording -> "Interactions, " + scope.window(wording) + ": " + Units.count(total))
        .hint("What was said: flightlog ask interactions --format json")
        .total("interactions", total)
        .total("kinds_ceased", kindsCeased);
  }

  /** How many sessions of the scope had begun by then. */
  private static long begun(Scope scope, long last) {
    return sessions(scope, new Filter.Time(Long.MIN_VALUE, last + 1));
  }

  private static long sessions(Scope scope, Filter filter) {
    return scope.measure(filter, Measure.distinct(Scope.SESSION)).whole(0);
  }

  /** Would so many silent sessions be chance, at the rate of the sessions until the last one? */
  static boolean hasCeased(long with, long until, long since) {
    if (with < FEW || until <= 0 || since <= 0) {
      return false;
    }
    double rate = Math.min(1, (double) with / until);
    return Math.pow(1 - rate, since) < CHANCE;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    String reason = row[1] == null ? "" : ", " + wording.name(String.valueOf(row[1]));
    boolean ceased = "yes".equals(row[7]);
    boolean refused = InteractionKind.REJECTION.wireName().equals(row[0]) && row[8] != null;
    String said = refused ? ": \"" + SafeText.sentence(String.valueOf(row[8]), 80, 20) + '"' : "";
    return new String[] {
      Wording.count(row[2]),
      row[0] + reason + said,
      Wording.count(row[3]),
      wording.seen(row[5]),
      Wording.count(row[6]),
      ceased ? "ceased" : "-"
    };
  }
}
