package dev.flightlog.analysis;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.Absence;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Learning;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Timestamps;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Screen;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from a store, each within its budget: for the command line, HTTP and MCP alike.
 * Immutable and safe for several threads; blocks while the store works and fails as the store does
 * ({@link dev.flightlog.store.StoreException}).
 */
public final class Answerer {
  /** The budget of an answer whose rows are bounded by a number instead. */
  private static final int ROOM_FOR_ROWS = 100_000;

  private final EventStore store;
  private final TokenEstimate estimate;
  private final Clock clock;
  private final Digest digest;
  private final Dates dates;
  private final Freshness freshness;
  private final Duration bound;
  private final Pricing pricing;
  private final IntSupplier most;

  /** Without a bound beside the questions' own; days begin in the zone of the clock. */
  public Answerer(EventStore store, TokenEstimate estimate, Clock clock) {
    this(
        store,
        estimate,
        clock,
        Observers.digest(store),
        new Dates(clock.getZone()),
        Freshness.NONE,
        Duration.ZERO,
        Pricing.NONE,
        () -> Integer.MAX_VALUE);
  }

  private Answerer(
      EventStore store,
      TokenEstimate estimate,
      Clock clock,
      Digest digest,
      Dates dates,
      Freshness freshness,
      Duration bound,
      Pricing pricing,
      IntSupplier most) {
    this.store = store;
    this.estimate = estimate;
    this.clock = clock;
    this.digest = digest;
    this.dates = dates;
    this.freshness = freshness;
    this.bound = bound;
    this.pricing = pricing;
    this.most = most;
  }

  /**
   * The same, which never spends more tokens than that unless a call names its own budget.
   *
   * @param tokens is asked at each call, so that the bound may change
   */
  public Answerer bounded(IntSupplier tokens) {
    return new Answerer(store, estimate, clock, digest, dates, freshness, bound, pricing, tokens);
  }

  /**
   * The same, which takes in what is new before each answer, and tells in the answer what it could
   * not take in.
   *
   * @param longest how long that may take
   */
  public Answerer after(Freshness first, Duration longest) {
    return new Answerer(store, estimate, clock, digest, dates, first, longest, pricing, most);
  }

  /**
   * The same for a program that stays: what takes long to learn of sessions is learnt in the
   * background, and answers tell meanwhile that it is not complete.
   */
  public Answerer learningInBackground() {
    return new Answerer(
        store,
        estimate,
        clock,
        Observers.digestInBackground(store),
        dates,
        freshness,
        bound,
        pricing,
        most);
  }

  /**
   * The same for one reader who asks several questions at one moment: what is new is taken in
   * before the first answer alone, so that all answers are of the same events. For one thread.
   */
  public Answerer forOneMoment() {
    return after(new Moment(freshness), bound);
  }

  /** The same with these prices. */
  public Answerer pricedBy(Pricing prices) {
    return new Answerer(store, estimate, clock, digest, dates, freshness, bound, prices, most);
  }

  /**
   * Answers.
   *
   * @throws QuestionException when the call has a mistake: unknown question, missing argument, bad
   *     time, a budget in which nothing fits
   */
  public Answer ask(QuestionCall call) {
    return ask(call, null);
  }

  /**
   * The same for a person at a terminal: the text takes the room that it has, instead of the
   * budget.
   *
   * @param screen null for a reader without one
   */
  public Answer ask(QuestionCall call, @Nullable Screen screen) {
    long begin = System.nanoTime();
    Question question = Questions.named(call.question());
    checkArguments(question, call);
    Narrowing narrowing = call.narrowing();
    int budget = budget(question, narrowing);
    Dates told = narrowing.dates(dates);
    List<Pending> pending = freshness.takeIn(bound);
    long now = Timestamps.of(clock.instant());
    ArchiveWatch watch = new ArchiveWatch(store);
    boolean archived = store.released(Long.MIN_VALUE, Long.MAX_VALUE).events() > 0;
    boolean others =
        question.inquiry().leavesOutOurOwn() && !Events.OURSELVES.equals(narrowing.agent());
    Selection selection =
        Selection.of(
            archived ? watch : store,
            new Learning(digest),
            call,
            others ? Events.OF_OTHERS : Filter.EVERYTHING,
            told,
            pricing,
            now);
    return answer(question, question.inquiry(), selection, pending, watch, budget, screen, begin);
  }

  private <R> Answer answer(
      Question question,
      Inquiry<R> inquiry,
      Selection selection,
      List<Pending> pending,
      ArchiveWatch watch,
      int budget,
      @Nullable Screen screen,
      long begin) {
    Result<R> result =
        selection.events() == 0 ? Absence.explain(selection) : inquiry.ask(selection);
    watch.note().ifPresent(result::note);
    selection.learning().note().ifPresent(result::note);
    Page.Fitted fitted =
        new Page(question, selection, result, pending, estimate, budget, screen).fit();
    Narrowing to = selection.call().narrowing();
    Integer limit = to.limit();
    int rows = to.maxTokens() != null ? fitted.rows() : limit == null ? Integer.MAX_VALUE : limit;
    return new Answer(
        question,
        fitted,
        window(selection, result, pending),
        Answer.Table.of(inquiry, result, rows),
        result.notes(),
        budget,
        (System.nanoTime() - begin) / 1_000_000);
  }

  private int budget(Question question, Narrowing narrowing) {
    Integer asked = narrowing.maxTokens();
    if (asked != null && asked < 1) {
      throw new QuestionException("--max-tokens is " + asked + "; it must be at least 1");
    }
    if (asked != null) {
      return asked;
    }
    return narrowing.limit() != null
        ? Math.max(ROOM_FOR_ROWS, question.budget())
        : Math.min(most.getAsInt(), question.budget());
  }

  private static void checkArguments(Question question, QuestionCall call) {
    int given = call.arguments().size();
    List<Argument> expected = question.arguments();
    for (int i = 0; i < expected.size(); i++) {
      boolean absent = i >= given || call.arguments().get(i).isBlank();
      if (expected.get(i).required() && absent && call.events().equals(EventFilter.NONE)) {
        Argument missing = expected.get(i);
        throw new QuestionException(
            "'"
                + question.name()
                + "' needs "
                + missing.name()
                + ", "
                + missing.meaning()
                + ": "
                + question.example());
      }
    }
    if (question.namesStories() && call.narrowing().story() != null) {
      throw new QuestionException(
          "'" + question.name() + "' names its stories itself: " + question.example());
    }
    if (given > expected.size()) {
      String extra = SafeText.shortened(call.arguments().get(expected.size()), 40);
      throw new QuestionException(
          "'"
              + question.usage()
              + "' has no place for '"
              + extra
              + "'; narrow it with --story, --agent or --since, such as: "
              + question.example()
              + " --since 7d");
    }
  }

  private static Map<String, @Nullable Object> window(
      Selection selection, Result<?> result, List<Pending> pending) {
    Map<String, @Nullable Object> window = new LinkedHashMap<>();
    boolean any = selection.events() > 0;
    Narrowing to = selection.call().narrowing();
    Wording roomy = new Wording(selection.now(), Wording.ROOMY, selection.dates());
    window.put("text", selection.window(roomy));
    window.put("since", text(selection.since()));
    window.put("until", text(selection.until()));
    window.put("first", any ? Timestamps.text(selection.first()) : null);
    window.put("last", any ? Timestamps.text(selection.last()) : null);
    window.put("timezone", selection.dates().name());
    window.put("project", to.project());
    window.put("story", to.story());
    window.put("agent", to.agent());
    window.put("machine", to.machine());
    window.put("person", to.person());
    window.put("events", selection.events());
    window.put("sessions", selection.sessions());
    window.put("pending", pending.stream().map(Pending::values).toList());
    window.putAll(result.totals());
    return window;
  }

  private static @Nullable String text(@Nullable Long micros) {
    return micros == null ? null : Timestamps.text(micros);
  }
}
