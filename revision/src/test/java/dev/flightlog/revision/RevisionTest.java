package dev.flightlog.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.revision.report.Findings;
import dev.flightlog.revision.report.FindingsBuilder;
import dev.flightlog.revision.report.Phase;
import dev.flightlog.revision.report.ReportPage;
import dev.flightlog.revision.report.Reports;
import dev.flightlog.revision.report.RevisionReport;
import dev.flightlog.revision.schedule.RevisionSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week is revised once, phase by phase; what was interrupted goes on. */
class RevisionTest {
  private static final Week WEEK = new Week(2025, 38);
  private static final RevisionSchedule SUNDAYS =
      new RevisionSchedule(DayOfWeek.SUNDAY, LocalTime.of(23, 0), ZoneId.of("Europe/Berlin"));

  @TempDir Path folder;
  private final List<Phase> ran = new ArrayList<>();

  private Revision revision(Phase broken) {
    Map<Phase, Step> steps = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      steps.put(
          phase,
          (week, dry) -> {
            if (phase == broken) {
              throw new IOException("the disk is full");
            }
            ran.add(phase);
            return new FindingsBuilder()
                .changed(phase.wireName() + " of " + week)
                .decide("look at\u001b[2J " + phase.wireName())
                .figure("number", ran.size())
                .build();
          });
    }
    return new Revision(steps, new Reports(folder));
  }

  @Test
  void whatWasInterruptedGoesOnWithTheNextPhase() throws IOException {
    assertThatThrownBy(() -> revision(Phase.INSTRUCTIONS).run(WEEK, false))
        .hasMessage("the disk is full");
    assertThat(ran).containsExactly(Phase.PATTERNS, Phase.INSIGHTS, Phase.RULES);
    ran.clear();
    RevisionReport report = new Revision(stepsOnly(), new Reports(folder)).run(WEEK, false);
    assertThat(ran).containsExactly(Phase.INSTRUCTIONS, Phase.ARCHIVE);
    assertThat(report.isComplete()).isTrue();
    assertThat(new Reports(folder).complete()).containsExactly(WEEK);
  }

  private Map<Phase, Step> stepsOnly() {
    Map<Phase, Step> steps = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      steps.put(
          phase,
          (week, dry) -> {
            ran.add(phase);
            return Findings.NONE;
          });
    }
    return steps;
  }

  @Test
  void aWeekThatIsCompleteIsOnlyRead() throws IOException {
    Revision revision = new Revision(stepsOnly(), new Reports(folder));
    RevisionReport first = revision.run(WEEK, false);
    ran.clear();
    assertThat(revision.run(WEEK, false)).isEqualTo(first);
    assertThat(ran).isEmpty();
  }

  @Test
  void aDryRunKeepsNothingAndLooksAtEverything() throws IOException {
    Revision revision = new Revision(stepsOnly(), new Reports(folder.resolve("revisions")));
    revision.run(WEEK, false);
    ran.clear();
    Path other = folder.resolve("none");
    new Revision(stepsOnly(), new Reports(other)).run(WEEK, true);
    assertThat(ran).containsExactly(Phase.values());
    assertThat(other).doesNotExist();
  }

  @Test
  void thePageIsSafeToPrintAndNoLongerThanTwoScreens() throws IOException {
    FindingsBuilder many = new FindingsBuilder();
    for (int i = 0; i < 50; i++) {
      many.changed("change " + i).better("better " + i).worse("worse " + i).decide("do\u001b " + i);
    }
    Map<Phase, Step> steps = stepsOnly();
    steps.put(Phase.PATTERNS, (week, dry) -> many.build());
    RevisionReport report = new Revision(steps, new Reports(folder)).run(WEEK, false);
    String page = ReportPage.of(report);
    assertThat(page).startsWith("# Week 2025-W38, 15 September 2025 to 21 September 2025\n");
    assertThat(page.lines().count()).isLessThanOrEqualTo(60);
    assertThat(page).doesNotContain("\u001b").contains("- 41 more in the JSON beside this page");
    assertThat(folder.resolve("2025-W38.md")).hasContent(page);
    assertThat(folder.resolve("2025-W38.json")).hasContent(report.json());
  }

  @Test
  void revisedOnASundayNightItIsTheWeekThatEndsThen() {
    assertThat(SUNDAYS.last(Instant.parse("2025-09-21T21:30:00Z"))).isEqualTo(WEEK);
    assertThat(SUNDAYS.last(Instant.parse("2025-09-21T20:30:00Z"))).isEqualTo(WEEK.previous());
    assertThat(SUNDAYS.last(Instant.parse("2025-09-24T10:00:00Z"))).isEqualTo(WEEK);
    RevisionSchedule mondays =
        new RevisionSchedule(DayOfWeek.MONDAY, LocalTime.of(6, 0), ZoneId.of("UTC"));
    assertThat(mondays.last(Instant.parse("2025-09-22T06:00:00Z"))).isEqualTo(WEEK);
  }

  @Test
  void weeksThatWereMissedAreDueStill() {
    Instant wednesday = Instant.parse("2025-09-24T10:00:00Z");
    Week before = WEEK.previous().previous();
    assertThat(SUNDAYS.due(wednesday, Set.of(before))).containsExactly(WEEK.previous(), WEEK);
    assertThat(SUNDAYS.due(wednesday, Set.of(WEEK))).isEmpty();
    assertThat(SUNDAYS.due(wednesday, Set.of())).containsExactly(WEEK);
  }
}
