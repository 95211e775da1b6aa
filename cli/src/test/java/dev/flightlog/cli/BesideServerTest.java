package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that write to the index, while a server has it open and a recorder records. */
class BesideServerTest {
  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void recordSixWeeks() throws IOException {
    shell = new Shell(user);
    shell.now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Files.createDirectories(shell.home);
    AtomicReference<Instant> time = new AtomicReference<>(shell.now);
    RecorderConfig config = RecorderConfig.at(shell.home).clock(time::get);
    try (FlightRecorder recorder = FlightRecorder.open(config)) {
      for (int day = 42; day > 0; day--) {
        time.set(shell.now.minus(Duration.ofDays(day)));
        recorder.event("planned", null).session("s" + day).success(day % 2 == 0).log();
      }
    }
  }

  private String asked(String... words) {
    assertThat(shell.call(words)).as(shell.err).isZero();
    return shell.out;
  }

  private String count() {
    return asked("ask", "sessions", "--format", "json");
  }

  @Test
  void archiveDeleteReviseAndImportTakeTheirTurnsAndNothingIsLost() throws Exception {
    Path errors = user.resolve("err");
    try (FlightRecorder live = FlightRecorder.open(RecorderConfig.at(shell.home));
        ServeProcess server = new ServeProcess(shell.home, "a secret of these webhooks", errors)) {
      assertThat(asked("archive", "run", "--format", "json")).contains("\"rows\":");
      live.event("live", null).session("now").log();
      assertThat(asked("archive", "list")).contains("cold");
      assertThat(asked("delete", "--session", "s40")).contains("1 line of archives");
      assertThat(asked("delete", "--session", "now")).contains("1 event of the index, 1 line");
      assertThat(asked("revise")).startsWith("# Week ");
      Path transcript = shell.transcript("beside", "no such target");
      assertThat(asked("import", transcript.toString(), "--format", "json"))
          .contains("\"duplicates\":0");
      live.event("live", null).session("later").log();
      live.flush();
      assertThat(server.get("/api/ask/sessions?limit=1").body()).contains("\"rows\"");
    }
    assertThat(count())
        .contains("\"later\"", "\"s3\"", "\"s-beside\"")
        .doesNotContain("\"s40\"", "\"now\"");
    assertThat(asked("archive", "verify")).doesNotContain("false");
    assertThat(asked("sql", "SELECT count(*) AS n FROM events WHERE session_id = 'later'"))
        .contains("1");
    assertThat(Files.readString(errors)).doesNotContain("Exception");
  }
}
