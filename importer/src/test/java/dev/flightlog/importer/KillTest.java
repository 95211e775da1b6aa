package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the importer, with SIGKILL, at many moments of an import into SQLite. With {@code
 * -Dflightlog.kill.points=500} and strace installed it dies at each of its first 500 writes, syncs,
 * renames and deletions instead.
 */
class KillTest {
  private static final int POINTS = points();
  private static final int ROUNDS = Integer.getInteger("flightlog.kill.rounds", 5);
  private static final int JOURNAL_LINES = 20_000;

  @TempDir Path folder;

  @Test
  void anImporterKilledAtAnyMomentLosesNothingAndRepeatsNothing()
      throws IOException, InterruptedException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.copy(
        Desk.sample("claude/sample-project/5c0375b4-57a5-4f26-b12d-d022ee4e51b7.jsonl"),
        in.resolve("t.jsonl"));
    Files.writeString(
        in.resolve("j.jsonl"),
        Desk.lines(0, JOURNAL_LINES / 2)
            + "{torn\n"
            + Desk.lines(JOURNAL_LINES / 2, JOURNAL_LINES));
    Desk whole = new Desk(folder.resolve("whole"));
    whole.run(in);
    Random random = new Random(11);
    int rounds = POINTS > 0 ? POINTS : ROUNDS;
    int killed = 0;
    for (int round = 1; round <= rounds; round++) {
      Path home = Files.createDirectories(folder.resolve("h" + round));
      Process child = start(in, home, POINTS > 0 ? round : 0);
      if (POINTS == 0) {
        child.waitFor(250 + random.nextInt(900), TimeUnit.MILLISECONDS);
        child.destroyForcibly();
      }
      killed += child.waitFor() == 0 ? 0 : 1;
      try (SqliteStore store = SqliteStore.open(home.resolve("index.db"))) {
        Desk desk = new Desk(home, store);
        desk.run(in);
        assertThat(Desk.difference(desk.content(), whole.content()))
            .as("seed 11, round %d", round)
            .isEmpty();
        assertThat(desk.setAside()).hasSize(1);
        assertThat(desk.run(in).lines()).isZero();
      }
    }
    assertThat(killed).isPositive();
  }

  private static int points() {
    int asked = Integer.getInteger("flightlog.kill.points", 0);
    if (asked > 0 && !straceRuns()) {
      System.out.println(
          "NOT TESTED: the importer killed at each of its first "
              + asked
              + " writes; strace is missing or may not trace. It was killed at "
              + ROUNDS
              + " random moments instead");
      return 0;
    }
    return asked;
  }

  private static boolean straceRuns() {
    try {
      return new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private Process start(Path in, Path home, int point) throws IOException {
    List<String> command = new ArrayList<>();
    if (point > 0) {
      command.addAll(
          List.of(
              "strace",
              "-f",
              "-qq",
              "-o",
              "/dev/null",
              "-e",
              "trace=write,pwrite64,fdatasync,fsync,rename,unlink,ftruncate",
              "-e",
              "inject=write,pwrite64,fdatasync,fsync,rename,unlink,ftruncate:signal=KILL:when="
                  + point));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KillTest.class.getName(),
            in.toString(),
            home.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("child.log").toFile())
        .start();
  }

  /** The child: imports a folder into an index. */
  public static void main(String[] args) {
    Path home = Path.of(args[1]);
    try (SqliteStore store = SqliteStore.open(home.resolve("index.db"))) {
      new Importer(store, Redactor.create(Desk.KEY), home.resolve("quarantine"))
          .run(List.of(Path.of(args[0])), ImportOptions.defaults(), ImportListener.NONE);
    }
  }
}
