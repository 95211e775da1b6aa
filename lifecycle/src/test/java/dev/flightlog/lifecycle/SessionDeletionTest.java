package dev.flightlog.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.lifecycle.SessionDeletion.Deleted;
import dev.flightlog.lifecycle.archive.Verification;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.store.Append;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session is deleted for good, wherever it stands. */
class SessionDeletionTest {
  private static final Instant MONDAY = Instant.parse("2025-09-15T00:00:00Z");
  private static final Week WEEK = new Week(2025, 38);

  /** What ran on Tuesday and on the Tuesday six weeks later. */
  private static final String OLD = "own-20347";

  private static final String NEW = "own-20389";

  @TempDir Path folder;
  private AgingHome home;
  private List<Event> before;

  @BeforeEach
  void fill() {
    home = new AgingHome(folder, 3);
    for (int day : new int[] {0, 1, 2, 42, 43, 44}) {
      home.day(MONDAY.plus(Duration.ofDays(day)), 4, 3, 32);
    }
    before = home.rows();
    home.lifecycle().run(at(44), false);
    assertThat(home.rows()).hasSize(21);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private static Instant at(int day) {
    return MONDAY.plus(Duration.ofDays(day)).plus(Duration.ofHours(20));
  }

  /** The bytes of every file of the home, decompressed, but for the index, which is asked. */
  private boolean anyFileNames(String session) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith("events_index") || name.equals("lifecycle.json")) {
          continue;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (name.endsWith(".gz")) {
          bytes = new GZIPInputStream(Files.newInputStream(file)).readAllBytes();
        }
        if (new String(bytes, StandardCharsets.UTF_8).contains('"' + session + '"')) {
          return true;
        }
      }
    }
    return false;
  }

  /** The sums of a home in which those sessions never were. */
  private void sumsAreThoseWithout(List<String> sessions) {
    try (AgingHome plain = new AgingHome(newFolder(), 1)) {
      EventBatch batch = new EventBatch();
      before.stream()
          .filter(event -> !sessions.contains(event.text(Field.SESSION_ID)))
          .forEach(event -> batch.add(Mode.NEW, event));
      plain.store().append(new Append(batch));
      assertThat(home.sums()).isEqualTo(plain.sums());
    }
  }

  private Path newFolder() {
    try {
      return Files.createTempDirectory(folder, "plain");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void fromIndexJournalsAndArchivesWithItsPartOfEverySum() throws IOException {
    assertThat(anyFileNames(OLD)).isTrue();
    assertThat(anyFileNames(NEW)).isTrue();
    Deleted old = home.lifecycle().delete(OLD, at(44));
    assertThat(old.events()).isEqualTo(4);
    assertThat(old.archiveLines()).isEqualTo(4);
    Deleted fresh = home.lifecycle().delete(NEW, at(44));
    assertThat(fresh.journalLines()).isEqualTo(4);
    assertThat(anyFileNames(OLD)).isFalse();
    assertThat(anyFileNames(NEW)).isFalse();
    assertThat(home.rows()).noneMatch(event -> NEW.equals(event.text(Field.SESSION_ID)));
    assertThat(home.lifecycle().archives().folder().verify(WEEK))
        .isInstanceOf(Verification.Sound.class);
    assertThat(home.store().released(WEEK.since(), WEEK.until()).events()).isEqualTo(17);
    sumsAreThoseWithout(List.of(OLD, NEW));
  }

  @Test
  void itDoesNotComeBackWhenItIsImportedAgain() {
    home.lifecycle().delete(OLD, at(44));
    EventBatch batch = new EventBatch();
    before.forEach(event -> batch.add(Mode.NEW, event));
    assertThat(home.store().append(new Append(batch)).forgotten()).isEqualTo(4);
    sumsAreThoseWithout(List.of(OLD));
    assertThat(home.lifecycle().delete(OLD, at(44)).events()).isZero();
  }

  @Test
  void killedAtAnyFileOperationTheNextRunCompletesIt() throws IOException {
    StoppedFiles whole = new StoppedFiles(Integer.MAX_VALUE);
    home.lifecycle(LifecycleSettings.DEFAULTS, whole).delete(OLD, at(44));
    int steps = whole.done();
    boolean all = "all".equals(System.getProperty("flightlog.lifecycle.kills"));
    Path root = folder;
    for (int limit = 4; limit < steps; limit += all ? 1 : 1 + steps / 5) {
      home.close();
      folder = Files.createDirectory(root.resolve("killed" + limit));
      home = new AgingHome(folder, 3);
      for (int day : new int[] {1, 2, 43}) {
        home.day(MONDAY.plus(Duration.ofDays(day)), 2, 1, 32);
      }
      before = home.rows();
      home.lifecycle().run(at(44), false);
      int last = limit;
      assertThatThrownBy(() ->
              home.lifecycle(LifecycleSettings.DEFAULTS, new StoppedFiles(last))
                  .delete(OLD, at(44)))
          .isInstanceOf(StoppedFiles.Killed.class);
      home.reopen();
      home.lifecycle().run(at(44), false);
      assertThat(anyFileNames(OLD)).as("after %d operations", limit).isFalse();
      sumsAreThoseWithout(List.of(OLD));
    }
  }

  @Test
  void linesOfOtherSessionsInTheSameJournalStay() throws IOException {
    Path journal = folder.resolve("story_1.2_20251028.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(journal));
    String own = lines.getLast().replace(NEW, "another");
    Files.writeString(journal, own + "\n", java.nio.file.StandardOpenOption.APPEND);
    home.lifecycle().delete("own-20389", at(44));
    assertThat(Files.readAllLines(journal)).contains(own).noneMatch(line -> line.contains(NEW));
  }

  @Test
  void ofWeeksThatAreFrozenOnlyTheNumbersStay() {
    home.lifecycle().run(at(150), true);
    home.day(MONDAY.plus(Duration.ofDays(150)), 1, 0, 32);
    Deleted deleted = home.lifecycle().delete(OLD, at(150));
    assertThat(deleted.events()).isZero();
    SqliteStore store = home.store();
    assertThat(store.tombstones().sessions()).containsExactly(OLD);
  }
}
