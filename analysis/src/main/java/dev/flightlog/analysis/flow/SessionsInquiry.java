package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.live.LastEvents;
import dev.flightlog.analysis.live.Standing;
import dev.flightlog.analysis.time.TimeSplit;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest sessions: when, of what, what they cost, how they stand, and how to go on with them.
 */
public final class SessionsInquiry implements Inquiry<SessionsInquiry.Listed> {
  /** So many are looked into; the newest. */
  private static final int MOST = 100;

  public static final Question QUESTION =
      new Question(
              "sessions",
              "The newest sessions: when, project, cost, state, last words, how to resume",
              "The newest hundred, by their last event. The state is that of 'now', told from the last events: 'waiting' for a"
                  + " person, 'working', 'idle' when the turn is over, 'ended_unclean' when nothing was heard for half"
                  + " an hour in the middle of a turn, for a day in a call that was told live, or for seven days of waiting,"
                  + " 'ended' when a hook told so; 'certain' is no where its source does not tell. 'open errors' are errors after which"
                  + " the same intent never succeeded. Running and waiting for a person are told as in 'bottlenecks';"
                  + " <= and >= where the split of some durations is unknown. Last words are the agent's; to resume is the"
                  + " command of the program the session is of, where that is known.",
              List.of(),
              300,
              new SessionsInquiry())
          .usedFor("what was I doing");

  private static final List<Measure> MEASURES =
      Stream.concat(
              Stream.of(Measures.FIRST, Measures.LAST, Measures.EVENTS, Measures.ERRORS),
              TimeSplit.OF_WORK.stream())
          .toList();

  /** One session. */
  record Listed(
      String id,
      Group sums,
      @Nullable String project,
      @Nullable String story,
      @Nullable String agent,
      @Nullable String model,
      Standing standing,
      ModelUse use,
      long openErrors,
      @Nullable String lastWords,
      @Nullable String resume) {
    TimeSplit time() {
      return TimeSplit.ofWork(sums);
    }
  }

  @Override
  public List<Column<Listed>> columns() {
    return List.of(
        Column.text("session", "its id", Listed::id),
        Column.time("first", "its first event", s -> s.sums().whole(Measures.FIRST)),
        Column.time("last", "its last event", s -> s.sums().whole(Measures.LAST)),
        Column.text("project", "null when not known", Listed::project),
        Column.text("story", "null when not known", Listed::story),
        Column.text("agent", "of its last event that names one", Listed::agent),
        Column.text("model", "of its last model call", Listed::model),
        Column.text(
            "state",
            "waiting, working, idle, ended_unclean or ended",
            s -> s.standing().state().word()),
        Column.text(
            "certain",
            "no when its source does not tell, so that it may be otherwise",
            s -> s.standing().certain() ? "yes" : "no"),
        Column.whole("events", "all events", s -> s.sums().count(Measures.EVENTS)),
        Column.whole("errors", "as in the question errors", s -> s.sums().count(Measures.ERRORS)),
        Column.whole("open_errors", "errors that were not made good", Listed::openErrors),
        Column.whole(
            "time_ms", "sum of all durations but of those that hold others", s -> s.time().total()),
        Column.whole(
            "waiting_ms", "of it waiting for a person, as far as known", s -> s.time().waiting()),
        Column.whole(
            "split_unknown",
            "durations of which it is not known how much was waiting",
            s -> s.time().unsplit()),
        Column.whole("tokens_used", "null when no call tells", s -> s.use().tokens()),
        Column.real("cost_usd", "null when no price is known", s -> s.use().cost()),
        Column.whole("unpriced_calls", "calls of unknown price", s -> s.use().unpriced()),
        Column.text("last_words", "what the agent said last, shortened", Listed::lastWords),
        Column.text("resume", "the command that goes on with it", Listed::resume));
  }

  @Override
  public boolean leavesOutOurOwn() {
    return true;
  }

  @Override
  public Result<Listed> ask(Selection selection) {
    List<String> ids = NewestSessions.of(selection, MOST);
    Filter of = Filter.in(Events.SESSION, new HashSet<>(ids));
    Map<String, Group> sums = new HashMap<>();
    if (!ids.isEmpty()) {
      for (Group group : selection.group(of, List.of(Events.BY_SESSION), MEASURES)) {
        sums.put(String.valueOf(group.text(Events.BY_SESSION)), group);
      }
    }
    Map<@Nullable String, ModelUse> use =
        ids.isEmpty() ? Map.of() : ModelUse.by(selection, Events.BY_SESSION, of);
    Map<String, Long> open = open(selection, ids);
    Result<Listed> result =
        new Result<Listed>()
            .cell("last", (s, wording) -> wording.seen(s.sums().whole(Measures.LAST)))
            .cell("session", (s, wording) -> wording.session(s.id()))
            .cell("project", (s, wording) -> wording.name(place(s), "-"))
            .cell("state", (s, _) -> s.standing().state().word().replace('_', ' '))
            .cell(">running", (s, _) -> running(s.time()))
            .cell(">waiting", (s, _) -> waiting(s.time()))
            .cell(">cost", (s, _) -> s.use().words())
            .cell(">open", (s, _) -> s.openErrors() == 0 ? "-" : Units.count(s.openErrors()))
            .cell("last words", (s, wording) -> said(s, wording));
    for (String id : ids) {
      result.row(
          listed(
              selection,
              id,
              Objects.requireNonNull(sums.get(id)),
              use.getOrDefault(id, ModelUse.NONE),
              open.getOrDefault(id, 0L)));
    }
    String found =
        Units.count(selection.sessions(), "session")
            + (selection.sessions() > MOST ? ", the newest " + MOST + " listed" : "");
    return result
        .heading(
            wording -> "Sessions, " + selection.window(wording) + ": " + found,
            wording -> "Sessions, " + selection.window(wording) + ": " + found)
        .hint(reader ->
            ids.isEmpty()
                ? null
                : "The newest: " + reader.ask("session", "SESSION", ids.getFirst()))
        .total("sessions_listed", (long) ids.size());
  }

  private static String running(TimeSplit time) {
    return time.timed() == 0
        ? "-"
        : (time.unsplit() > 0 ? "<=" : "") + Units.duration(time.running());
  }

  private static String waiting(TimeSplit time) {
    return time.split() == 0
        ? "-"
        : (time.unsplit() > 0 ? ">=" : "") + Units.duration(time.waiting());
  }

  private static @Nullable String place(Listed session) {
    String project = session.project();
    String story = session.story();
    return project == null
        ? story
        : story == null || story.equals(project) ? project : project + ' ' + story;
  }

  private static String said(Listed session, Wording wording) {
    String words = session.lastWords();
    return words == null
        ? "-"
        : SafeText.sentence(words, wording.nameTokens() * 4, wording.nameTokens());
  }

  private static Map<String, Long> open(Selection selection, List<String> ids) {
    Map<String, Long> open = new HashMap<>();
    List<ErrorFact> facts = selection.learning().facts().of(ErrorFact.class, ids);
    for (ErrorFact fact : selection.taken(facts)) {
      if (!fact.recovered() && fact.isDecided()) {
        open.merge(fact.session(), 1L, Long::sum);
      }
    }
    return open;
  }

  private static Listed listed(
      Selection selection, String id, Group sums, ModelUse use, long openErrors) {
    LastEvents last = LastEvents.of(selection, id);
    String words = last.lastWords();
    return new Listed(
        id,
        sums,
        last.newest(Field.PROJECT),
        last.newest(Field.STORY_ID),
        last.newest(Field.AGENT_NAME),
        last.newestDetail("model"),
        last.standing(),
        use,
        openErrors,
        words == null ? null : SafeText.shortened(SafeText.sentence(words), 300),
        resume(id, last.newest(Field.SOURCE)));
  }

  private static @Nullable String resume(String id, @Nullable String source) {
    boolean plain =
        id.length() <= 64
            && id.chars().allMatch(c -> c == '-' || c == '_' || Character.isLetterOrDigit(c));
    if (source == null || !plain) {
      return null;
    } else if (source.contains("rollout-")) {
      return "codex resume " + id;
    }
    return source.contains(".claude") || source.contains(id + ".jsonl")
        ? "claude --resume " + id
        : null;
  }
}
