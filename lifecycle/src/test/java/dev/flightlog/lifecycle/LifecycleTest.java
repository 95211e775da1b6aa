package dev.flightlog.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Event;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.Verification;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.store.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events become older; nothing is lost, and what is asked of sums is answered as before. */
class LifecycleTest {
  /** Monday of week 38. */
  private static final Instant MONDAY = Instant.parse("2025-09-15T00:00:00Z");

  private static final Week WEEK = new Week(2025, 38);

  @TempDir Path root;
  private Path folder;
  private AgingHome home;

  @BeforeEach
  void fill() {
    folder = root;
    home = new AgingHome(folder, 5);
    for (int day = 0; day < 8; day++) {
      home.day(MONDAY.plus(Duration.ofDays(day)), 6, 4, 64);
    }
  }

  @AfterEach
  void close() {
    home.close();
  }

  private static Instant daysLater(int days) {
    return MONDAY.plus(Duration.ofDays(days)).plus(Duration.ofHours(12));
  }

  /** Every line of every journal stands in a journal or in an archive. */
  private List<String> journalLinesThatAreSomewhere() {
    List<String> lines = new ArrayList<>();
    try {
      for (Path place : List.of(folder, folder.resolve(".archiving"))) {
        if (Files.isDirectory(place)) {
          try (var files = Files.list(place)) {
            for (Path file : files.toList()) {
              if (String.valueOf(file.getFileName()).startsWith("story_")) {
                lines.addAll(Files.readAllLines(file));
              }
            }
          }
        }
      }
      home.lifecycle().archives().folder().recover();
      for (Week week : List.of(WEEK, WEEK.next())) {
        if (home.lifecycle().archives().folder().find(week).isPresent()) {
          home.lifecycle()
              .archives()
              .lines(
                  week,
                  (line, journal) -> {
                    if (journal) {
                      lines.add(new String(line, java.nio.charset.StandardCharsets.UTF_8));
                    }
                  });
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return lines.stream().distinct().sorted().toList();
  }

  private List<String> allJournalLines() {
    return home.journalLines.values().stream().flatMap(List::stream).sorted().toList();
  }

  @Test
  void aJournalOlderThanSevenDaysGoesIntoTheArchiveOfItsWeekAndItsRowsStay() {
    List<Event> rows = home.rows();
    LifecycleRun run = home.lifecycle().run(daysLater(9), false);
    assertThat(run.journals()).isEqualTo(4);
    assertThat(run.rows()).isZero();
    assertThat(home.journals())
        .hasSize(12)
        .allMatch(name -> name.compareTo("story_1.1_20250917") >= 0);
    assertThat(home.files("archive"))
        .containsExactly("2025_week_38.json", "2025_week_38.jsonl.gz", "2025_week_38.sha256");
    assertThat(home.rows()).isEqualTo(rows);
    assertThat(journalLinesThatAreSomewhere()).isEqualTo(allJournalLines());
    assertThat(home.lifecycle().archives().folder().verify(WEEK))
        .isInstanceOf(Verification.Sound.class);
  }

  @Test
  void afterFourWeeksTheRowsOfAWeekGoAndItsSumsStay() {
    List<List<Row>> sums = home.sums();
    LifecycleRun run = home.lifecycle().run(daysLater(36), false);
    assertThat(run.rows()).isEqualTo(70);
    assertThat(home.rows()).hasSize(10);
    assertThat(home.sums()).isEqualTo(sums);
    assertThat(home.journals()).isEmpty();
    assertThat(home.lifecycle().weeks().get(WEEK))
        .satisfies(state -> assertThat(state.temperature()).isEqualTo("cold"));
    assertThat(home.lifecycle().run(daysLater(36), false).changedNothing()).isTrue();
  }

  @Test
  void aWeekThatIsThawedIsAsItWasAndIsMovedOnAgainAWeekLater() {
    List<Event> rows = home.rows();
    List<List<Row>> sums = home.sums();
    home.lifecycle().run(daysLater(36), false);
    assertThat(home.lifecycle().thaw(List.of(WEEK), daysLater(37))).isEqualTo(70);
    assertThat(home.rows()).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(home.sums()).isEqualTo(sums);
    assertThat(home.lifecycle().thaw(List.of(WEEK), daysLater(37))).isZero();
    assertThat(home.lifecycle().run(daysLater(38), false).rows()).isZero();
    home.lifecycle().run(daysLater(45), false);
    assertThat(home.rows()).isEmpty();
    assertThat(home.sums()).isEqualTo(sums);
  }

  @Test
  void afterThreeMonthsASummaryIsLeftOfOurOwnEventsAndWhatWasImportedStays() throws IOException {
    List<List<Row>> sums = home.sums();
    home.lifecycle().run(daysLater(36), false);
    LifecycleRun run = home.lifecycle().run(daysLater(110), true);
    assertThat(run.frozen()).containsExactly(WEEK, WEEK.next());
    assertThat(home.files("summaries")).containsExactly("summary_2025_q3.json");
    assertThat(Files.readString(home.path("summaries/summary_2025_q3.json")))
        .contains("\"quarter\":\"2025-Q3\"", "\"events\":80", "2025-W38", "\"timeout\"");
    List<String> left = new ArrayList<>();
    home.lifecycle()
        .archives()
        .lines(WEEK, (line, journal) -> left.add(journal ? "own" : "imported"));
    assertThat(left).hasSize(28).containsOnly("imported");
    assertThat(home.sums()).isEqualTo(sums);
    assertThat(home.lifecycle().run(daysLater(110), true).changedNothing()).isTrue();
    assertThatThrownBy(() -> home.lifecycle().thaw(List.of(WEEK), daysLater(110)))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining("2025-W38 is frozen")
        .hasMessageContaining("28 imported events")
        .hasMessageEndingWith("flightlog archive restore 2025-W38");
    assertThat(home.sums()).isEqualTo(sums);
  }

  /** Some places of the run; all of them with {@code -Dflightlog.lifecycle.kills=all}. */
  @Test
  void killedAtAnyFileOperationNothingIsLostAndTheNextRunConverges() throws IOException {
    StoppedFiles whole = new StoppedFiles(Integer.MAX_VALUE);
    begin("whole");
    home.lifecycle(LifecycleSettings.DEFAULTS, whole).run(daysLater(37), false);
    int steps = whole.done();
    assertThat(steps).isGreaterThan(40);
    boolean all = "all".equals(System.getProperty("flightlog.lifecycle.kills"));
    for (int limit = 0; limit < steps; limit += all ? 1 : 1 + steps / 8) {
      begin("killed" + limit);
      List<Event> rows = home.rows();
      List<List<Row>> sums = home.sums();
      int last = limit;
      assertThatThrownBy(() ->
              home.lifecycle(LifecycleSettings.DEFAULTS, new StoppedFiles(last))
                  .run(daysLater(37), false))
          .isInstanceOf(StoppedFiles.Killed.class);
      home.reopen();
      assertThat(home.sums()).as("after %d operations", limit).isEqualTo(sums);
      assertThat(journalLinesThatAreSomewhere()).as("after %d", limit).isEqualTo(allJournalLines());
      home.lifecycle().run(daysLater(37), false);
      assertThat(home.journals()).isEmpty();
      assertThat(home.files(".archiving")).isEmpty();
      assertThat(home.files("archive")).noneMatch(name -> name.startsWith("."));
      assertThat(home.sums()).isEqualTo(sums);
      home.lifecycle().thaw(List.of(WEEK), daysLater(38));
      assertThat(home.rows()).containsExactlyInAnyOrderElementsOf(rows);
    }
  }

  /** Another home, with one journal a day in three days of two weeks. */
  private void begin(String name) throws IOException {
    home.close();
    folder = Files.createDirectory(root.resolve(name));
    home = new AgingHome(folder, 9);
    for (int day : new int[] {5, 6, 7}) {
      home.day(MONDAY.plus(Duration.ofDays(day)), 1, 1, 32);
    }
  }

  @Test
  void underTheCapWhatIsOldestMovesOnWhateverItsAge() {
    for (int day = 8; day < 12; day++) {
      home.day(MONDAY.plus(Duration.ofDays(day)), 30, 15, 9_000);
    }
    List<List<Row>> sums = home.sums();
    LifecycleSettings small =
        new LifecycleSettings(
            Duration.ofDays(7),
            Duration.ofDays(28),
            LifecycleSettings.DEFAULTS.cold(),
            Duration.ofDays(7),
            Duration.ZERO,
            1_200_000);
    Lifecycle lifecycle = home.lifecycle(small, FileOperations.DISK);
    assertThat(lifecycle.activeBytes()).isGreaterThan(2_000_000);
    LifecycleRun run = lifecycle.run(daysLater(11), false);
    assertThat(run.activeBytes()).isLessThanOrEqualTo(1_200_000);
    assertThat(home.rows()).isNotEmpty();
    assertThat(home.sums()).isEqualTo(sums);
  }

  @Test
  void aClockThatJumpedIsToldAndNothingMoves() {
    assertThatThrownBy(() -> home.lifecycle().run(daysLater(400), false))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining("did the clock jump")
        .hasMessageContaining("archive run --yes");
    assertThatThrownBy(() -> home.lifecycle().run(MONDAY, false))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining("there are events of 2025-09-22");
    assertThat(home.journals()).hasSize(16);
    home.lifecycle().run(daysLater(9), false);
    assertThatThrownBy(() -> home.lifecycle().run(daysLater(8), false))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining("the last run was at");
  }

  @Test
  void manyWeeksAtOnceAreDeletedOnlyWhenSomebodySaidYes() {
    for (int week = 2; week < 9; week++) {
      home.day(MONDAY.plus(Duration.ofDays(week * 7L)), 2, 0, 32);
    }
    home.lifecycle().run(daysLater(100), false);
    home.day(MONDAY.plus(Duration.ofDays(170)), 2, 0, 32);
    assertThatThrownBy(() -> home.lifecycle().run(daysLater(170), false))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining("it would delete the archives of")
        .hasMessageContaining("--yes");
    assertThat(home.lifecycle().run(daysLater(170), true).frozen()).hasSizeGreaterThan(5);
  }

  @Test
  void aCutArchiveIsToldAndChangesNothing() throws IOException {
    home.lifecycle().run(daysLater(36), false);
    Path archive = home.path("archive/2025_week_38.jsonl.gz");
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(home.lifecycle().archives().folder().verify(WEEK))
        .isInstanceOfSatisfying(
            Verification.Damaged.class, bad -> assertThat(bad.why()).contains("2025_week_38"));
    List<Event> rows = home.rows();
    assertThatThrownBy(() -> home.lifecycle().thaw(List.of(WEEK), daysLater(37)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("damaged or cut");
    assertThat(home.rows()).isEqualTo(rows);
    Files.write(archive, whole);
    assertThat(home.lifecycle().thaw(List.of(WEEK), daysLater(37))).isEqualTo(70);
  }

  @Test
  void anArchiveFolderThatCannotBeWrittenIsToldAndNothingIsRemoved() throws IOException {
    Files.writeString(home.path("archive"), "a file where the folder should be");
    assertThatThrownBy(() -> home.lifecycle().run(daysLater(36), false))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("archive")
        .hasMessageContaining("nothing was removed");
    assertThat(journalLinesThatAreSomewhere()).isEqualTo(allJournalLines());
    assertThat(home.rows()).hasSize(80);
    Files.delete(home.path("archive"));
    home.lifecycle().run(daysLater(36), false);
    assertThat(home.journals()).isEmpty();
  }

  @Test
  void aWeekInTheFutureIsRefused() {
    assertThatThrownBy(() -> home.lifecycle().thaw(List.of(new Week(2031, 3)), daysLater(9)))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining("2031-W03 lies in the future");
  }

  @Test
  void whatIsNoEventIsKeptToo() throws IOException {
    Path journal = home.path("story_1.1_20250915.jsonl");
    String glued = lines("story_1.1_20250916.jsonl").getFirst();
    Files.writeString(
        journal,
        "{\"torn\": \n" + glued.replace("20250916", "x") + "{\"more",
        java.nio.file.StandardOpenOption.APPEND);
    home.lifecycle().run(daysLater(9), false);
    List<String> lines = new ArrayList<>();
    home.lifecycle()
        .archives()
        .lines(
            WEEK,
            (line, own) -> lines.add(new String(line, java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(lines)
        .anyMatch(line ->
            line.startsWith("{\"journal\":\"story_1.1_20250915.jsonl\",\"text\":\"{\\\"torn"))
        .anyMatch(line -> line.contains("{\\\"more"));
    assertThat(Set.copyOf(lines)).containsAll(lines("story_1.1_20250915.jsonl"));
  }

  private List<String> lines(String journal) {
    return home.journalLines.getOrDefault(journal, List.of());
  }
}
