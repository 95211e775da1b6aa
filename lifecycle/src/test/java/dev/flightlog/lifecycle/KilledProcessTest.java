package dev.flightlog.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.store.Row;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that moves old events on, and gets {@code kill -9}. */
class KilledProcessTest {
  private static final Instant MONDAY = Instant.parse("2025-09-15T00:00:00Z");
  private static final Instant NOW = MONDAY.plus(Duration.ofDays(37));
  private static final int SIGKILL = 128 + 9;

  @TempDir Path root;

  /** At three places of the run; at all with {@code -Dflightlog.lifecycle.kills=all}. */
  @Test
  void whatItDidNotCompleteTheNextOneDoesAndNothingIsLost() throws Exception {
    boolean all = "all".equals(System.getProperty("flightlog.lifecycle.kills"));
    int killed = 0;
    int[] places = {7, 23, 38};
    for (int i = 0; all || i < places.length; i++) {
      int place = all ? i : places[i];
      Path folder = Files.createDirectory(root.resolve("killed" + place));
      try (AgingHome home = new AgingHome(folder, 9)) {
        for (int day : new int[] {5, 6, 7}) {
          home.day(MONDAY.plus(Duration.ofDays(day)), 1, 1, 32);
        }
        List<Event> rows = home.rows();
        List<List<Row>> sums = home.sums();
        home.leave();
        int end = endOf(folder, place);
        home.reopen();
        assertThat(home.sums()).as("killed at operation %d", place).isEqualTo(sums);
        home.lifecycle().run(NOW, false);
        assertThat(home.journals()).isEmpty();
        assertThat(home.files(".archiving")).isEmpty();
        assertThat(home.files("archive")).noneMatch(name -> name.startsWith("."));
        assertThat(home.sums()).as("killed at operation %d", place).isEqualTo(sums);
        home.lifecycle().thaw(List.of(new Week(2025, 38)), NOW.plus(Duration.ofDays(1)));
        assertThat(home.rows()).containsExactlyInAnyOrderElementsOf(rows);
        if (end == 0) {
          break;
        }
        assertThat(end).isEqualTo(SIGKILL);
        killed++;
      }
    }
    assertThat(killed).isGreaterThanOrEqualTo(places.length);
    System.out.println(killed + " processes were killed");
  }

  private static int endOf(Path folder, int place) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Mover.class.getName(),
                folder.toString(),
                Integer.toString(place))
            .inheritIO()
            .start();
    return process.waitFor();
  }

  /** The process: one run over a home, killed at one of its file operations. */
  static final class Mover {
    private Mover() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      try (SqliteStore store = SqliteStore.open(folder.resolve("events_index.db"))) {
        LifecycleSettings.Places places =
            new LifecycleSettings.Places(
                folder,
                folder.resolve("archive"),
                folder.resolve("summaries"),
                folder.resolve("lifecycle.json"));
        KilledFiles files = new KilledFiles(Integer.parseInt(arguments[1]));
        new Lifecycle(store, places, LifecycleSettings.DEFAULTS, files).run(NOW, false);
      }
    }
  }
}
