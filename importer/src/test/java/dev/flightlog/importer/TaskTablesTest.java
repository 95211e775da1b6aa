package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.formats.Formats;
import dev.flightlog.importer.TaskTables.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTablesTest {
  private static final int TASKS = 10_000;

  @TempDir Path home;

  private static Entry entry(long id) {
    return new Entry(
        id,
        Map.of("id", id, "timestamp", "2026-01-01 10:00:00", "request", "number " + id),
        List.of(Map.of("task_id", id, "agent_name", "a", "confidence", 80L, "assigned", 1L)),
        List.of(Map.of("task_id", id, "agent_name", "a", "success", 1L, "execution_time", 1.5)));
  }

  @Test
  void anImportThatBreaksOffGoesOnBehindTheLastTaskThatWasStored() throws IOException {
    Path file = home.resolve("tasks.db");
    Files.writeString(file, "SQLite format 3\0");
    Desk desk = new Desk(home).with(ImportOptions.defaults().as(Formats.TASK_DB));
    List<Long> starts = new ArrayList<>();
    desk.tables =
        (path, after, into) -> {
          starts.add(after);
          for (long id = Math.max(0, after) + 1; id <= TASKS; id++) {
            if (id == 7_000 && starts.size() == 1) {
              throw new IOException("the disk is gone");
            }
            into.take(entry(id));
          }
        };
    assertThatThrownBy(() -> desk.run(file)).hasMessageContaining("the disk is gone");
    int stored = desk.events().size();
    assertThat(stored).isPositive();
    ImportReport report = desk.run(file);
    assertThat(report.imported()).isEqualTo(4L * TASKS - stored);
    assertThat(report.duplicates()).isZero();
    assertThat(starts.get(1)).isPositive();
    assertThat(desk.events("task_outcome")).hasSize(TASKS);
    assertThat(desk.run(file).lines()).isZero();
    assertThat(starts).hasSize(2);
  }

  @Test
  void whereNoDatabaseCanBeReadThatIsSaid() throws IOException {
    Path file = home.resolve("tasks.db");
    Files.writeString(file, "SQLite format 3\0");
    assertThatThrownBy(() -> new Desk(home).run(file))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("cannot be read here");
  }
}
