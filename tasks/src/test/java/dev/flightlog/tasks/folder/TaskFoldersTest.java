package dev.flightlog.tasks.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.EventIds;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFoldersTest {
  private static final TaskId ID = new TaskId("task-7f3a");
  private static final Instant CREATED = Instant.parse("2026-02-01T09:00:00Z");
  private static final String SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

  @TempDir Path home;
  private FlightRecorder recorder;
  private TaskFolders folders;

  @BeforeEach
  void open() throws IOException {
    recorder = FlightRecorder.open(RecorderConfig.at(home));
    folders = folders(TaskFolderSettings.in(home.resolve("tasks")));
  }

  @AfterEach
  void close() {
    recorder.close();
  }

  private TaskFolders folders(TaskFolderSettings settings) throws IOException {
    return new TaskFolders(settings, Redactor.create(RedactionKey.of(new byte[32])), recorder);
  }

  private static Task task(TaskStatus status) {
    return new Task(ID, "webhook", "github", CREATED, null, status, "reviewer", "planning", null);
  }

  private static TaskInput input(String message) {
    Map<String, @Nullable Object> source = new LinkedHashMap<>();
    source.put("provider", "github");
    source.put("event_type", "issue_comment.created");
    source.put("webhook_id", "72d3162e");
    source.put("repo", "owner/repo");
    source.put("issue_number", 42L);
    return new TaskInput(message, source);
  }

  private static Map<String, Object> stage(String name) {
    Map<String, Object> stage = new LinkedHashMap<>();
    stage.put("timestamp", "2026-02-01T09:00:00Z");
    stage.put("stage", name);
    return stage;
  }

  private String text(TaskFile file) throws IOException {
    return Files.readString(folders.file(ID, file).orElseThrow());
  }

  private String journal() throws IOException {
    recorder.flush();
    try (Stream<Path> files = Files.list(home)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }

  @Test
  void whatACrashKeptFromBeingToldIsToldWhenTheTaskIsMadeAgain() throws IOException {
    Path elsewhere = home.resolve("lost");
    try (FlightRecorder lost = FlightRecorder.open(RecorderConfig.at(elsewhere))) {
      TaskFolders dying =
          new TaskFolders(folders.settings(), Redactor.create(RedactionKey.of(new byte[32])), lost);
      assertThat(dying.create(task(TaskStatus.QUEUED), input("@bot review"), List.of())).isTrue();
    }
    Task again =
        new Task(
            ID,
            "webhook",
            "github",
            CREATED.plusSeconds(60),
            null,
            TaskStatus.QUEUED,
            "reviewer",
            "planning",
            null);
    assertThat(folders.create(again, input("@bot review"), List.of())).isFalse();
    assertThat(journal().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("2026-02-01T09:00:00.000000+00:00"))
        .anySatisfy(
            line -> assertThat(line).contains(EventIds.ofKey("task_request:" + ID), "task_request"))
        .anySatisfy(
            line -> assertThat(line).contains(EventIds.ofKey("task_status:" + ID + ":created")));
  }

  @Test
  void aFolderHasExactlyTheDocumentedShapes() throws IOException {
    assertThat(
            folders.create(
                task(TaskStatus.QUEUED), input("@bot review"), List.of(stage("received"))))
        .isTrue();
    folders.addStage(ID, stage("queue_push"));
    folders.update(
        ID,
        task ->
            new Task(
                ID,
                "webhook",
                "github",
                CREATED,
                CREATED.plusSeconds(1),
                TaskStatus.RUNNING,
                "reviewer",
                "planning",
                "some-model-id"));
    try (OutputLog log = folders.output(ID)) {
      log.add(CREATED, OutputType.OUTPUT, "Looks \"good\"\n");
    }
    folders.finish(
        ID,
        new TaskResult(
            true,
            "done",
            null,
            new TaskMetrics(0.0234, 1500L, 800L, 45.2),
            Instant.parse("2026-02-01T09:00:50Z")));

    assertThat(text(TaskFile.METADATA))
        .isEqualTo(
            """
            {"task_id":"task-7f3a","source":"webhook","provider":"github","created_at":"2026-02-01T09:00:00Z",\
            "started_at":"2026-02-01T09:00:01Z","status":"running","assigned_agent":"reviewer",\
            "agent_type":"planning","model":"some-model-id"}
            """);
    assertThat(text(TaskFile.INPUT))
        .isEqualTo(
            """
            {"message":"@bot review","source_metadata":{"provider":"github","event_type":"issue_comment.created",\
            "webhook_id":"72d3162e","repo":"owner/repo","issue_number":42}}
            """);
    assertThat(text(TaskFile.WEBHOOK_FLOW))
        .isEqualTo(
            """
            {"timestamp":"2026-02-01T09:00:00Z","stage":"received"}
            {"timestamp":"2026-02-01T09:00:00Z","stage":"queue_push"}
            """);
    assertThat(text(TaskFile.AGENT_OUTPUT))
        .isEqualTo(
            """
            {"timestamp":"2026-02-01T09:00:00Z","type":"output","content":"Looks \\"good\\"\\n"}
            """);
    assertThat(text(TaskFile.FINAL_RESULT))
        .isEqualTo(
            """
            {"success":true,"result":"done","error":null,"metrics":{"cost_usd":0.0234,"input_tokens":1500,\
            "output_tokens":800,"duration_seconds":45.2},"completed_at":"2026-02-01T09:00:50Z"}
            """);
    assertThat(folders.input(ID)).contains(input("@bot review"));
    assertThat(folders.result(ID).orElseThrow().metrics().inputTokens()).isEqualTo(1500);
  }

  @Test
  void aSecondCreationLeavesTheFirstAlone() throws IOException {
    folders.create(task(TaskStatus.QUEUED), input("first"), List.of());
    assertThat(folders.create(task(TaskStatus.QUEUED), input("second"), List.of())).isFalse();
    assertThat(folders.input(ID).orElseThrow().message()).isEqualTo("first");
    assertThat(folders.list().tasks()).containsExactly(task(TaskStatus.QUEUED));
    try (Stream<Path> all = Files.list(home.resolve("tasks"))) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void aFolderThatTellsOfAnotherTaskIsNotTakenForIt() throws IOException {
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of());
    Path file = folders.file(ID, TaskFile.METADATA).orElseThrow();
    String other = TaskId.ofKey("another").value();
    Files.writeString(file, Files.readString(file).replace(ID.value(), other));
    assertThatThrownBy(() -> folders.find(ID))
        .isInstanceOf(BrokenTaskException.class)
        .hasMessageContaining("another task's: " + other);
    assertThat(folders.list().tasks()).isEmpty();
    assertThat(folders.list().unreadable())
        .singleElement()
        .satisfies(left -> assertThat(left.id()).isEqualTo(ID));
  }

  @Test
  void fieldsOfALaterVersionStayWhenMetadataIsWritten() throws IOException {
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of());
    Path file = folders.file(ID, TaskFile.METADATA).orElseThrow();
    Files.writeString(file, Files.readString(file).replace("}", ",\"priority\":7}"));
    folders.update(ID, each -> task(TaskStatus.CANCELLED));
    assertThat(text(TaskFile.METADATA)).contains("\"status\":\"cancelled\"", "\"priority\":7");
  }

  @Test
  void noSecretReachesAnyFile() throws IOException {
    folders.create(
        task(TaskStatus.QUEUED),
        input("use " + SECRET),
        List.of(Map.of("stage", "received", "note", SECRET)));
    folders.addStage(ID, Map.of("note", SECRET));
    folders.finish(ID, new TaskResult(false, SECRET, "x " + SECRET, TaskMetrics.UNKNOWN, CREATED));
    for (TaskFile file : TaskFile.values()) {
      if (folders.file(ID, file).isPresent()) {
        assertThat(text(file)).doesNotContain(SECRET);
      }
    }
    assertThat(text(TaskFile.INPUT)).contains("[redacted:");
  }

  @Test
  void aLineAfterATornOneBeginsAfresh() throws IOException {
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of(stage("received")));
    Path file = folders.file(ID, TaskFile.WEBHOOK_FLOW).orElseThrow();
    Files.writeString(file, "{\"stage\":\"val", StandardOpenOption.APPEND);
    folders.addStage(ID, stage("queue_push"));
    assertThat(text(TaskFile.WEBHOOK_FLOW).lines())
        .hasSize(3)
        .last()
        .asString()
        .contains("queue_push");
  }

  @Test
  void outputEndsAtItsLimitWithAMarkAndNoticesStillGetIn() throws IOException {
    folders = folders(TaskFolderSettings.in(home.resolve("tasks")).outputLimit(100_000));
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of());
    long dropped;
    try (OutputLog log = folders.output(ID)) {
      for (int i = 0; i < 10_000; i++) {
        log.add(CREATED, OutputType.OUTPUT, "0123456789".repeat(10));
      }
      log.notice(CREATED, "the agent ended");
      dropped = log.dropped();
      assertThat(log.isFull()).isTrue();
    }
    String text = text(TaskFile.AGENT_OUTPUT);
    assertThat(text.length()).isLessThanOrEqualTo(100_000);
    assertThat(text.lines().filter(line -> line.contains("output cut here"))).hasSize(1);
    assertThat(text).endsWith("\"content\":\"the agent ended\"}\n");
    long kept = text.lines().filter(line -> line.contains("\"output\"")).count();
    assertThat(dropped).isEqualTo((10_000 - kept) * 100);
  }

  @Test
  void withoutStreamsOnlyTheObjectsAreWritten() throws IOException {
    folders = folders(TaskFolderSettings.in(home.resolve("tasks")).streams(false));
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of(stage("received")));
    folders.addStage(ID, stage("queue_push"));
    try (OutputLog log = folders.output(ID)) {
      log.add(CREATED, OutputType.OUTPUT, "x");
    }
    assertThat(folders.file(ID, TaskFile.WEBHOOK_FLOW)).isEmpty();
    assertThat(folders.file(ID, TaskFile.AGENT_OUTPUT)).isEmpty();
    assertThat(folders.input(ID)).isPresent();
  }

  @Test
  void onlyFinishedTasksThatAreOldByBothTimesAreRemoved() throws IOException {
    TaskFolders kept =
        folders(TaskFolderSettings.in(home.resolve("tasks")).retention(Duration.ofDays(30)));
    Instant now = CREATED.plus(Duration.ofDays(60));
    for (TaskStatus status : TaskStatus.values()) {
      for (boolean touched : new boolean[] {false, true}) {
        TaskId id = TaskId.ofKey(status + "/" + touched);
        kept.create(
            new Task(id, "cli", null, CREATED, null, status, null, null, null),
            input("x"),
            List.of());
        Path file = kept.file(id, TaskFile.METADATA).orElseThrow();
        Instant modified = touched ? now.minus(Duration.ofDays(1)) : CREATED;
        Files.setLastModifiedTime(file, FileTime.from(modified));
      }
    }
    assertThat(kept.sweep(now.minus(Duration.ofDays(59)))).isZero();
    assertThat(kept.sweep(now)).isEqualTo(3);
    assertThat(kept.list().tasks())
        .extracting(Task::status)
        .filteredOn(TaskStatus::isFinal)
        .containsExactlyInAnyOrder(
            TaskStatus.PARKED,
            TaskStatus.PARKED,
            TaskStatus.SUCCEEDED,
            TaskStatus.FAILED,
            TaskStatus.CANCELLED);
  }

  @Test
  void theStreamsOfOldTasksAreCompressedAndReadAsBefore() throws IOException {
    Instant now = CREATED.plus(Duration.ofDays(8));
    folders.create(
        new Task(ID, "cli", null, CREATED, null, TaskStatus.SUCCEEDED, null, null, null),
        input("x"),
        List.of(Map.of("stage", "received")));
    try (OutputLog log = folders.output(ID)) {
      log.add(CREATED, OutputType.OUTPUT, "all of it");
    }
    Path metadata = folders.file(ID, TaskFile.METADATA).orElseThrow();
    Files.setLastModifiedTime(metadata, FileTime.from(CREATED));
    Path folder = metadata.resolveSibling(".").normalize();
    byte[] output = Files.readAllBytes(folder.resolve("03-agent-output.jsonl"));
    folders.sweep(CREATED.plus(Duration.ofDays(6)));
    assertThat(folder.resolve("03-agent-output.jsonl")).exists();
    folders.sweep(now);
    folders.sweep(now);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "metadata.json",
            "01-input.json",
            "02-webhook-flow.jsonl.gz",
            "03-agent-output.jsonl.gz");
    assertThat(folders.file(ID, TaskFile.AGENT_OUTPUT).orElseThrow()).hasBinaryContent(output);
    assertThat(Files.readString(folders.file(ID, TaskFile.WEBHOOK_FLOW).orElseThrow()))
        .contains("received");
    assertThat(folders.ids()).containsExactly(ID);
    try (OutputLog log = folders.output(ID)) {
      log.add(CREATED, OutputType.OUTPUT, "and more");
    }
    assertThat(Files.readString(folders.file(ID, TaskFile.AGENT_OUTPUT).orElseThrow()))
        .contains("all of it", "and more");
    folders.sweep(Instant.now().plus(Duration.ofHours(2)));
    assertThat(folder.resolveSibling(".unpacked-" + ID + "-02-webhook-flow.jsonl")).doesNotExist();
  }

  @Test
  void whatKilledProcessesLeftGoesAfterAnHour() throws IOException {
    Path left = Files.createDirectories(home.resolve("tasks/.new-1"));
    Files.writeString(left.resolve("metadata.json"), "{");
    assertThat(folders.ids()).isEmpty();
    folders.sweep(Instant.now());
    assertThat(left).exists();
    folders.sweep(Instant.now().plus(Duration.ofHours(2)));
    assertThat(left).doesNotExist();
  }

  @Test
  void aStatusIsAnEvent() throws IOException {
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of());
    folders.update(ID, each -> task(TaskStatus.RUNNING));
    folders.update(ID, each -> task(TaskStatus.RUNNING));
    assertThat(journal().lines().filter(line -> line.contains("\"task_status\"")))
        .hasSize(2)
        .allMatch(line -> line.contains("\"task_id\":\"task-7f3a\""))
        .last()
        .asString()
        .contains("\"status\":\"running\"", "\"previous\":\"queued\"");
  }

  @Test
  void foldersAndFilesAreForTheirOwnerOnly() throws IOException {
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of(stage("received")));
    try (Stream<Path> all = Files.walk(home.resolve("tasks"))) {
      for (Path each : all.toList()) {
        String wanted = Files.isDirectory(each) ? "rwx------" : "rw-------";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .as(each.toString())
            .isEqualTo(wanted);
      }
    }
  }

  @Test
  void aReaderAlwaysSeesAWholeObject() throws Exception {
    folders.create(task(TaskStatus.QUEUED), input("x"), List.of());
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 0; i < 100; i++) {
                  TaskStatus status = i % 2 == 0 ? TaskStatus.RUNNING : TaskStatus.QUEUED;
                  folders.update(ID, each -> task(status));
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              } finally {
                done.set(true);
              }
            });
    int reads = 0;
    while (!done.get()) {
      assertThat(folders.find(ID)).isPresent();
      reads++;
    }
    writer.join();
    assertThat(reads).isPositive();
  }
}
