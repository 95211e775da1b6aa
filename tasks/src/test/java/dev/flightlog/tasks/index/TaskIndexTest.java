package dev.flightlog.tasks.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskIndexTest {
  private static final Instant NINE = Instant.parse("2026-02-01T09:00:00Z");

  @TempDir Path home;
  private TaskIndex index;

  @BeforeEach
  void open() {
    index = open(home.resolve("tasks.db"));
  }

  private static TaskIndex open(Path file) {
    return TaskIndex.open(file);
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static Event event(String type, String task, long second, Map<Field, Object> fields) {
    return event(type, task, second, fields, Map.of());
  }

  private static Event event(
      String type, String task, long second, Map<Field, Object> fields, Map<String, Object> more) {
    Instant at = NINE.plusSeconds(second);
    String id = EventIds.ofKey(type + task + second + fields);
    Event.Builder event = Event.builder(id, at, type, Category.EXECUTION).set(Field.TASK_ID, task);
    fields.forEach(event::set);
    return event.details(more).build();
  }

  /** What is recorded when the folder of a task is made. */
  private void created(Task task, String message, Map<String, Object> sourceMetadata) {
    Map<String, Object> details = new HashMap<>(sourceMetadata);
    details.put("request", message);
    details.put("source", task.source());
    details.put("provider", String.valueOf(task.provider()));
    String id = task.taskId().value();
    long second = task.createdAt().getEpochSecond() - NINE.getEpochSecond();
    index.add(List.of(event("task_request", id, second, Map.of(), details), status(task, second)));
  }

  private static Event status(Task task, long second) {
    return event(
        "task_status",
        task.taskId().value(),
        second,
        Map.of(Field.AGENT_NAME, String.valueOf(task.assignedAgent())),
        Map.of("status", task.status().word(), "agent_type", "planning"));
  }

  /** What is recorded at its end. */
  private void finished(TaskId task, boolean success, double usd, double seconds, long second) {
    index.add(
        List.of(
            event(
                "task_outcome",
                task.value(),
                second,
                Map.of(Field.SUCCESS, success, Field.DURATION_MS, Math.round(seconds * 1000)),
                Map.of("total_cost_usd", usd))));
  }

  /** A task from its request to its outcome. */
  private static List<Event> told(String task, int second) {
    return List.of(
        event("task_request", task, second, Map.of(), Map.of("request", "Fix it", "user_id", "U1")),
        event(
            "evaluation",
            task,
            second + 1,
            Map.of(Field.AGENT_NAME, "Writer", Field.CONFIDENCE_SCORE, 0.9)),
        event(
            "evaluation",
            task,
            second + 1,
            Map.of(Field.AGENT_NAME, "Grok", Field.CONFIDENCE_SCORE, 0.3)),
        event("task_assigned", task, second + 2, Map.of(Field.AGENT_NAME, "Writer")),
        event(
            "task_outcome",
            task,
            second + 9,
            Map.of(Field.AGENT_NAME, "Writer", Field.SUCCESS, false, Field.DURATION_MS, 7000L),
            Map.of("error_message", "out of patience", "cost_usd", 0.25)));
  }

  private static Task task(int number, TaskStatus status, String agent) {
    return new Task(
        new TaskId("task-%04d".formatted(number)),
        "webhook",
        number % 2 == 0 ? "github" : "slack",
        NINE.plusSeconds(number),
        null,
        status,
        agent,
        "planning",
        null);
  }

  private List<String> ids(TaskQuery query) {
    return index.search(query).tasks().stream().map(IndexedTask::taskId).toList();
  }

  @Test
  void theEventsOfATaskBecomeOneRowInWhateverOrderTheyCome() {
    long seed = Long.getLong("flightlog.seed", System.nanoTime());
    List<Event> events = new ArrayList<>(told("17.1", 0));
    index.add(events);
    IndexedTask whole = index.find("17.1").orElseThrow();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(events, random);
      try (TaskIndex other = open(home.resolve(round + ".db"))) {
        events.forEach(each -> other.add(List.of(each)));
        other.add(events);
        assertThat(other.find("17.1")).as("seed %d", seed).contains(whole);
        assertThat(other.size()).isEqualTo(1);
        assertThat(other.search(TaskQuery.all().text("patience fix")).tasks()).hasSize(1);
      }
    }
    assertThat(whole.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(whole.createdAt()).isEqualTo(NINE);
    assertThat(whole.agent()).isEqualTo("Writer");
    assertThat(whole.confidence()).isEqualTo(0.9);
    assertThat(whole.evaluations()).isEqualTo(Map.of("Writer", 0.9, "Grok", 0.3));
    assertThat(whole.durationMs()).isEqualTo(7000);
    assertThat(whole.costUsd()).isEqualTo(0.25);
    assertThat(whole.error()).isEqualTo("out of patience");
    assertThat(whole.userId()).isEqualTo("U1");
  }

  @Test
  void theNewestOutcomeCountsInWhateverOrderTheyCome() {
    long seed = Long.getLong("flightlog.seed", System.nanoTime());
    List<Event> events = new ArrayList<>(told("17.1", 0));
    events.add(
        event(
            "task_outcome",
            "17.1",
            60,
            Map.of(Field.AGENT_NAME, "Writer", Field.SUCCESS, true, Field.DURATION_MS, 900L),
            Map.of("model", "some-model")));
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(events, random);
      try (TaskIndex other = open(home.resolve(round + ".db"))) {
        events.forEach(each -> other.add(List.of(each)));
        IndexedTask found = other.find("17.1").orElseThrow();
        assertThat(found.status()).as("seed %d", seed).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(found.success()).isTrue();
        assertThat(found.error()).as("seed %d", seed).isNull();
        assertThat(found.durationMs()).as("seed %d", seed).isEqualTo(900);
        assertThat(found.costUsd()).isEqualTo(0.25);
        assertThat(other.search(TaskQuery.all().text("patience")).tasks()).isEmpty();
      }
    }
  }

  @Test
  void aTaskWithAFolderIsFoundByWhatItsWriterRecords() {
    created(task(1, TaskStatus.QUEUED, "reviewer"), "@bot review", Map.of("user_id", "ann"));
    index.add(List.of(status(task(1, TaskStatus.RUNNING, "reviewer"), 5)));
    assertThat(ids(TaskQuery.all().statuses(Set.of(TaskStatus.RUNNING)))).hasSize(1);
    finished(new TaskId("task-0001"), true, 0.0234, 45.2, 50);
    IndexedTask found = index.search(TaskQuery.all()).tasks().getFirst();
    assertThat(found.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(found.durationMs()).isEqualTo(45_200);
    assertThat(found.request()).isEqualTo("@bot review");
    assertThat(found.userId()).isEqualTo("ann");
    assertThat(found.costUsd()).isEqualTo(0.0234);
    assertThat(found.agentType()).isEqualTo("planning");
  }

  @Test
  void theFileIsForItsOwnerOnly() throws IOException {
    assertThat(Files.getPosixFilePermissions(home.resolve("tasks.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void everyFilterFindsWhatItSays() {
    for (int i = 0; i < 20; i++) {
      TaskStatus status = i % 5 == 0 ? TaskStatus.FAILED : TaskStatus.QUEUED;
      created(task(i, status, i < 10 ? "writer" : "grok"), "number " + i, Map.of());
      finished(new TaskId("task-%04d".formatted(i)), i % 5 != 0, i / 10.0, 1.0 * i, 60);
    }
    TaskQuery all = TaskQuery.all();
    assertThat(ids(all)).hasSize(20).first().isEqualTo("task-0019");
    assertThat(ids(all.sort(TaskQuery.Sort.OLDEST))).first().isEqualTo("task-0000");
    assertThat(ids(all.sort(TaskQuery.Sort.COSTLIEST).limit(2)))
        .containsExactly("task-0019", "task-0018");
    assertThat(ids(all.sort(TaskQuery.Sort.LONGEST).limit(1))).containsExactly("task-0019");
    assertThat(ids(all.agent("grok").provider("github"))).hasSize(5);
    assertThat(ids(all.source("webhook"))).hasSize(20);
    assertThat(ids(all.source("cli"))).isEmpty();
    assertThat(ids(all.minCost(1.75))).containsExactly("task-0019", "task-0018");
    assertThat(ids(all.text("NUMBER 7"))).containsExactly("task-0007");
    assertThat(ids(all.text("number").agent("writer").limit(1))).containsExactly("task-0009");
    assertThat(ids(all.from(NINE.plusSeconds(3)).to(NINE.plusSeconds(5))))
        .containsExactly("task-0004", "task-0003");
    assertThat(ids(all.statuses(Set.of(TaskStatus.FAILED, TaskStatus.PARKED)))).hasSize(4);
  }

  @Test
  void pagesNeitherRepeatNorHideTasksWhileOthersCome() {
    for (int i = 0; i < 25; i++) {
      created(task(i * 2, TaskStatus.QUEUED, "a"), "x", Map.of());
      finished(task(i * 2, TaskStatus.QUEUED, "a").taskId(), true, 0.5, 1.0, 6000);
    }
    for (TaskQuery.Sort sort : TaskQuery.Sort.values()) {
      List<String> seen = new ArrayList<>();
      TaskQuery query = TaskQuery.all().sort(sort).limit(7);
      @Nullable String next = null;
      do {
        TaskPage page = index.search(query.page(next));
        page.tasks().forEach(each -> seen.add(each.taskId()));
        next = page.next();
        created(task(1001 + seen.size() * 2, TaskStatus.QUEUED, "late"), "x", Map.of());
      } while (next != null);
      assertThat(seen).as(sort.name()).doesNotHaveDuplicates();
      assertThat(seen)
          .containsAll(IntStream.range(0, 25).mapToObj(i -> "task-%04d".formatted(i * 2)).toList());
    }
  }

  @Test
  void aPageOfAnotherSearchIsRefused() {
    for (int i = 0; i < 3; i++) {
      created(task(i, TaskStatus.QUEUED, "a"), "x", Map.of());
    }
    String next = index.search(TaskQuery.all().limit(1)).next();
    assertThat(index.search(TaskQuery.all().limit(2).page(next)).tasks()).hasSize(2);
    for (TaskQuery wrong :
        List.of(TaskQuery.all().agent("a").page(next), TaskQuery.all().page("AAAA"))) {
      assertThatThrownBy(() -> index.search(wrong))
          .isInstanceOfSatisfying(
              TaskIndexException.class, e -> assertThat(e.isWrongQuestion()).isTrue());
    }
  }

  @Test
  void noTextOfASearchIsTakenForAnOperator() {
    created(task(1, TaskStatus.QUEUED, "a"), "deploy the \"big\" one NOT now", Map.of());
    for (String text :
        List.of("deplo*", "\"the big\"", "NOT", "deploy AND", "big\" OR \"", "(one", "now:*")) {
      String words = text.replace("AND", "").replace("OR", "");
      assertThat(ids(TaskQuery.all().text(words))).as(text).hasSize(1);
    }
    for (String text : List.of("nothing", "deplo", "request:deploy", "\"big the\"")) {
      assertThat(ids(TaskQuery.all().text(text))).as(text).isEmpty();
    }
    assertThat(ids(TaskQuery.all().text("  * - \"\" ' ; -- "))).hasSize(1);
    assertThatThrownBy(() -> ids(TaskQuery.all().text("a ".repeat(40))))
        .hasMessageContaining("at most 32 words");
  }

  @Test
  void whatIsNewInTheStoreIsTakenInOnceEvenWhenItHappenedLongAgo() {
    try (MemoryStore store = new MemoryStore()) {
      put(store, told("17.1", 0));
      assertThat(index.catchUp(store)).isEqualTo(5);
      assertThat(index.catchUp(store)).isZero();
      put(store, told("16.9", -86_400));
      put(store, told("17.2", 7200));
      assertThat(index.catchUp(store)).isEqualTo(10);
      assertThat(ids(TaskQuery.all())).containsExactly("17.2", "17.1", "16.9");
    }
  }

  @Test
  void whatWasForgottenInTheStoreIsForgottenHere() {
    try (MemoryStore store = new MemoryStore()) {
      put(store, told("17.1", 0));
      put(store, told("17.2", 7200));
      index.catchUp(store);
      store.forget(Filter.is(Field.TASK_ID, "17.1"));
      assertThat(index.catchUp(store)).isEqualTo(5);
      assertThat(ids(TaskQuery.all())).containsExactly("17.2");
      assertThat(index.catchUp(store)).isZero();
    }
  }

  @Test
  void aStoreThatWasBuiltAnewIsReadFromItsBeginning() {
    try (MemoryStore store = new MemoryStore();
        MemoryStore rebuilt = new MemoryStore()) {
      put(store, told("17.1", 0));
      index.catchUp(store);
      put(rebuilt, told("17.2", 0));
      assertThat(index.catchUp(rebuilt)).isEqualTo(5);
      assertThat(ids(TaskQuery.all())).containsExactly("17.2");
    }
  }

  private static void put(MemoryStore store, List<Event> events) {
    EventBatch batch = new EventBatch();
    events.forEach(each -> batch.add(EventBatch.Mode.NEW, each));
    store.append(new Append(batch));
  }

  @Test
  void aDamagedFileIsBegunAnew() throws IOException {
    index.close();
    Files.write(
        home.resolve("tasks.db"),
        "this is no database, whatever its name".getBytes(StandardCharsets.UTF_8));
    Files.deleteIfExists(home.resolve("tasks.db-wal"));
    open();
    index.add(told("17.1", 0));
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void tasksOfOneMicrosecondAreAllKept() {
    for (int i = 0; i < 300; i++) {
      index.add(told("same-" + i, 0));
    }
    assertThat(index.size()).isEqualTo(300);
  }
}
