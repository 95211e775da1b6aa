package dev.flightlog.server.dashboard;

import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.pages.OneTaskPage;
import dev.flightlog.dashboard.pages.TaskRecord;
import dev.flightlog.dashboard.pages.TasksPage;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.index.IndexedTask;
import dev.flightlog.tasks.index.TaskIndexException;
import dev.flightlog.tasks.index.TaskPage;
import dev.flightlog.tasks.index.TaskQuery;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks, one task, and what can be done with it. */
final class TaskRoutes implements PageRoutes {
  /** So much of the end of an output is shown. */
  private static final int SHOWN_BYTES = 256 * 1024;

  private static final int SHOWN_LINES = 500;
  private static final int FORM_BYTES = 16 * 1024;

  private final DashboardData data;
  private final TaskActions tasks;
  private final Pages pages;

  TaskRoutes(DashboardData data, TaskActions tasks) {
    this.data = data;
    this.tasks = tasks;
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        pages.scoped(
            "/tasks",
            "Tasks, the newest first",
            this::tasks,
            Parameter.query("status", Schema.text(), "only of this status"),
            Parameter.query("text", Schema.text(), "words in request or error"),
            Parameter.query("page", Schema.text(), "where the page begins")),
        pages.plain(
            "/task",
            "One task",
            this::task,
            Parameter.query("id", Schema.text(), "the task").needed(),
            Parameter.query("done", Schema.text(), "what was just done with it")),
        action("/task/cancel", "Cancel a task", this::cancel),
        action("/task/retry", "Try a task again", this::retry));
  }

  private static Route action(
      String path, String summary, dev.flightlog.server.web.Handler handler) {
    return Route.post(path, summary, handler)
        .takes(FormFields.PAYLOAD)
        .limits(Limits.DEFAULT.body(FORM_BYTES))
        .answers(
            Reply.empty(303, "It is done; the page of the task says what."),
            Reply.problem(404, "There is no such task."));
  }

  private Page tasks(Request request, View view) {
    String word = request.query("status");
    TaskStatus status = word == null ? null : TaskStatus.of(word).orElse(null);
    TasksPage.Choice choice =
        new TasksPage.Choice(status, request.query("text"), request.query("page"));
    if (choice.page() == null) {
      tasks.takeIn().run();
    }
    TaskQuery query =
        TaskQuery.all()
            .statuses(status == null ? java.util.Set.of() : java.util.Set.of(status))
            .agent(view.scope().agent())
            .text(choice.text())
            .limit(100)
            .page(choice.page());
    try {
      return TasksPage.of(tasks.index().search(query), choice, null, view);
    } catch (TaskIndexException e) {
      if (e.isWrongQuestion()) {
        return TasksPage.of(new TaskPage(List.of(), null), choice, e.getMessage(), view);
      }
      throw e;
    }
  }

  private Page task(Request request, View view) throws IOException {
    tasks.takeIn().run();
    String id = SessionRoutes.needed(request, "id");
    IndexedTask task = tasks.index().find(id).orElseThrow(TaskRoutes::unknown);
    Optional<TaskId> folder =
        TaskId.isValid(id) && tasks.folders().file(new TaskId(id), TaskFile.METADATA).isPresent()
            ? Optional.of(new TaskId(id))
            : Optional.empty();
    String done = done(request.query("done"));
    if (folder.isEmpty()) {
      return OneTaskPage.of(
          new TaskRecord(task, Map.of(), List.of(), List.of(), false, Map.of(), false, done), view);
    }
    Lines stages = lines(folder.get(), TaskFile.WEBHOOK_FLOW);
    Lines output = lines(folder.get(), TaskFile.AGENT_OUTPUT);
    return OneTaskPage.of(
        new TaskRecord(
            task,
            object(folder.get(), TaskFile.INPUT),
            stages.all(),
            output.all(),
            output.cut(),
            object(folder.get(), TaskFile.FINAL_RESULT),
            true,
            done),
        view);
  }

  private static @Nullable String done(@Nullable String word) {
    return switch (word == null ? "" : word) {
      case "cancelled" -> "It is cancelled.";
      case "requested" -> "It runs; its worker ends the agent within some seconds.";
      case "nothing" -> "There was nothing to cancel.";
      case "queued" -> "It waits for an agent again.";
      case "waited" -> "It waited for an agent already.";
      case "runs" -> "It runs; cancel it first.";
      case "succeeded" -> "It has succeeded: there is nothing to do again.";
      default -> null;
    };
  }

  private Map<String, @Nullable Object> object(TaskId id, TaskFile part) throws IOException {
    return tasks.folders().object(id, part).orElse(Map.of());
  }

  /** The last lines of a stream; those that are no objects, because they were torn, left out. */
  private record Lines(List<Map<String, @Nullable Object>> all, boolean cut) {}

  private Lines lines(TaskId id, TaskFile part) throws IOException {
    Path file = tasks.folders().file(id, part).orElse(null);
    if (file == null) {
      return new Lines(List.of(), false);
    }
    byte[] end;
    boolean cut;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, in.length() - SHOWN_BYTES);
      cut = from > 0;
      in.seek(from);
      end = new byte[(int) (in.length() - from)];
      in.readFully(end);
    }
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < end.length; i++) {
      if (end[i] == '\n') {
        object(end, begin, i).ifPresent(lines::add);
        begin = i + 1;
      }
    }
    int first = Math.max(0, lines.size() - SHOWN_LINES);
    return new Lines(lines.subList(first, lines.size()), cut || first > 0);
  }

  private static Optional<Map<String, @Nullable Object>> object(byte[] bytes, int from, int to) {
    try {
      JsonReader reader = new JsonReader().reset(bytes, from, to);
      Object value = reader.value();
      reader.finish();
      return value instanceof Map<?, ?> map ? Optional.of(object(map)) : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> read) {
    Map<String, @Nullable Object> object = new java.util.LinkedHashMap<>();
    read.forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }

  private Response cancel(Request request) throws IOException {
    TaskId id = id(request);
    return switch (tasks.ending().cancel(tasks.queue(), id, data.clock().instant())) {
      case CANCELLED -> back(id, "cancelled");
      case REQUESTED -> back(id, "requested");
      case NOTHING -> back(id, "nothing");
    };
  }

  private Response retry(Request request) throws IOException {
    TaskId id = id(request);
    return switch (tasks.ending().retry(tasks.queue(), id)) {
      case QUEUED -> back(id, "queued");
      case WAITED -> back(id, "waited");
      case RUNS -> back(id, "runs");
      case SUCCEEDED -> back(id, "succeeded");
    };
  }

  private TaskId id(Request request) {
    String id = FormFields.needed(FormFields.of(request), "id");
    if (!TaskId.isValid(id) || tasks.folders().file(new TaskId(id), TaskFile.METADATA).isEmpty()) {
      throw unknown();
    }
    return new TaskId(id);
  }

  private static Response back(TaskId id, String done) {
    return Response.empty(303)
        .header("Location", Link.to("/task").with("id", id.value()).with("done", done).text());
  }

  private static dev.flightlog.server.web.ProblemException unknown() {
    return Problem.notFound("there is no task with this id").exception();
  }
}
