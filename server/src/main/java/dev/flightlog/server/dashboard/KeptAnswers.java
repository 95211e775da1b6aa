package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.dashboard.frame.Scope;
import dev.flightlog.dashboard.pages.HealthPage;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers and checks of a large home, {@link Kept} so that pages over millions of events come at
 * once; those that every visitor sees first are worked out before somebody asks. Below {@link
 * #LARGE} events everything is worked out for each page, and so is always who waits for a person.
 */
final class KeptAnswers implements AutoCloseable {
  static final long LARGE = 200_000;

  private static final Logger LOG = Logger.getLogger(KeptAnswers.class.getName());

  /** What changes with each event, and is looked at for that. */
  private static final Set<String> LIVE = Set.of("now");

  /** So old an answer may be without a word. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Of the time, one part in so many goes into what nobody has asked for yet. */
  private static final int SHARE = 12;

  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** What the pages ask when nothing narrows them. */
  private static final List<QuestionCall> FIRST_SEEN =
      List.of(
          call("spend"),
          call("quota"),
          call("overview"),
          call("activity", "hour"),
          call("activity", "day"),
          call("errors"),
          call("bottlenecks"),
          call("sessions"),
          call("agents"),
          call("tools"),
          call("context"),
          call("confidence"),
          call("cost", "project"),
          call("cost", "story"),
          call("patterns"),
          call("interactions"),
          call("coverage"));

  private static final String CHECKS = "checks";

  private final DashboardData fresh;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("flightlog-pages").daemon().factory());
  private final Kept<QuestionCall, Dated> answers;
  private final Kept<String, List<HealthPage.Check>> checks;

  /**
   * @param fresh works everything out
   */
  KeptAnswers(DashboardData fresh) {
    this.fresh = fresh;
    answers =
        new Kept<>(
            call -> dated(fresh.visit().get(), call),
            dated -> isLarge(dated.answer()),
            fresh.store()::latest,
            System::nanoTime,
            thread);
    checks =
        new Kept<>(
            _ -> fresh.checks().get(),
            _ -> fresh.store().check().events() >= LARGE,
            () -> CHECKS,
            System::nanoTime,
            thread);
    thread.schedule(this::workOutAhead, SOON_NANOS, TimeUnit.NANOSECONDS);
  }

  private static QuestionCall call(String question, String... arguments) {
    return new QuestionCall(
        question, List.of(arguments), Scope.ALL.narrowing(), EventFilter.NONE, Reader.HTTP);
  }

  /** An answer, and of which moment it is. */
  record Dated(Instant at, Answer answer) {
    /** The answer, with a note of its age where a reader may take it for newer. */
    Answer shownAt(Instant now) {
      Duration age = Duration.between(at, now);
      return age.compareTo(FRESH) < 0
          ? answer
          : answer.withNote("Worked out " + Units.duration(age.toMillis()) + " ago.");
    }
  }

  private static boolean isLarge(Answer answer) {
    Object events = answer.window().get("events");
    return events instanceof Number number && number.longValue() >= LARGE;
  }

  /** The same data, of which what takes long is kept. */
  DashboardData data() {
    return new DashboardData(
        this::visit,
        fresh.store(),
        fresh.takeIn(),
        () -> checks.get(CHECKS),
        fresh.tokens(),
        fresh.clock());
  }

  private Function<QuestionCall, Answer> visit() {
    Function<QuestionCall, Answer> asked = fresh.visit().get();
    return call ->
        LIVE.contains(call.question())
            ? asked.apply(call)
            : answers.get(call, each -> dated(asked, each)).shownAt(fresh.clock().instant());
  }

  private Dated dated(Function<QuestionCall, Answer> asked, QuestionCall call) {
    return new Dated(fresh.clock().instant(), asked.apply(call));
  }

  private void workOutAhead() {
    long took = 0;
    try {
      long events = fresh.store().check().events();
      if (events >= LARGE) {
        took = answers.workOutAhead(FIRST_SEEN);
        took = took > 0 ? took : checks.workOutAhead(List.of(CHECKS));
      }
    } catch (RuntimeException e) {
      // Pages tell it when they are asked for.
      LOG.log(Level.FINE, "nothing was worked out ahead", e);
    } finally {
      if (!thread.isShutdown()) {
        thread.schedule(
            this::workOutAhead, Math.max(SOON_NANOS, took * SHARE), TimeUnit.NANOSECONDS);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
