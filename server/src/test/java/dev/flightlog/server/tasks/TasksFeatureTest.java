package dev.flightlog.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.http.Running;
import dev.flightlog.server.web.Json;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.OutputLog;
import dev.flightlog.tasks.folder.OutputType;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.folder.TaskMetrics;
import dev.flightlog.tasks.folder.TaskResult;
import dev.flightlog.tasks.index.TaskIndex;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksFeatureTest {
  private static final Instant NINE = Instant.parse("2026-02-01T09:00:00Z");
  private static final TaskId ID = new TaskId("task-7f3a");
  private static final String LOGS = "/api/tasks/task-7f3a/logs/";

  @TempDir Path home;

  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
  private FlightRecorder recorder;
  private TaskFolders folders;
  private TaskIndex index;
  private Running running;

  @BeforeEach
  void aServerWithOneTask() throws IOException {
    recorder = FlightRecorder.open(RecorderConfig.at(home));
    folders = new TaskFolders(TaskFolderSettings.in(home.resolve("tasks")), redactor, recorder);
    index = TaskIndex.open(home.resolve("tasks_index.db"));
    running = Running.with(home, new TasksFeature(folders, index, () -> {}));
    create(ID, TaskStatus.RUNNING, "github", "@bot review", 0);
  }

  @AfterEach
  void close() {
    running.close();
    index.close();
    recorder.close();
  }

  private void create(
      TaskId id, TaskStatus status, @Nullable String provider, String message, int second)
      throws IOException {
    Task task =
        new Task(
            id,
            "webhook",
            provider,
            NINE.plusSeconds(second),
            NINE,
            status,
            "reviewer",
            "planning",
            null);
    Map<String, @Nullable Object> stage = new LinkedHashMap<>();
    stage.put("timestamp", NINE.toString());
    stage.put("stage", "received");
    folders.create(task, new TaskInput(message, Map.of("provider", "github")), List.of(stage));
    index.add(recorded(task, message));
  }

  /** What the recorder was told of it, as a store would give it back. */
  private static List<Event> recorded(Task task, String message) {
    Event.Builder request = event("task_request", task, Map.of("request", message));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("status", task.status().word());
    details.put("source", task.source());
    if (task.provider() != null) {
      details.put("provider", task.provider());
    }
    Event.Builder status = event("task_status", task, details);
    return List.of(request.build(), status.set(Field.AGENT_NAME, "reviewer").build());
  }

  private static Event.Builder event(String type, Task task, Map<String, Object> details) {
    String id = EventIds.ofKey(type + task.taskId());
    return Event.builder(id, task.createdAt(), type, Category.EXECUTION)
        .set(Field.TASK_ID, task.taskId().value())
        .details(details);
  }

  private void output(int lines) throws IOException {
    try (OutputLog log = folders.output(ID)) {
      for (int i = 1; i <= lines; i++) {
        log.add(NINE, OutputType.OUTPUT, "line " + i);
      }
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name) {
    return home.resolve("tasks").resolve(ID.value()).resolve(name);
  }

  @Test
  void asCsvAllThatIsFoundIsALineEachAndNoFormula() throws IOException {
    create(new TaskId("task-7f3b"), TaskStatus.FAILED, "slack", "=cmd|'/c calc'!A1", 1);
    create(new TaskId("task-7f3c"), TaskStatus.QUEUED, "slack", "review it, \"please\"", 2);
    HttpResponse<String> all = running.get("/api/tasks?format=csv");
    assertThat(all.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    assertThat(all.body().lines()).hasSize(4);
    assertThat(all.body())
        .startsWith("timestamp,user_id,request,assigned_agent,")
        .contains("\"'=cmd|'/c calc'!A1\"", "\"review it, \"\"please\"\"\"");
    assertThat(running.get("/api/tasks?format=csv&status=failed").body().lines()).hasSize(2);
    assertThat(running.get("/api/tasks?format=xml").statusCode()).isEqualTo(400);
  }

  @Test
  void moreTasksThanAFileHoldsAreRefusedAndNotCutOff() throws IOException {
    create(new TaskId("task-8888"), TaskStatus.RUNNING, "github", "@bot again", 1);
    try (Running two =
        Running.with(home.resolve("two"), new TasksFeature(folders, index, () -> {}, 2))) {
      assertThat(two.get("/api/tasks?format=csv").body().lines()).hasSize(3);
      create(new TaskId("task-9999"), TaskStatus.RUNNING, "github", "@bot once more", 2);
      HttpResponse<String> refused = two.get("/api/tasks?format=csv");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("more than 2 tasks are found", "export tasks");
    }
  }

  @Test
  void filesAreAnsweredByteForByte() throws IOException {
    output(3);
    folders.finish(ID, new TaskResult(true, "fine", null, TaskMetrics.UNKNOWN, NINE));
    Map<String, String> parts =
        Map.of(
            "metadata", "metadata.json",
            "input", "01-input.json",
            "webhook-flow", "02-webhook-flow.jsonl",
            "agent-output", "03-agent-output.jsonl",
            "final-result", "04-final-result.json");
    parts.forEach((word, name) -> {
      HttpResponse<String> answer = running.get(LOGS + word);
      assertThat(answer.statusCode()).as(word).isEqualTo(200);
      assertThat(file(name)).hasContent(answer.body());
    });
    JsonNode full = json(running.get(LOGS + "full"));
    assertThat(full.get("task_id").asText()).isEqualTo("task-7f3a");
    assertThat(full.get("metadata").get("status").asText()).isEqualTo("running");
    assertThat(full.get("input").get("message").asText()).isEqualTo("@bot review");
    assertThat(full.get("webhook_flow")).hasSize(1);
    assertThat(full.get("agent_output")).hasSize(3);
    assertThat(full.get("agent_output").get(2).get("content").asText()).isEqualTo("line 3");
    assertThat(full.get("final_result").get("result").asText()).isEqualTo("fine");
  }

  @Test
  void whatIsNotThereYetIsAProblemAndNullInTheWhole() {
    HttpResponse<String> none = running.get(LOGS + "final-result");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(json(none).get("detail").asText()).contains("04-final-result.json");
    JsonNode full = json(running.get(LOGS + "full"));
    assertThat(full.get("final_result").isNull()).isTrue();
    assertThat(full.get("agent_output")).isEmpty();
  }

  @Test
  void idsThatAreNoneOpenNothing() throws IOException {
    Files.writeString(home.resolve("secret"), "secret");
    Files.createSymbolicLink(home.resolve("tasks").resolve("task-link"), home);
    for (String id :
        List.of(
            "task-none",
            "..",
            "%2e%2e",
            "..%2f..%2fetc",
            "task-7f3a%2f..",
            "task-7f3a%00",
            "TASK-7F3A",
            "task-",
            "task-link",
            "x".repeat(5000),
            "task-7f3a%0a",
            "%ff",
            "~",
            "C:")) {
      for (String part : List.of("metadata", "full", "agent-output")) {
        String answer =
            running.raw(
                "GET /api/tasks/"
                    + id
                    + "/logs/"
                    + part
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(Running.status(answer)).as(id).isIn(400, 404);
        assertThat(answer).contains("application/problem+json");
      }
    }
    assertThat(running.get(LOGS + "secrets").statusCode()).isEqualTo(404);
  }

  @Test
  void anUnchangedFileIsNotSentAgain() throws IOException {
    output(2);
    for (String part : List.of("metadata", "agent-output", "full")) {
      HttpResponse<String> first = running.get(LOGS + part);
      String etag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(etag).matches("\"[0-9a-f]{32}\"");
      HttpResponse<String> same = running.get(LOGS + part, "If-None-Match", "\"other\", " + etag);
      assertThat(same.statusCode()).as(part).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(running.get(LOGS + part, "If-None-Match", "\"other\"").statusCode())
          .isEqualTo(200);
    }
    String before = running.get(LOGS + "agent-output").headers().firstValue("ETag").orElseThrow();
    output(1);
    HttpResponse<String> changed = running.get(LOGS + "agent-output", "If-None-Match", before);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).isNotEqualTo(before);
    assertThat(changed.body().lines()).hasSize(3);
  }

  @Test
  void aRangeOfBytesIsAnsweredAsAsked() throws IOException {
    output(5);
    String path = LOGS + "agent-output";
    String all = running.get(path).body();
    int total = all.length();
    Map<String, String> wanted =
        Map.of(
            "bytes=0-9", all.substring(0, 10),
            "bytes=10-", all.substring(10),
            "bytes=-7", all.substring(total - 7),
            "bytes=5-999999", all.substring(5),
            "bytes=-999999", all);
    wanted.forEach((range, body) -> {
      HttpResponse<String> answer = running.get(path, "Range", range);
      assertThat(answer.statusCode()).as(range).isEqualTo(206);
      assertThat(answer.body()).as(range).isEqualTo(body);
      int from = total - body.length();
      String told = answer.headers().firstValue("Content-Range").orElseThrow();
      assertThat(told).endsWith("/" + total);
      if (!range.equals("bytes=0-9")) {
        assertThat(told).isEqualTo("bytes " + from + "-" + (total - 1) + "/" + total);
      }
    });
    for (String ignored :
        List.of("bytes=5-2", "bytes=-", "lines=0-1", "bytes=0-1,3-4", "bytes=a-b", "bytes")) {
      HttpResponse<String> answer = running.get(path, "Range", ignored);
      assertThat(answer.statusCode()).as(ignored).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(all);
    }
    HttpResponse<String> none = running.get(path, "Range", "bytes=" + total + "-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("Content-Range")).contains("bytes */" + total);
    assertThat(running.get(path, "Range", "bytes=0-9", "If-Range", "\"old\"").body())
        .isEqualTo(all);
  }

  @Test
  void theTailIsTheLastLines() throws IOException {
    output(3000);
    String path = LOGS + "agent-output?tail=";
    List<String> lines = Files.readAllLines(file("03-agent-output.jsonl"));
    assertThat(running.get(path + 2).body().lines()).isEqualTo(lines.subList(2998, 3000));
    assertThat(running.get(path + 2900).body().lines()).isEqualTo(lines.subList(100, 3000));
    assertThat(running.get(path + 3000).body().lines()).isEqualTo(lines);
    assertThat(running.get(path + 9999).body().lines()).isEqualTo(lines);
    assertThat(running.get(path + 0).body()).isEmpty();
    assertThat(json(running.get(LOGS + "full?tail=2")).get("agent_output")).hasSize(2);
    for (String wrong : List.of("-1", "x", "1.5", "99999999999999999999")) {
      assertThat(running.get(path + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void aTornLineSpoilsNothing() throws IOException {
    output(2);
    Files.writeString(
        file("03-agent-output.jsonl"), "{\"torn", java.nio.file.StandardOpenOption.APPEND);
    assertThat(running.get(LOGS + "agent-output").body()).endsWith("{\"torn");
    assertThat(json(running.get(LOGS + "full")).get("agent_output")).hasSize(2);
  }

  @Test
  void tasksAreFoundAndPaged() throws IOException {
    for (int i = 1; i <= 7; i++) {
      TaskStatus status = i % 2 == 0 ? TaskStatus.FAILED : TaskStatus.SUCCEEDED;
      create(new TaskId("task-000" + i), status, i < 4 ? "slack" : "jira", "deploy " + i, i);
    }
    assertThat(json(running.get("/api/tasks")).get("tasks")).hasSize(8);
    assertThat(ids("/api/tasks?status=failed&status=running"))
        .containsExactly("task-0006", "task-0004", "task-0002", "task-7f3a");
    assertThat(ids("/api/tasks?provider=slack&sort=oldest"))
        .containsExactly("task-0001", "task-0002", "task-0003");
    assertThat(ids("/api/tasks?text=deploy%205")).containsExactly("task-0005");
    assertThat(ids("/api/tasks?from=2026-02-01T09:00:06Z"))
        .containsExactly("task-0007", "task-0006");
    assertThat(ids("/api/tasks?min_cost=1.5")).isEmpty();
    List<String> paged = new ArrayList<>();
    String next = "";
    while (!next.isEmpty() || paged.isEmpty()) {
      JsonNode page = json(running.get("/api/tasks?limit=3" + next));
      page.get("tasks").forEach(task -> paged.add(task.get("task_id").asText()));
      next = page.get("next").isNull() ? "" : "&page=" + page.get("next").asText();
    }
    assertThat(paged).hasSize(8).doesNotHaveDuplicates();
  }

  private List<String> ids(String path) {
    List<String> ids = new ArrayList<>();
    json(running.get(path)).get("tasks").forEach(task -> ids.add(task.get("task_id").asText()));
    return ids;
  }

  @Test
  void aSearchThatIsWrongSaysWhy() {
    for (String wrong :
        List.of(
            "status=done",
            "from=yesterday",
            "min_cost=-1",
            "min_cost=NaN",
            "sort=cheapest",
            "limit=0",
            "limit=1001",
            "page=x",
            "colour=red",
            "agent=a&agent=b",
            "text=" + "a%20".repeat(40))) {
      HttpResponse<String> answer = running.get("/api/tasks?" + wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(json(answer).get("detail").asText()).isNotEmpty();
    }
    String hostile =
        "/api/tasks?text=%22%20OR%201%3D1%20--%20%00*&agent=%27%3BDROP%20TABLE%20tasks";
    assertThat(json(running.get(hostile)).get("tasks")).isEmpty();
  }

  @Test
  void oneTaskIsAnsweredAsARowOfTheSearch() {
    assertThat(running.get("/api/tasks/" + ID).body())
        .startsWith("{\"task_id\":\"" + ID + "\",")
        .contains("\"request\":\"@bot review\"");
    assertThat(running.get("/api/tasks/task-none").statusCode()).isEqualTo(404);
  }
}
