package dev.flightlog.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.lifecycle.archive.Restoring;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.archive.WeekArchive;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.store.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year of events through all four temperatures; {@code -Dflightlog.lifecycle.day=2000} makes
 * 2,000 events a day, every day, with a run every week.
 */
class YearTest {
  private static final Instant BEGIN = Instant.parse("2025-01-06T00:00:00Z");
  private static final int A_DAY = Integer.getInteger("flightlog.lifecycle.day", 0);
  private static final long CAP = A_DAY == 0 ? 2 << 20 : 100 << 20;

  @TempDir Path folder;

  @Test
  void staysUnderTheCapLosesNothingAndIsRestoredAsItWas() throws IOException {
    LifecycleSettings settings =
        new LifecycleSettings(
            Duration.ofDays(7),
            Duration.ofDays(28),
            Period.ofMonths(3),
            Duration.ofDays(7),
            Duration.ZERO,
            CAP);
    Set<Week> restored = new TreeSet<>();
    try (AgingHome home = new AgingHome(folder, 11)) {
      List<List<Row>> sums = List.of();
      for (int week = 0; week < 53; week++) {
        for (int day = 0; day < (A_DAY == 0 ? 1 - week % 2 : 7); day++) {
          Instant time = BEGIN.plus(Duration.ofDays(week * 7L + day));
          home.day(time, A_DAY == 0 ? 6 : A_DAY * 3 / 4, A_DAY == 0 ? 2 : A_DAY / 4, 400);
        }
        if (A_DAY == 0 && week % 4 != 0) {
          continue;
        }
        sums = home.sums();
        Instant now = BEGIN.plus(Duration.ofDays(week * 7L + 7));
        LifecycleRun run = home.lifecycle(settings, FileOperations.DISK).run(now, false);
        assertThat(run.activeBytes()).as("in week %d: %s", week, run.notes()).isLessThan(CAP);
        assertThat(home.sums()).isEqualTo(sums);
        restoreWhatIsNew(home, restored, week);
      }
      var states = home.lifecycle().weeks().values().stream().map(WeekState::temperature).toList();
      assertThat(states).contains("warm", "cold", "frozen");
      assertThat(home.journals()).isNotEmpty();
      assertThat(home.files("summaries"))
          .contains("summary_2025_q1.json", "summary_2025_q2.json", "summary_2025_q3.json");
      assertThat(restored).hasSizeGreaterThan(18);
      if (A_DAY > 0) {
        System.out.println(
            home.store().check().events()
                + " events; journals and index take "
                + home.lifecycle().activeBytes()
                + " bytes, archives "
                + home.lifecycle().archives().folder().list().stream()
                    .mapToLong(WeekArchive::bytes)
                    .sum());
      }
    }
  }

  /** Each week once, when all its journals are in its archive. */
  private void restoreWhatIsNew(AgingHome home, Set<Week> restored, int round) throws IOException {
    for (WeekArchive archive : home.lifecycle().archives().folder().list()) {
      Week week = archive.week();
      if (archive.own() == 0
          || home.store().released(week.since(), week.until()).events() == 0
          || !restored.add(week)) {
        continue;
      }
      Path to = folder.resolve("restored-" + round + "-" + week);
      for (Path file : Restoring.restore(home.lifecycle().archives(), week, to).keySet()) {
        String name = String.valueOf(file.getFileName());
        List<String> original = home.journalLines.getOrDefault(name, new ArrayList<>());
        if (name.startsWith("story_")) {
          assertThat(Files.readAllLines(file)).isEqualTo(original);
        }
      }
    }
  }
}
