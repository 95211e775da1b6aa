package dev.flightlog.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.alerts.rules.Condition;
import dev.flightlog.alerts.rules.Limits;
import dev.flightlog.alerts.rules.Moment;
import dev.flightlog.alerts.rules.Rule;
import dev.flightlog.alerts.rules.SessionWatch;
import dev.flightlog.alerts.rules.Severity;
import dev.flightlog.alerts.sending.Target;
import dev.flightlog.alerts.state.AlertBook;
import dev.flightlog.alerts.state.Notice;
import dev.flightlog.analysis.arguments.Dates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertingTest {
  @TempDir Path home;

  private final AWorld world = new AWorld();
  private final List<Condition> holds = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final Receiver up = new Receiver("slack");
  private final Receiver down = new Receiver("webhook");
  private final Hands clock = new Hands();
  private boolean ruleFails;

  /** A clock whose hands a test moves. */
  private static final class Hands extends Clock {
    Instant now = Instant.parse("2026-06-10T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Takes messages as long as it is up. */
  private static final class Receiver implements Target {
    final List<String> taken = new ArrayList<>();
    private final String name;
    boolean up = true;
    int attempts;

    Receiver(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void send(Notice notice) throws IOException {
      attempts++;
      if (!up) {
        throw new IOException("nobody answers");
      }
      taken.add(notice.kind().word() + " " + notice.alert().condition().subject());
    }
  }

  private final class Holding implements Rule {
    @Override
    public String name() {
      return "loop";
    }

    @Override
    public List<Condition> look(Moment moment) {
      if (ruleFails) {
        throw new IllegalStateException("the store is busy");
      }
      return List.copyOf(holds);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Alerting alerting() throws IOException {
    AlertSettings settings =
        new AlertSettings(true, Set.of(), Limits.USUAL, List.of(up, down), null, Dates.UTC);
    return new Alerting(
        world.store,
        AWorld.PRICING,
        clock,
        AlertBook.open(home),
        new SessionWatch(world.store),
        List.of(new Holding()),
        () -> settings,
        (moment, sessions) -> {},
        messages::add);
  }

  private static Condition condition(String subject) {
    return new Condition("loop", subject, Severity.WARNING, "title", "detail");
  }

  @Test
  void aTargetThatIsDownWaitsWithGrowingPausesAndGetsEveryMessageInOrder() throws Exception {
    Alerting alerting = alerting();
    down.up = false;
    holds.add(condition("s1"));
    for (int second = 0; second < 3600; second += 5) {
      clock.now = clock.now.plusSeconds(5);
      if (second == 600) {
        holds.set(0, condition("s2"));
      }
      alerting.look();
      alerting.send();
    }

    assertThat(up.taken).containsExactly("fired s1", "fired s2", "resolved s1");
    assertThat(down.attempts).isBetween(7, 10);
    assertThat(messages)
        .containsExactly("an alert cannot be sent by webhook, and waits: nobody answers");

    // The same messages after a restart, and once.
    Alerting again = alerting();
    down.up = true;
    for (int minute = 0; minute < 60; minute++) {
      clock.now = clock.now.plusSeconds(60);
      again.look();
      again.send();
    }
    assertThat(down.taken).containsExactly("fired s1", "fired s2", "resolved s1");
    assertThat(up.taken).hasSize(3);
    assertThat(again.book().waiting()).isZero();
  }

  @Test
  void whatNobodyTakesForThreeDaysIsGivenUp() throws Exception {
    Alerting alerting = alerting();
    down.up = false;
    holds.add(condition("s1"));
    alerting.look();
    alerting.send();
    clock.now = clock.now.plus(Duration.ofDays(3)).plusSeconds(1);
    alerting.send();

    assertThat(alerting.book().waiting()).isZero();
    assertThat(alerting.book().leftOut()).isEqualTo(1);
  }

  @Test
  void aRuleThatFailsLeavesItsAlertsAsTheyAre() throws Exception {
    Alerting alerting = alerting();
    holds.add(condition("s1"));
    alerting.look();
    ruleFails = true;
    for (int i = 0; i < 100; i++) {
      clock.now = clock.now.plusSeconds(5);
      alerting.look();
    }
    assertThat(alerting.book().isFiring("loop:s1")).isTrue();
    assertThat(messages).containsExactly("the rule loop could not be looked at: the store is busy");
    ruleFails = false;
    holds.clear();
    for (int i = 0; i < 100; i++) {
      clock.now = clock.now.plusSeconds(5);
      alerting.look();
    }
    assertThat(alerting.book().isFiring("loop:s1")).isFalse();
  }
}
