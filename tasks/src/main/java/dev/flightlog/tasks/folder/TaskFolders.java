package dev.flightlog.tasks.folder;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.FileTree;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All task folders, to be read and written. A task's folder appears whole, at once; its objects are
 * replaced whole, its streams are appended to; what is written was redacted before. A new task also
 * becomes a {@code task_request} event, every change of its status a {@code task_status} event.
 *
 * <p>Safe for any thread. Two processes may append to different streams of a task; its metadata is
 * changed by whoever is responsible for it: its creator while it is queued, later the worker that
 * holds its lease. Every call blocks for file access and throws {@link IOException} with the file's
 * name when that fails.
 */
public final class TaskFolders {
  /** The type of the event of a changed status. */
  public static final String TASK_STATUS = "task_status";

  /** How the names of files in {@link #locks} end. */
  public static final String LOCK = "lock";

  /** How the name of a folder begins that is not complete yet, or not whole any more. */
  static final String HIDDEN = ".";

  private final TaskFolderSettings settings;
  private final Redactor redactor;
  private final FlightRecorder recorder;

  /**
   * Makes the folder of folders if it is not there.
   *
   * @param recorder gets the events; stays open
   */
  public TaskFolders(TaskFolderSettings settings, Redactor redactor, FlightRecorder recorder)
      throws IOException {
    this.settings = settings;
    this.redactor = redactor;
    this.recorder = recorder;
    OwnerOnly.createFolder(settings.folder());
  }

  public TaskFolderSettings settings() {
    return settings;
  }

  /** The folder of what running agents hold: {@code <task_id>.lock}, and what begins like it. */
  public Path locks() {
    return settings.folder().resolve(".locks");
  }

  /**
   * Makes the folder of a new task, which survives a power cut when this returns; of the flow, as
   * of all streams, that is true some seconds later.
   *
   * <p>Also says so in events. It does that again when the folder is there already, because a crash
   * may have come in between; their ids are those of the task, so a repetition changes nothing.
   *
   * @param flow the stages so far, in order of completion; keys in the order in which they are
   *     written
   * @return false when the task has a folder already, which is then left as it is
   */
  public boolean create(
      Task task, TaskInput input, List<? extends Map<String, ? extends @Nullable Object>> flow)
      throws IOException {
    boolean created = make(task, input, flow);
    AtomicFile.forceFolder(settings.folder());
    Instant at = created ? task.createdAt() : createdAt(task);
    recordRequest(task, input, at);
    recordStatus(task, null, at);
    return created;
  }

  private Instant createdAt(Task task) {
    try {
      return find(task.taskId()).map(Task::createdAt).orElse(task.createdAt());
    } catch (IOException unreadable) {
      return task.createdAt();
    }
  }

  private boolean make(
      Task task, TaskInput input, List<? extends Map<String, ? extends @Nullable Object>> flow)
      throws IOException {
    Path folder = folder(task.taskId());
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path beside = settings.folder().resolve(HIDDEN + "new-" + UUID.randomUUID());
    OwnerOnly.createFolder(beside);
    boolean created = false;
    try {
      StaticFile.writeNew(
          beside.resolve(TaskFile.METADATA.fileName()), JsonForm.of(task, Map.of()), redactor);
      StaticFile.writeNew(beside.resolve(TaskFile.INPUT.fileName()), JsonForm.of(input), redactor);
      append(beside.resolve(TaskFile.WEBHOOK_FLOW.fileName()), flow);
      AtomicFile.forceFolder(beside);
      created = renamed(beside, folder);
    } finally {
      if (!created) {
        FileTree.delete(beside);
      }
    }
    return created;
  }

  private static boolean renamed(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      return false;
    } catch (FileSystemException e) {
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      throw e;
    }
  }

  /** The task, as its folder tells. */
  public Optional<Task> find(TaskId id) throws IOException {
    return read(id, TaskFile.METADATA, map -> ownTask(id, map));
  }

  private static Task ownTask(TaskId id, Map<String, @Nullable Object> map) {
    Task task = JsonForm.task(map);
    if (!task.taskId().equals(id)) {
      throw new IllegalArgumentException("task_id is another task's: " + task.taskId());
    }
    return task;
  }

  public Optional<TaskInput> input(TaskId id) throws IOException {
    return read(id, TaskFile.INPUT, JsonForm::input);
  }

  public Optional<TaskResult> result(TaskId id) throws IOException {
    return read(id, TaskFile.FINAL_RESULT, JsonForm::result);
  }

  /** A shape that is read from an object. */
  private interface Form<T> {
    T of(Map<String, @Nullable Object> map);
  }

  private <T> Optional<T> read(TaskId id, TaskFile part, Form<T> form) throws IOException {
    Path file = folder(id).resolve(part.fileName());
    Optional<Map<String, @Nullable Object>> map = StaticFile.read(file);
    if (map.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(formed(file, part, map.get(), form));
  }

  private static <T> T formed(
      Path file, TaskFile part, Map<String, @Nullable Object> map, Form<T> form)
      throws BrokenTaskException {
    try {
      return form.of(map);
    } catch (IllegalArgumentException e) {
      throw new BrokenTaskException(file + " is no " + part.word() + ": " + e.getMessage(), e);
    }
  }

  /** The whole object, fields that this version does not know included. */
  public Optional<Map<String, @Nullable Object>> object(TaskId id, TaskFile part)
      throws IOException {
    return StaticFile.read(folder(id).resolve(part.fileName()));
  }

  /**
   * The file itself, when it is there, for those who copy bytes; of a stream that was compressed a
   * plain copy, which stays for an hour.
   *
   * @throws UncheckedIOException when a compressed stream cannot be read
   */
  public Optional<Path> file(TaskId id, TaskFile part) {
    Path file = folder(id).resolve(part.fileName());
    if (part.isStream()) {
      try {
        file = PackedStreams.readable(file, settings.folder());
      } catch (IOException e) {
        throw new UncheckedIOException(file + ".gz cannot be read: " + e, e);
      }
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Every task that has a folder, and the folders that tell none. */
  public TaskListing list() throws IOException {
    List<Task> tasks = new ArrayList<>();
    List<TaskListing.Unreadable> unreadable = new ArrayList<>();
    for (TaskId id : ids()) {
      try {
        Optional<Task> task = find(id);
        if (task.isPresent()) {
          tasks.add(task.get());
        } else if (Files.exists(folder(id), LinkOption.NOFOLLOW_LINKS)) {
          unreadable.add(
              new TaskListing.Unreadable(
                  id, folder(id) + " has no " + TaskFile.METADATA.fileName()));
        }
      } catch (IOException e) {
        unreadable.add(new TaskListing.Unreadable(id, String.valueOf(e.getMessage())));
      }
    }
    return new TaskListing(tasks, unreadable);
  }

  /** The ids of all folders, in no order. */
  public List<TaskId> ids() throws IOException {
    List<TaskId> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(settings.folder())) {
      for (Path each : folders) {
        String name = String.valueOf(each.getFileName());
        if (TaskId.isValid(name)) {
          all.add(new TaskId(name));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return all;
  }

  /**
   * Changes the metadata.
   *
   * @return the task as it is now; nothing when it has no folder
   */
  public Optional<Task> update(TaskId id, UnaryOperator<Task> change) throws IOException {
    return update(id, change, Map.of());
  }

  /** Changes the metadata, with further fields beside the task's own; null removes one. */
  public synchronized Optional<Task> update(
      TaskId id, UnaryOperator<Task> change, Map<String, ? extends @Nullable Object> further)
      throws IOException {
    Path file = folder(id).resolve(TaskFile.METADATA.fileName());
    Optional<Map<String, @Nullable Object>> map = StaticFile.read(file);
    if (map.isEmpty()) {
      return Optional.empty();
    }
    Task former = formed(file, TaskFile.METADATA, map.get(), JsonForm::task);
    Task task = change.apply(former);
    Map<String, @Nullable Object> all = JsonForm.of(task, map.get());
    further.forEach((key, value) -> {
      if (value == null) {
        all.remove(key);
      } else {
        all.put(key, value);
      }
    });
    StaticFile.write(file, all, redactor);
    if (task.status() != former.status()) {
      recordStatus(task, former, null);
    }
    return Optional.of(task);
  }

  /** Writes how the task ended; replaces an earlier result. */
  public void finish(TaskId id, TaskResult result) throws IOException {
    StaticFile.write(
        folder(id).resolve(TaskFile.FINAL_RESULT.fileName()), JsonForm.of(result), redactor);
  }

  /** Appends one stage to the webhook flow. */
  public void addStage(TaskId id, Map<String, ? extends @Nullable Object> stage)
      throws IOException {
    Path flow = folder(id).resolve(TaskFile.WEBHOOK_FLOW.fileName());
    PackedStreams.unpack(flow);
    append(flow, List.of(stage));
  }

  /** Opens the agent's output for one run. */
  public OutputLog output(TaskId id) throws IOException {
    Path file = folder(id).resolve(TaskFile.AGENT_OUTPUT.fileName());
    PackedStreams.unpack(file);
    return new OutputLog(settings.streams() ? LineFile.open(file) : null, settings.outputLimit());
  }

  private void append(Path path, List<? extends Map<String, ? extends @Nullable Object>> lines)
      throws IOException {
    if (!settings.streams() || lines.isEmpty()) {
      return;
    }
    try (LineFile file = LineFile.open(path)) {
      for (Map<String, ? extends @Nullable Object> line : lines) {
        file.append(line(line));
      }
    }
  }

  private ByteBuffer line(Map<String, ? extends @Nullable Object> object) {
    JsonWriter json = new JsonWriter().value(object);
    RedactionBuffer buffer = new RedactionBuffer();
    boolean changed = redactor.redact(json.bytes(), 0, json.length(), buffer);
    byte[] bytes = changed ? buffer.array() : json.bytes();
    int length = changed ? buffer.length() : json.length();
    return ByteBuffer.allocate(length + 1).put(bytes, 0, length).put((byte) '\n').flip();
  }

  private void recordRequest(Task task, TaskInput input, Instant at) {
    recorder
        .taskRequest(task.taskId().value(), redactor.redact(input.message()))
        .id(EventIds.ofKey("task_request:" + task.taskId()))
        .at(at)
        .detail("source", task.source())
        .detail("provider", task.provider())
        .details(input.sourceMetadata())
        .log();
  }

  private void recordStatus(Task task, @Nullable Task former, @Nullable Instant at) {
    EventBuilder event =
        recorder
            .event(TASK_STATUS, Category.EXECUTION)
            .at(at)
            .taskId(task.taskId().value())
            .agent(task.assignedAgent())
            .detail("status", task.status().word())
            .detail("previous", former == null ? null : former.status().word())
            .detail("source", task.source())
            .detail("provider", task.provider())
            .detail("agent_type", task.agentType())
            .detail("model", task.model());
    if (former == null) {
      event.id(EventIds.ofKey("task_status:" + task.taskId() + ":created"));
    }
    event.log();
  }

  /**
   * Removes the folders of tasks that finished longer ago than the retention says, compresses the
   * streams of those that finished more than seven days ago, and removes what killed processes left
   * unfinished more than an hour ago. A folder goes only when the time it tells and the time of its
   * files agree that it is old, so that a wrong clock removes nothing.
   *
   * @return how many task folders were removed
   */
  public int sweep(Instant now) throws IOException {
    return new Retention(this, settings).sweep(now);
  }

  Path folder(TaskId id) {
    return settings.folder().resolve(id.value());
  }

  @Override
  public String toString() {
    return "TaskFolders[" + settings.folder() + "]";
  }
}
