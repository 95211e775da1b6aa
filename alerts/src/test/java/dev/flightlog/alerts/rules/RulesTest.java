package dev.flightlog.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.alerts.AWorld;
import dev.flightlog.alerts.budget.Budget;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Instant NOW = Instant.parse("2026-06-10T12:30:00Z");

  private final AWorld world = new AWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private Moment at(Instant now) {
    return at(now, Limits.USUAL, key -> false);
  }

  private Moment at(Instant now, Limits limits, Predicate<String> firing) {
    return new Moment(world.store, AWorld.PRICING, Dates.UTC, Timestamps.of(now), limits, firing);
  }

  @Test
  void aBudgetThatIsExceededIsCriticalAndOneThatWillBeIsAWarning() {
    world.modelCall(NOW.minusSeconds(600), "a", "known", 6_000, 1);
    List<Budget> budgets =
        List.of(
            new Budget(null, Period.DAY, 5.0, null),
            new Budget("shop", Period.DAY, 7.0, null),
            new Budget(null, Period.WEEK, 8.0, null),
            new Budget(null, Period.MONTH, 100.0, null));

    List<Condition> found = new Spending(() -> budgets).look(at(NOW));

    assertThat(found)
        .extracting(Condition::key, Condition::severity, Condition::title)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "budget:day", Severity.CRITICAL, "the budget of the day is exceeded"),
            org.assertj.core.groups.Tuple.tuple(
                "budget:day shop",
                Severity.WARNING,
                "the budget of the day of shop is nearly spent"),
            org.assertj.core.groups.Tuple.tuple(
                "budget:week",
                Severity.WARNING,
                "the budget of the week will be exceeded at this pace"));
    assertThat(found.getFirst().detail()).contains("$6.00 of $5.00");
  }

  @Test
  void anHourThatCostsMoreThanItMayIsTold() {
    world.modelCall(NOW.minusSeconds(3700), "a", "known", 50_000, 1);
    world.modelCall(NOW.minusSeconds(60), "a", "known", 3_000, 1);
    Limits two = new Limits(10, 90, 6, 60, 6, 2, 80, 512, 15);
    Limits four = new Limits(10, 90, 6, 60, 6, 4, 80, 512, 15);

    assertThat(new Spending(List::of).look(at(NOW, two, key -> false)))
        .singleElement()
        .satisfies(each -> assertThat(each.detail()).contains("$3.00 of $2.00"));
    assertThat(new Spending(List::of).look(at(NOW, four, key -> false))).isEmpty();
  }

  @Test
  void aCallThatIsRepeatedIsALoopAndWorkOnManyFilesIsNone() {
    SessionWatch watch = new SessionWatch(world.store);
    watch.follow(Timestamps.of(NOW));
    for (int i = 0; i < 20; i++) {
      world.toolCall(NOW.plusSeconds(i), "busy", "Read", "file-" + i, true);
      world.toolCall(NOW.plusSeconds(i), "polling", "BashOutput", "shell-1", true);
      if (i < 5) {
        world.toolCall(NOW.plusSeconds(i), "loops", "Bash", "make", false);
      }
    }
    assertThat(watch.follow(Timestamps.of(NOW.plusSeconds(30))))
        .containsExactly("busy", "loops", "polling");
    Loop loop = new Loop(watch);
    assertThat(loop.look(at(NOW.plusSeconds(30)))).isEmpty();

    world.toolCall(NOW.plusSeconds(31), "loops", "Bash", "make", false);
    assertThat(watch.follow(Timestamps.of(NOW.plusSeconds(32)))).containsExactly("loops");

    assertThat(loop.look(at(NOW.plusSeconds(32))))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.subject()).isEqualTo("loops");
          assertThat(each.detail()).contains("called Bash with the same input in 6");
        });
    assertThat(loop.look(at(NOW.plus(Duration.ofHours(1))))).isEmpty();
  }

  @Test
  void aContextThatIsFullIsToldUntilItIsCompactedOrTheSessionIsQuiet() {
    world.modelCall(NOW.minusSeconds(60), "a", "known", 1, 95);
    SessionWatch watch = new SessionWatch(world.store);
    watch.follow(Timestamps.of(NOW));
    FullContext rule = new FullContext(watch);

    assertThat(rule.look(at(NOW)))
        .singleElement()
        .satisfies(each -> assertThat(each.title()).contains("95"));
    assertThat(rule.look(at(NOW.plus(Duration.ofHours(1))))).isEmpty();
    world.modelCall(NOW.plusSeconds(5), "a", "known", 1, 20);
    watch.follow(Timestamps.of(NOW.plusSeconds(6)));
    assertThat(rule.look(at(NOW.plusSeconds(6)))).isEmpty();
  }

  @Test
  void silenceIsToldOnlyInHoursInWhichThereUsedToBeEvents() {
    // Each day from 9 to 18 for four weeks; today nothing.
    for (int day = 1; day <= 28; day++) {
      for (int hour = 9; hour < 18; hour++) {
        Instant at =
            Instant.parse("2026-06-10T00:15:00Z")
                .minus(Duration.ofDays(day))
                .plus(Duration.ofHours(hour));
        world.toolCall(at, "a", "Read", "x", true);
      }
    }
    Silence rule = new Silence(() -> "");

    assertThat(rule.look(at(Instant.parse("2026-06-10T08:30:00Z")))).isEmpty();
    assertThat(rule.look(at(Instant.parse("2026-06-10T12:00:00Z"))))
        .singleElement()
        .satisfies(each -> assertThat(each.detail()).contains("each of the last 7 days"));
    assertThat(rule.look(at(Instant.parse("2026-06-09T19:00:00Z")))).isEmpty();
    // Where there never was much, silence says nothing.
    try (AWorld quiet = new AWorld()) {
      quiet.toolCall(NOW.minus(Duration.ofDays(3)), "a", "Read", "x", true);
      Moment moment =
          new Moment(
              quiet.store,
              AWorld.PRICING,
              Dates.UTC,
              Timestamps.of(NOW),
              Limits.USUAL,
              key -> false);
      assertThat(rule.look(moment)).isEmpty();
    }
  }

  @Test
  void whatCannotBeTakenInIsToldAfterTenMinutes() {
    List<String> complaints = new ArrayList<>(List.of("the index is busy\u001b[31m"));
    Silence rule = new Silence(() -> complaints.isEmpty() ? "" : complaints.getFirst());

    assertThat(rule.look(at(NOW))).isEmpty();
    assertThat(rule.look(at(NOW.plusSeconds(599)))).isEmpty();
    assertThat(rule.look(at(NOW.plusSeconds(600))))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.severity()).isEqualTo(Severity.CRITICAL);
          assertThat(each.detail()).contains("the index is busy").doesNotContain("\u001b");
        });
    complaints.clear();
    assertThat(rule.look(at(NOW.plusSeconds(700)))).isEmpty();
  }

  @Test
  void whatIsOpenIsToldOnceItIsOpenTooLong() {
    OpenWork rule =
        OpenWork.waiting(moment ->
            List.of(
                new OpenWork.Open(
                    "s1", "session s1 asks for consent", Timestamps.of(NOW.minusSeconds(590)), "x"),
                new OpenWork.Open(
                    "s2",
                    "session s2 asks for consent",
                    Timestamps.of(NOW.minusSeconds(1200)),
                    "x")));

    assertThat(rule.look(at(NOW)))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.key()).isEqualTo("waiting:s2");
          assertThat(each.detail()).startsWith("session s2 asks for consent for 20m");
        });
  }

  @Test
  void aFullDiskTheCapAndEndingTranscriptsAreToldApart() {
    assertThat(
            new Storage(() -> new Storage.Room(10L << 30, 100L << 20, 100L << 20, 0)).look(at(NOW)))
        .isEmpty();
    assertThat(
            new Storage(() -> new Storage.Room(100L << 20, 126L << 20, 100L << 20, 3))
                .look(at(NOW)))
        .extracting(Condition::subject)
        .containsExactly("disk", "cap", "transcripts");
  }

  @Test
  void textFromLogsStaysText() {
    SessionWatch watch = new SessionWatch(world.store);
    watch.follow(Timestamps.of(NOW));
    String odd = "<!channel>\u001b[2J\n@here\u202e";
    for (int i = 0; i < 6; i++) {
      world.toolCall(NOW.plusSeconds(i), odd, odd, "x", false);
    }
    watch.follow(Timestamps.of(NOW.plusSeconds(9)));

    assertThat(new Loop(watch).look(at(NOW.plusSeconds(9))))
        .singleElement()
        .satisfies(each ->
            assertThat(each.title() + each.detail()).doesNotContain("\n", "\u001b", "\u202e"));
  }
}
