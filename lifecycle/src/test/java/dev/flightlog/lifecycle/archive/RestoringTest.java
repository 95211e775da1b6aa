package dev.flightlog.lifecycle.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.lifecycle.files.FileOperations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive is written out again as the journals that went into it. */
class RestoringTest {
  private static final Week WEEK = new Week(2025, 38);
  private static final List<String> LINES =
      List.of(
          line("01K5A1B2C3D4E5F6G7H8J9K0M1", "2025-09-16T10:00:00.000001+00:00", "1.1"),
          line("01K5A1B2C3D4E5F6G7H8J9K0M2", "2025-09-16T11:00:00+00:00", "1.2"),
          "{\"timestamp\":\"2025-09-17T10:00:00Z\",\"event_type\":\"note\",\"story_id\":\"1.1\"}",
          "{\"journal\":\"story_1.1_20250916.jsonl\",\"text\":\"{\\\"torn\"}");

  @TempDir Path folder;
  private Archives archives;

  private static String line(String id, String time, String story) {
    return "{\"id\":\""
        + id
        + "\",\"timestamp\":\""
        + time
        + "\",\"event_type\":\"note\",\"category\":\"execution\",\"story_id\":\""
        + story
        + "\",\"x\":\"\\u00e4  b\"}";
  }

  @BeforeEach
  void archive() {
    archives = new Archives(new ArchiveFolder(folder.resolve("archive"), FileOperations.DISK));
    archives.addJournals(
        WEEK,
        out -> {
          for (String line : LINES) {
            out.accept(line.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  @Test
  void everyJournalHasItsBytesAgain() throws IOException {
    Path to = folder.resolve("to");
    assertThat(Restoring.restore(archives, WEEK, to)).hasSize(3);
    assertThat(to.resolve("story_1.1_20250916.jsonl")).hasContent(LINES.get(0) + "\n{\"torn\n");
    assertThat(to.resolve("story_1.2_20250916.jsonl")).hasContent(LINES.get(1) + "\n");
    assertThat(to.resolve("story_1.1_20250917.jsonl")).hasContent(LINES.get(2) + "\n");
  }

  @Test
  void aFileThatIsThereIsNotOverwrittenAndNothingIsLeftBehind() throws IOException {
    Path to = Files.createDirectory(folder.resolve("to"));
    Files.writeString(to.resolve("story_1.2_20250916.jsonl"), "mine");
    assertThatThrownBy(() -> Restoring.restore(archives, WEEK, to))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("is there already")
        .hasMessageContaining("--to DIR");
    try (Stream<Path> left = Files.list(to)) {
      assertThat(left).hasSize(1);
    }
    assertThat(to.resolve("story_1.2_20250916.jsonl")).hasContent("mine");
  }

  @Test
  void whatWasCutIsNotRestoredAtAll() throws IOException {
    Path file = archives.folder().file(WEEK);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> Restoring.restore(archives, WEEK, folder.resolve("to")))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("SHA-256");
    assertThat(folder.resolve("to")).doesNotExist();
  }

  @Test
  void sha256sumReadsTheHash() throws IOException {
    assertThat(Files.readString(folder.resolve("archive/2025_week_38.sha256")))
        .matches("[0-9a-f]{64}  2025_week_38\\.jsonl\\.gz\n");
  }

  @Test
  void weeksAreThoseOfIso8601() {
    assertThat(Week.parse("2025-W38")).contains(WEEK);
    assertThat(Week.parse("2025_week_38")).contains(WEEK);
    assertThat(WEEK.monday()).isEqualTo("2025-09-15");
    assertThat(Week.parse("2026-W53")).isPresent();
    assertThat(Week.parse("2025-W53")).isEmpty();
    assertThat(Week.parse("2025-W00")).isEmpty();
    assertThat(Week.of(java.time.LocalDate.of(2027, 1, 3))).isEqualTo(new Week(2026, 53));
    assertThat(new Week(2026, 53).next()).isEqualTo(new Week(2027, 1));
  }
}
