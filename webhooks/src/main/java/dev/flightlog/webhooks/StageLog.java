package dev.flightlog.webhooks;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stages of one delivery. Each becomes an event when it is over, and a line in the task's flow
 * once there is a task: at once those that were over before. Stages end on several threads; the
 * lock keeps their lines in the order of completion.
 */
final class StageLog {
  private final Delivery delivery;
  private final FlightRecorder recorder;
  private final TaskFolders folders;
  private final List<Stage> stages = new ArrayList<>();
  private @Nullable TaskId taskId;
  private @Nullable Set<String> lines;

  StageLog(Delivery delivery, FlightRecorder recorder, TaskFolders folders) {
    this.delivery = delivery;
    this.recorder = recorder;
    this.folders = folders;
  }

  /** The delivery leads to this task; all its stages name it. */
  synchronized void leadsTo(TaskId id) {
    taskId = id;
  }

  /** A stage is over. */
  synchronized void complete(Stage stage) throws IOException {
    tell(stage, delivery.key() + ":" + stage.name());
    if (lines == null) {
      stages.add(stage);
    } else {
      add(stage);
    }
  }

  /** A stage has failed and is tried again: an event of its own, no line. */
  synchronized void failed(Stage stage, int attempt) {
    tell(stage, delivery.key() + ":" + stage.name() + ":failed" + attempt);
  }

  private void tell(Stage stage, String key) {
    TaskId id = taskId;
    recorder.log(
        stage.event(key, delivery.provider(), delivery.id(), id == null ? null : id.value()));
  }

  /**
   * Makes the task's folder, with the stages so far. When a process that was killed has made it,
   * only the lines are added that it could not write any more.
   */
  synchronized boolean createFolder(Task task, TaskInput input) throws IOException {
    boolean created = folders.create(task, input, stages.stream().map(Stage::line).toList());
    Set<String> there = created ? new HashSet<>() : written(task.taskId());
    lines = there;
    for (Stage stage : stages) {
      if (created) {
        there.add(stage.name());
      } else {
        add(stage);
      }
    }
    stages.clear();
    return created;
  }

  private void add(Stage stage) throws IOException {
    TaskId id = taskId;
    Set<String> there = lines;
    if (id != null && there != null && !there.contains(stage.name())) {
      folders.addStage(id, stage.line());
      there.add(stage.name());
    }
  }

  /** True when an earlier process has brought this stage to its end. */
  synchronized boolean hasLine(String stage) throws IOException {
    TaskId id = taskId;
    return id != null && written(id).contains(stage);
  }

  /** The names of the stages whose lines are whole. */
  private Set<String> written(TaskId id) throws IOException {
    Optional<Path> file = folders.file(id, TaskFile.WEBHOOK_FLOW);
    Set<String> names = new HashSet<>();
    if (file.isEmpty()) {
      return names;
    }
    JsonReader reader = new JsonReader();
    for (String line : Files.readString(file.get()).lines().toList()) {
      byte[] json = line.getBytes(StandardCharsets.UTF_8);
      try {
        Object value = reader.reset(json, 0, json.length).value();
        if (value instanceof Map<?, ?> map && map.get("stage") instanceof String name) {
          names.add(name);
        }
      } catch (JsonException e) {
        continue;
      }
    }
    return names;
  }
}
