package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.webhooks.Deliveries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(user);
    Files.createDirectories(
        shell.home,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        shell.home.resolve("config.json"), "{\"agents\":{\"echo\":{\"command\":[\"cat\"]}}}");
  }

  private String check(String name) {
    shell.call("doctor");
    return shell.out.lines().filter(line -> line.startsWith(name + " ")).findFirst().orElse("");
  }

  @Test
  void aHomeInOrderIsInOrder() {
    assertThat(shell.call("record", "x")).isZero();
    assertThat(shell.call("doctor", "--format", "json")).as(shell.out).isZero();
    for (String name :
        new String[] {
          "settings",
          "home",
          "recovery",
          "journals",
          "index",
          "integrity",
          "accounting",
          "reading",
          "quarantine",
          "sources",
          "prices",
          "queue",
          "deliveries",
          "space"
        }) {
      assertThat(shell.out).contains("{\"name\":\"" + name + "\",\"ok\":true,");
    }
  }

  @Test
  void whatRecordersDroppedIsCounted() throws IOException {
    Files.writeString(
        shell.home.resolve("story_x_20260101.jsonl"),
        "{\"timestamp\":\"2026-01-01T00:00:00.000000+00:00\",\"event_type\":\"recorder_gap\",\"category\":\"execution\",\"details\":{\"dropped\":1859}}\n");
    assertThat(check("accounting")).contains("1,859 events dropped by recorders");
  }

  @Test
  void whateverWasSetAsideIsCounted() throws IOException {
    Path quarantine = Files.createDirectories(shell.home.resolve("quarantine"));
    Files.writeString(quarantine.resolve("a.jsonl"), "{}\n{}\n");
    Files.writeString(quarantine.resolve("recorder-1.ring"), "damaged");
    assertThat(check("quarantine")).contains("3 pieces", "1 of them whole files");
  }

  @Test
  void anUnknownSettingIsNamedWithTheNearest() throws IOException {
    Files.writeString(shell.home.resolve("config.json"), "{\"server\":{\"prot\":1}}");
    assertThat(check("settings")).contains("server.prot (did you mean server.port?)");
  }

  @Test
  void aTaskThatTheQueueLostIsTold() throws IOException {
    assertThat(shell.call("task", "add", "waits")).isZero();
    String id = shell.out.strip();
    assertThat(check("queue")).contains(" ok ", "1 task");
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(shell.home.resolve("tasks_queue.db" + suffix));
    }
    assertThat(check("queue")).contains("WRONG", "flightlog task retry " + id);
    assertThat(shell.call("doctor")).isEqualTo(CommandException.FAILED);
  }

  @Test
  void damagedPartsAreToldAndHideNoOther() throws IOException {
    Files.writeString(shell.home.resolve("sources.jsonl"), "{\n");
    Files.writeString(shell.home.resolve("prices.json"), "{");
    Files.writeString(shell.home.resolve("deliveries.db"), "no database at all");
    Files.createDirectory(shell.home.resolve("story_dir_20260101.jsonl"));
    for (String name : new String[] {"sources", "prices", "deliveries", "journals"}) {
      assertThat(check(name)).as(name).contains("WRONG");
    }
    assertThat(check("index")).contains(" ok ");
  }

  @Test
  void aQueueThatIsAwayAndADeliveryThatNobodyCouldHandleAreTold() throws Exception {
    Files.writeString(
        shell.home.resolve("config.json"), "{\"queue\":{\"address\":\"redis://127.0.0.1:1\"}}");
    assertThat(check("queue")).contains("WRONG", "redis://127.0.0.1:1", "start a Redis server");
    Path file = shell.home.resolve("deliveries.db");
    Deliveries.open(file, message -> {}).close();
    assertThat(check("deliveries")).contains(" ok ", "every delivery was handled");
    try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = open.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO deliveries(seq, provider, delivery_id, body_hash, event, received_us,"
              + " validated_us, body) VALUES(7, 'github', 'd-7', 'h', 'e', 0, 0, x'00')");
      assertThat(check("deliveries")).contains(" ok ", "1 delivery to be handled");
      statement.executeUpdate("INSERT INTO set_aside VALUES(7, 'no JSON', 0)");
    }
    assertThat(check("deliveries")).contains("WRONG", "set aside: 1", "github d-7: no JSON");
  }

  @Test
  void theFirstReindexAfterDamageSucceeds() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      lines.append(
          "{\"timestamp\":\"2026-01-02T%02d:%02d:%02d.000000+00:00\",\"event_type\":\"x\",\"category\":\"execution\",\"session_id\":\"z\",\"details\":{\"n\":%d,\"p\":\"%s\"}}\n"
              .formatted(i / 3600, i / 60 % 60, i % 60, i, "y".repeat(200)));
    }
    Files.writeString(shell.home.resolve("story_x_20260102.jsonl"), lines);
    assertThat(shell.call("ask", "errors")).isZero();
    Path index = shell.home.resolve("events_index.db");
    byte[] whole = Files.readAllBytes(index);
    for (int page = 12; page < whole.length / 4096; page += 23) {
      byte[] damaged = whole.clone();
      java.util.Arrays.fill(damaged, page * 4096, (page + 1) * 4096, (byte) 0);
      Files.write(index, damaged, StandardOpenOption.TRUNCATE_EXISTING);
      shell.call("doctor");
      if (shell.out.contains("run flightlog reindex")) {
        assertThat(shell.call("reindex")).as("page " + page + ": " + shell.err).isZero();
        assertThat(shell.call("sql", "SELECT count(*) FROM events", "--format", "csv")).isZero();
        assertThat(shell.out).contains("1500");
      }
      for (String suffix : new String[] {"-wal", "-shm"}) {
        Files.deleteIfExists(Path.of(index + suffix));
      }
    }
  }
}
