package dev.flightlog.analysis.people;

import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.patterns.InteractionPattern;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people had to do, by kind and reason, and which kinds have ceased. */
public final class InteractionsInquiry implements Inquiry<InteractionsInquiry.Interaction> {
  public static final Question QUESTION =
      new Question(
              "interactions",
              "What people had to do: answer, correct, interrupt, refuse, repeat; what has ceased",
              "Clarifications are questions to a person, by the reason told or the heading of the"
                  + " question; approvals are what waited for a yes; corrections and frustrations are"
                  + " recognised in prompts by their words (English, and the common ones of eight other"
                  + " languages), so some are missed and some are none; a repeat is a prompt much like"
                  + " one of the eight before it. An interruption within a second of a refusal is that"
                  + " refusal, and counts once. The first prompt of a session corrects nothing. Text"
                  + " that a program wrote in the user's role counts for nothing. A kind has ceased when"
                  + " the sessions since its last occurrence had brought another at its former rate with"
                  + " a chance of 95 %.",
              List.of(),
              200,
              new InteractionsInquiry())
          .usedFor("what people correct");

  /** So rarely would silence this long be chance. */
  private static final double CHANCE = 0.05;

  private static final int FEW = 2;

  /** So many kinds, the most frequent, are looked at whether they have ceased. */
  private static final int MOST_FOLLOWED = 40;

  /**
   * A row: what people had to do, of one kind and for one reason.
   *
   * @param since sessions that began after the last; null when that was not looked at
   */
  public record Interaction(InteractionPattern pattern, @Nullable Long since, boolean ceased) {

    /** The same, and what someone said who refused. */
    String quoted(Wording wording) {
      String said = pattern.said();
      return pattern.kind() != InteractionKind.REJECTION || said == null
          ? words(wording)
          : words(wording) + ": \"" + SafeText.sentence(said, 80, 20) + '"';
    }

    Occurrences met() {
      return pattern.occurrences();
    }

    /** The kind and the reason. */
    public String words(Wording wording) {
      String reason = pattern.reason();
      return pattern.kind().wireName() + (reason == null ? "" : ", " + wording.name(reason));
    }
  }

  @Override
  public List<Column<Interaction>> columns() {
    return List.of(
        Column.text(
            "kind",
            "clarification, approval, correction, frustration, interruption, rejection or repeat",
            i -> i.pattern().kind().wireName()),
        Column.text(
            "reason", "why, or of what tool; null when it is not told", i -> i.pattern().reason()),
        Column.whole("count", "how often", i -> i.met().count()),
        Column.whole("sessions", "in how many sessions", i -> i.met().sessions()),
        Column.whole(
            "waited_ms",
            "milliseconds waited for the person; null when not known",
            i -> i.pattern().waitedMs()),
        Column.time("last_seen", "when last", i -> i.met().lastSeen()),
        Column.whole("sessions_since", "sessions that began after that", Interaction::since),
        Column.text("ceased", "yes when it has ceased, else no", i -> i.ceased() ? "yes" : "no"),
        Column.text(
            "example",
            "the head of the newest, as it was logged; null when not kept",
            i -> i.pattern().said()));
  }

  @Override
  public Result<Interaction> ask(Selection selection) {
    LearnedFacts learned = selection.learning().facts();
    List<InteractionPattern> patterns =
        PatternFinder.interactions(selection.taken(learned.all(InteractionFact.class)));
    long sessions = patterns.isEmpty() ? 0 : sessions(selection, Filter.EVERYTHING);
    long all = 0;
    long ceased = 0;
    Result<Interaction> result =
        new Result<Interaction>()
            .cell(">count", (i, _) -> Units.count(i.met().count()))
            .cell("what", Interaction::quoted)
            .cell(">sessions", (i, _) -> Units.count(i.met().sessions()))
            .cell("last seen", (i, wording) -> wording.seen(i.met().lastSeen()))
            .cell(">since", (i, _) -> Wording.count(i.since()))
            .cell("", (i, _) -> i.ceased() ? "ceased" : "-");
    for (int i = 0; i < patterns.size(); i++) {
      InteractionPattern pattern = patterns.get(i);
      Occurrences met = pattern.occurrences();
      all += met.count();
      Long since = i < MOST_FOLLOWED ? (Long) (sessions - begun(selection, met.lastSeen())) : null;
      boolean gone = since != null && hasCeased(met.sessions(), sessions - since, since);
      ceased += gone ? 1 : 0;
      result.row(new Interaction(pattern, since, gone));
    }
    long total = all;
    long kindsCeased = ceased;
    if (!patterns.isEmpty()) {
      result.note("Corrections and frustrations are told by their words: about half are missed");
    }
    return result
        .heading(
            wording ->
                total == 0
                    ? "No interactions, " + selection.window(wording) + selection.inSessions() + "."
                    : "Interactions, "
                        + selection.window(wording)
                        + ": "
                        + Units.count(total)
                        + selection.inSessions()
                        + (kindsCeased > 0 ? "; " + kindsCeased + " ceased" : "")
                        + "; "
                        + selection.newest(),
            wording -> "Interactions, " + selection.window(wording) + ": " + Units.count(total))
        .hint(reader ->
            "What was said: "
                + (reader.kind() == Reader.Kind.MCP
                    ? "its structured content"
                    : reader.ask("interactions"))
                + (reader.isCommandLine() ? " --format json" : ""))
        .total("interactions", total)
        .total("kinds_ceased", kindsCeased);
  }

  /** How many sessions of the selection had begun by then. */
  private static long begun(Selection selection, long last) {
    return sessions(selection, new Filter.Time(Long.MIN_VALUE, last + 1));
  }

  private static long sessions(Selection selection, Filter filter) {
    return selection.measure(filter, Measures.SESSIONS).count(Measures.SESSIONS);
  }

  /** Would so many silent sessions be chance, at the rate of the sessions until the last one? */
  static boolean hasCeased(long with, long until, long since) {
    if (with < FEW || until <= 0 || since <= 0) {
      return false;
    }
    double rate = Math.min(1, (double) with / until);
    return Math.pow(1 - rate, since) < CHANCE;
  }
}
