package dev.flightlog.analysis.live;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.live.Standing.State;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each session stands now: who waits for a person and why, who works, who is gone. */
public final class NowInquiry implements Inquiry<NowInquiry.Card> {
  private static final long HOUR = Dimension.Span.HOUR.micros();

  /** Sessions that were heard of in so many hours are on the board, or in fewer on a busy day. */
  private static final int[] LOOKED_BACK = {24, 12, 6, 3, 1};

  /** So many events are looked through. */
  private static final long BUSY = 15_000;

  private static final int MOST = 60;

  public static final Question QUESTION =
      new Question(
              "now",
              "How sessions stand now: waiting for you and why, working, idle, ended unclean",
              "Of the sessions heard of in the last 24 hours (fewer when more than 15,000 events happened in them), the newest 60, each by its last 40 events."
                  + " 'waiting': a person was asked and nothing of the same agent came after it, or a call of a tool that"
                  + " asks has no result. 'working': a call has no result, or something happened in the last half hour and"
                  + " the turn is not over. 'idle': the turn is over, or a person stopped it. 'ended_unclean': nothing was"
                  + " heard for half an hour in the middle of a turn, for a day in a call that was told live, or for seven days"
                  + " of waiting. Sessions that said they end are not listed. Hooks and"
                  + " telemetry tell when a person is waited for; of a session that is known by its transcript alone ('live' is no) a"
                  + " call without a result may run or wait, and 'certain' is no where that was guessed: quick tools such as"
                  + " Edit count as waiting after 30 seconds, others as working.",
              List.of(),
              300,
              new NowInquiry())
          .usedFor("who waits for me");

  private static final List<Measure> MEASURES =
      List.of(Measures.LAST, Measures.EVENTS, Measures.ERRORS);

  /** A session on the board. */
  record Card(
      String session, Standing standing, LastEvents last, long events, long errors, ModelUse use) {}

  @Override
  public List<Column<Card>> columns() {
    return List.of(
        Column.text("session", "its id", Card::session),
        Column.text(
            "state", "waiting, working, idle or ended_unclean", c -> c.standing().state().word()),
        Column.text("reason", "why, half a sentence", c -> c.standing().reason()),
        Column.text(
            "tool", "in which it is, or for which it asks; else null", c -> c.standing().tool()),
        Column.time("since", "since when it stands so", c -> c.standing().since()),
        Column.text(
            "certain",
            "no when its source does not tell, so that it may be otherwise",
            c -> c.standing().certain() ? "yes" : "no"),
        Column.text(
            "live",
            "yes when some of it was told as it happened, no when all is read from files",
            c -> c.last().isLive() ? "yes" : "no"),
        Column.time("last", "when it was last heard of", c -> c.last().last()),
        Column.text("project", "null when not known", c -> c.last().newest(Field.PROJECT)),
        Column.text("story", "null when not known", c -> c.last().newest(Field.STORY_ID)),
        Column.text("agent", "of its last event with one", c -> c.last().newest(Field.AGENT_NAME)),
        Column.text("model", "of its last model call", c -> c.last().newestDetail("model")),
        Column.real(
            "context_percent", "of the context window, 0 to 100", c -> c.last().contextPercent()),
        Column.whole("events", "in the hours looked at", Card::events),
        Column.whole("errors", "of them, as in the question errors", Card::errors),
        Column.whole(
            "tokens_used", "in the hours looked at; null when not told", c -> c.use().tokens()),
        Column.real(
            "cost_usd", "in the hours looked at, known costs; null without", c -> c.use().cost()),
        Column.whole("unpriced_calls", "calls of unknown price", c -> c.use().unpriced()),
        Column.text("last_words", "what the agent said last, shortened", NowInquiry::words));
  }

  private static @Nullable String words(Card card) {
    String words = card.last().lastWords();
    return words == null ? null : SafeText.shortened(SafeText.sentence(words), 300);
  }

  @Override
  public Result<Card> ask(Selection selection) {
    int hours = hours(selection);
    Filter window = since(selection, hours);
    List<Card> cards = new ArrayList<>();
    int ended = 0;
    List<Group> sessions = sessions(selection, window);
    Map<@Nullable String, ModelUse> use =
        sessions.isEmpty() ? Map.of() : ModelUse.by(selection, Events.BY_SESSION, window);
    for (Group group : sessions) {
      Card card = card(selection, group, use);
      if (card.standing().state() == State.ENDED) {
        ended++;
      } else if (!card.last().isOurOwn()) {
        cards.add(card);
      }
    }
    cards.sort(
        Order.comparing((Card c) -> c.standing().state())
            .thenComparing(c -> c.standing().since() * (isOldestFirst(c) ? 1 : -1))
            .thenComparing(Card::session));
    Result<Card> result =
        new Result<Card>()
            .rows(cards)
            .cell("", (c, _) -> state(c))
            .cell("since", (c, _) -> Units.ago(c.standing().since(), selection.now()))
            .cell("session", (c, wording) -> wording.session(c.session()))
            .cell("project", (c, wording) -> wording.name(c.last().newest(Field.PROJECT), "-"))
            .cell("why", NowInquiry::why)
            .cell(">cost", (c, _) -> c.use().calls() == 0 ? "-" : c.use().words());
    if (cards.stream().anyMatch(card -> !card.standing().certain())) {
      result.note("? = its source does not tell, so it may be otherwise");
    }
    if (hours < LOOKED_BACK[0]) {
      result.note(
          "so much goes on that only the last " + Units.count(hours, "hour") + " were looked at");
    }
    return totals(result, cards, ended, selection).total("hours", (long) hours);
  }

  private static Filter since(Selection selection, int hours) {
    return Filter.since(HOUR * Math.floorDiv(selection.now() - hours * HOUR, HOUR));
  }

  /** As many as can be looked through at once. */
  private static int hours(Selection selection) {
    for (int hours : LOOKED_BACK) {
      if (selection.count(since(selection, hours)) <= BUSY) {
        return hours;
      }
    }
    return LOOKED_BACK[LOOKED_BACK.length - 1];
  }

  /** Who waits longest comes first; of the others who was heard of last. */
  private static boolean isOldestFirst(Card card) {
    return card.standing().state() == State.WAITING;
  }

  private static Result<Card> totals(
      Result<Card> result, List<Card> cards, int ended, Selection selection) {
    long today = Period.DAY.startOf(selection.now(), selection.dates());
    ModelUse spent = ModelUse.of(selection, Filter.since(today));
    Measure asked = count(EventTypes.TASK_REQUEST);
    Measure done = count(EventTypes.TASK_OUTCOME);
    Group tasks = selection.measure(Filter.since(today), asked, done);
    String found =
        cards.isEmpty()
            ? "no session was heard of in the last 24 hours"
            : number(cards, State.WAITING)
                + " waiting for you, "
                + number(cards, State.WORKING)
                + " working, "
                + number(cards, State.IDLE)
                + " idle, "
                + number(cards, State.UNCLEAN)
                + " ended unclean";
    String money = spent.calls() == 0 ? "nothing" : spent.words();
    return result
        .heading(
            wording -> "Now" + place(selection, wording) + ": " + found + "; spent today: " + money,
            wording -> "Now: " + found)
        .hint(reader ->
            cards.isEmpty()
                ? "All of them: " + reader.ask("sessions")
                : "One of them: " + reader.ask("session", "SESSION", cards.getFirst().session()))
        .total("waiting", number(cards, State.WAITING))
        .total("working", number(cards, State.WORKING))
        .total("idle", number(cards, State.IDLE))
        .total("ended_unclean", number(cards, State.UNCLEAN))
        .total("ended", (long) ended)
        .total("spent_today_usd", spent.cost())
        .total("unpriced_calls_today", spent.unpriced())
        .total("tokens_today", spent.tokens())
        .total("tasks_asked_today", tasks.count(asked))
        .total("tasks_done_today", tasks.count(done));
  }

  private static String place(Selection selection, Wording wording) {
    String window = selection.window(wording);
    return window.equals("all time") ? "" : ", " + window;
  }

  private static Measure count(String type) {
    return Measure.count(Filter.is(Attribute.of(Field.EVENT_TYPE), type));
  }

  private static long number(List<Card> cards, State state) {
    return cards.stream().filter(card -> card.standing().state() == state).count();
  }

  private static String state(Card card) {
    String word = card.standing().state().word().replace('_', ' ');
    return card.standing().certain() ? word : word + '?';
  }

  private static String why(Card card, Wording wording) {
    String tool = card.standing().tool();
    return SafeText.shortened(card.standing().reason(), 80)
        + (tool == null ? "" : ": " + wording.name(tool));
  }

  /** Those of the window, the last heard of first. */
  private static List<Group> sessions(Selection selection, Filter window) {
    List<Group> all =
        new ArrayList<>(
            selection.group(
                Filter.and(window, Filter.not(Filter.absent(Events.SESSION))),
                List.of(Events.BY_SESSION),
                MEASURES));
    all.sort(
        Order.comparingLong((Group g) -> -g.count(Measures.LAST))
            .thenComparing(g -> String.valueOf(g.text(Events.BY_SESSION))));
    return all.subList(0, Math.min(MOST, all.size()));
  }

  private static Card card(Selection selection, Group group, Map<@Nullable String, ModelUse> use) {
    String id = String.valueOf(group.text(Events.BY_SESSION));
    LastEvents last = LastEvents.of(selection, id);
    return new Card(
        id,
        last.standing(),
        last,
        group.count(Measures.EVENTS),
        group.count(Measures.ERRORS),
        use.getOrDefault(id, ModelUse.NONE));
  }
}
