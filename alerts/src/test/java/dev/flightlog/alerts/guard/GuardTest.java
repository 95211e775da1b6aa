package dev.flightlog.alerts.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.alerts.AWorld;
import dev.flightlog.alerts.budget.Budget;
import dev.flightlog.alerts.rules.Limits;
import dev.flightlog.alerts.rules.Moment;
import dev.flightlog.alerts.rules.SessionWatch;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.event.Timestamps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  @TempDir Path home;

  private final AWorld world = new AWorld();
  private final List<Budget> budgets = new ArrayList<>();
  private Instant now = Instant.parse("2026-06-10T12:00:00Z");
  private SpendingGuard.Policy policy = new SpendingGuard.Policy(false, 0);
  private GuardFiles files;
  private SessionWatch watch;
  private SpendingGuard guard;

  @BeforeEach
  void aHome() {
    files = GuardFiles.inHome(home);
    watch = new SessionWatch(world.store);
    guard = new SpendingGuard(files, () -> policy, () -> budgets, watch);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void look() {
    long time = Timestamps.of(now);
    Moment moment =
        new Moment(world.store, AWorld.PRICING, Dates.UTC, time, Limits.USUAL, key -> false);
    guard.accept(moment, watch.follow(time));
  }

  private String reason(String name) throws java.io.IOException {
    return String.valueOf(files.all().get(name));
  }

  @Test
  void aPersonStopsAndAllowsOneSessionOrAll() throws Exception {
    files.stop("s-1", "not \"$(rm)\" `now` \\ \n\u20ac");
    files.stop(null, "all");

    assertThat(Files.readString(home.resolve("guard/s-1"))).isEqualTo("not ''(rm)' 'now' '\n");
    assertThat(files.all().keySet()).containsExactly("all", "s-1");
    look();
    assertThat(files.allow("s-1", now)).isTrue();
    assertThat(files.allow("s-1", now)).isFalse();
    assertThat(files.all().keySet()).containsExactly("all");
    assertThatThrownBy(() -> files.stop("../x", "no")).isInstanceOf(IllegalArgumentException.class);
    assertThat(GuardFiles.canName("a/b")).isFalse();
    assertThat(GuardFiles.canName("..")).isFalse();
    assertThat(GuardFiles.canName("all")).isFalse();
  }

  @Test
  void aSessionThatCostsMoreThanItMayIsStoppedUntilTheLimitIsRaisedOrItIsAllowedForADay()
      throws Exception {
    policy = new SpendingGuard.Policy(false, 5);
    look();
    world.modelCall(now, "dear", "known", 6_000, 1);
    world.modelCall(now, "cheap", "known", 4_000, 1);
    look();

    assertThat(files.all().keySet()).containsExactly("dear");
    assertThat(reason("dear")).contains("cost 6.00 US dollars, and may cost 5.00");
    assertThat(files.allow("dear", now)).isTrue();
    world.modelCall(now.plusSeconds(1), "dear", "known", 1_000, 1);
    look();
    assertThat(files.all()).isEmpty();
    now = now.plus(Duration.ofDays(1)).plusSeconds(1);
    world.modelCall(now, "dear", "known", 1_000, 1);
    look();
    assertThat(files.all().keySet()).containsExactly("dear");
    policy = new SpendingGuard.Policy(false, 50);
    look();
    assertThat(files.all()).isEmpty();
  }

  @Test
  void whileABudgetIsExceededItsSessionsAreStoppedAndByDefaultNobodyIs() throws Exception {
    budgets.add(new Budget("shop", Period.DAY, 5.0, null));
    look();
    world.modelCall(now, "s-1", "known", 6_000, 1);
    look();
    assertThat(files.all()).isEmpty();

    policy = new SpendingGuard.Policy(true, 0);
    look();
    assertThat(files.all().keySet()).containsExactly("s-1");
    assertThat(reason("s-1")).contains("the budget of the day of shop").doesNotContain("$");
    budgets.add(new Budget(null, Period.DAY, 5.0, null));
    now = now.plusSeconds(31);
    look();
    assertThat(files.all().keySet()).containsExactly("all", "s-1");
    now = Instant.parse("2026-06-11T00:00:30Z");
    look();
    assertThat(files.all()).isEmpty();
  }
}
