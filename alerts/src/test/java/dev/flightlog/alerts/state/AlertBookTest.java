package dev.flightlog.alerts.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.alerts.rules.Condition;
import dev.flightlog.alerts.rules.Severity;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.event.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertBookTest {
  private static final long NOON = Timestamps.of(Instant.parse("2026-06-10T12:00:00Z"));
  private static final long MINUTE = 60_000_000L;
  private static final Set<String> LOOKED = Set.of("loop", "storage");
  private static final AlertBook.Sending TO_SLACK =
      new AlertBook.Sending(Set.of("slack"), null, Dates.UTC);

  @TempDir Path home;

  private static Condition condition(String rule, String subject, Severity severity) {
    return new Condition(rule, subject, severity, rule + " of " + subject, "a detail");
  }

  private static List<String> sent(AlertBook book, String target, long now) throws IOException {
    List<String> titles = new ArrayList<>();
    for (Optional<Notice> next = book.next(target, now);
        next.isPresent();
        next = book.next(target, now)) {
      titles.add(next.get().kind().word() + " " + next.get().alert().condition().subject());
      book.sent(next.get());
    }
    return titles;
  }

  @Test
  void oneMessageIsMadeOfEachChangeHoweverOftenItIsFound() throws IOException {
    AlertBook book = AlertBook.open(home);
    Condition warning = condition("loop", "s1", Severity.WARNING);
    for (int i = 0; i < 5; i++) {
      book.update(LOOKED, List.of(warning, warning), NOON + i * MINUTE, TO_SLACK);
    }
    assertThat(sent(book, "slack", NOON + 5 * MINUTE)).containsExactly("fired s1");

    Condition critical = condition("loop", "s1", Severity.CRITICAL);
    book.update(LOOKED, List.of(critical), NOON + 6 * MINUTE, TO_SLACK);
    book.update(LOOKED, List.of(warning), NOON + 7 * MINUTE, TO_SLACK);
    assertThat(sent(book, "slack", NOON + 7 * MINUTE)).containsExactly("worse s1");

    for (int i = 8; i < 12; i++) {
      book.update(LOOKED, List.of(), NOON + i * MINUTE, TO_SLACK);
    }
    assertThat(sent(book, "slack", NOON + 12 * MINUTE)).containsExactly("resolved s1");
    assertThat(book.all())
        .singleElement()
        .satisfies(alert -> assertThat(alert.isFiring()).isFalse());
  }

  @Test
  void whatComesAndGoesWithinTwoMinutesIsOneAlert() throws IOException {
    AlertBook book = AlertBook.open(home);
    Condition found = condition("loop", "s1", Severity.WARNING);
    for (int i = 0; i < 30; i++) {
      book.update(LOOKED, i % 2 == 0 ? List.of(found) : List.of(), NOON + i * MINUTE, TO_SLACK);
    }
    assertThat(sent(book, "slack", NOON + 30 * MINUTE)).containsExactly("fired s1");
  }

  @Test
  void whatCouldNotBeLookedAtStaysAsItIs() throws IOException {
    AlertBook book = AlertBook.open(home);
    book.update(LOOKED, List.of(condition("loop", "s1", Severity.WARNING)), NOON, TO_SLACK);
    for (int i = 1; i < 10; i++) {
      book.update(Set.of("storage"), List.of(), NOON + i * MINUTE, TO_SLACK);
    }
    assertThat(book.isFiring("loop:s1")).isTrue();
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    AlertBook book = AlertBook.open(home);
    Condition found = condition("loop", "s \"1\"\n\u20ac", Severity.WARNING);
    book.update(LOOKED, List.of(found), NOON, TO_SLACK);

    AlertBook again = AlertBook.open(home);
    assertThat(again.all()).isEqualTo(book.all());
    again.update(LOOKED, List.of(found), NOON + MINUTE, TO_SLACK);
    assertThat(sent(again, "slack", NOON + MINUTE)).hasSize(1);
    assertThat(AlertBook.open(home).waiting()).isZero();
    again.update(LOOKED, List.of(), NOON + 2 * MINUTE, TO_SLACK);
    again.update(LOOKED, List.of(), NOON + 5 * MINUTE, TO_SLACK);
    assertThat(sent(AlertBook.open(home), "slack", NOON + 6 * MINUTE)).hasSize(1);
  }

  @Test
  void aFileThatCannotBeUnderstoodIsMovedAside() throws IOException {
    for (String bytes :
        List.of("", "{", "[1]", "\u0000\u0001", "{\"alerts\":[1,{},{\"id\":3}],\"unsent\":{}}")) {
      Files.writeString(home.resolve(AlertBook.FILE), bytes);
      AlertBook book = AlertBook.open(home);
      book.update(LOOKED, List.of(condition("loop", "s1", Severity.WARNING)), NOON, TO_SLACK);
      assertThat(AlertBook.open(home).all()).hasSize(1);
    }
    assertThat(home.resolve(AlertBook.FILE + ".damaged")).exists();
  }

  @Test
  void inQuietHoursNothingIsSentAndWhatWasOverByTheirEndNever() throws IOException {
    AlertBook.Sending quiet =
        new AlertBook.Sending(
            Set.of("slack"), QuietHours.of("22:00-07:00"), new Dates(ZoneId.of("Europe/Berlin")));
    long night = Timestamps.of(Instant.parse("2026-06-10T21:30:00Z"));
    long morning = Timestamps.of(Instant.parse("2026-06-11T05:00:00Z"));
    AlertBook book = AlertBook.open(home);
    Condition stays = condition("loop", "stays", Severity.WARNING);
    Condition goes = condition("loop", "goes", Severity.CRITICAL);
    book.update(LOOKED, List.of(stays, goes), night, quiet);
    book.update(LOOKED, List.of(stays), night + MINUTE, quiet);
    book.update(LOOKED, List.of(stays), night + 4 * MINUTE, quiet);

    assertThat(book.next("slack", morning - 1)).isEmpty();
    assertThat(sent(book, "slack", morning)).containsExactly("fired stays");
    assertThat(book.waiting()).isZero();
  }

  @Test
  void whoAcknowledgesHearsNoMoreUntilItIsOver() throws IOException {
    AlertBook book = AlertBook.open(home);
    book.update(LOOKED, List.of(condition("loop", "s1", Severity.WARNING)), NOON, TO_SLACK);
    assertThat(sent(book, "slack", NOON)).hasSize(1);
    assertThat(book.acknowledge("none", NOON)).isFalse();
    Acknowledgements.inHome(home).wish(book.all().getFirst().id());
    Acknowledgements.inHome(home).wish("../../etc/passwd");

    book.update(
        LOOKED, List.of(condition("loop", "s1", Severity.CRITICAL)), NOON + MINUTE, TO_SLACK);

    assertThat(book.all().getFirst().values()).containsEntry("state", "acknowledged");
    assertThat(sent(book, "slack", NOON + MINUTE)).isEmpty();
    assertThat(Acknowledgements.inHome(home).all()).isEmpty();
  }

  @Test
  void messagesThatNobodyTakesAreBoundedAndCounted() throws IOException {
    AlertBook book = AlertBook.open(home);
    for (int i = 0; i < 120; i++) {
      List<Condition> found = new ArrayList<>();
      for (int k = 0; k < 10; k++) {
        found.add(condition("loop", "s" + i + "-" + k, Severity.WARNING));
      }
      book.update(LOOKED, found, NOON + 10L * i * MINUTE, TO_SLACK);
      book.update(LOOKED, List.of(), NOON + (10L * i + 1) * MINUTE, TO_SLACK);
      book.update(LOOKED, List.of(), NOON + (10L * i + 4) * MINUTE, TO_SLACK);
    }
    assertThat(book.waiting()).isEqualTo(500);
    assertThat(book.leftOut()).isEqualTo(2 * 1200 - 500);
    assertThat(Files.size(home.resolve(AlertBook.FILE))).isLessThan(2 << 20);
    book.clean(Set.of(), NOON);
    assertThat(book.waiting()).isZero();
  }
}
