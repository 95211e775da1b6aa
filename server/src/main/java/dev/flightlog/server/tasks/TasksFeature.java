package dev.flightlog.server.tasks;

import dev.flightlog.event.Timestamps;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.ProblemException;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.csv.TaskCsv;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.index.IndexedTask;
import dev.flightlog.tasks.index.TaskIndex;
import dev.flightlog.tasks.index.TaskIndexException;
import dev.flightlog.tasks.index.TaskPage;
import dev.flightlog.tasks.index.TaskQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/tasks} searches; {@code GET /api/tasks/{task_id}/logs/...} answers the files of a
 * task's folder as they are, and all of them at once.
 */
public final class TasksFeature implements Feature {
  private static final int MOST_LINES = 1_000_000;
  private static final int MOST_ROWS = 20_000;

  private static final Parameter TASK =
      Parameter.path(
          "task_id",
          Schema.text().pattern("^task-[a-z0-9][a-z0-9-]{2,62}[a-z0-9]$"),
          "the name of the task");
  private static final Parameter TAIL =
      Parameter.query(
          "tail", Schema.integer().between(0, MOST_LINES), "only the last lines, so many");

  private final TaskFolders folders;
  private final TaskIndex index;
  private final Runnable takeIn;
  private final int mostRows;

  /**
   * Folders and index stay open.
   *
   * @param takeIn brings what happened until now into the index; called by many threads
   */
  public TasksFeature(TaskFolders folders, TaskIndex index, Runnable takeIn) {
    this(folders, index, takeIn, MOST_ROWS);
  }

  /**
   * @param mostRows of tasks as CSV
   */
  TasksFeature(TaskFolders folders, TaskIndex index, Runnable takeIn, int mostRows) {
    this.folders = folders;
    this.index = index;
    this.takeIn = takeIn;
    this.mostRows = mostRows;
  }

  @Override
  public String name() {
    return "tasks";
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(search());
    routes.add(
        Route.get("/api/tasks/{task_id}", "One task", this::one)
            .with(TASK)
            .answers(
                Reply.json(200, TaskJson.TASK, "What is known of it; as a row of the search."),
                Reply.problem(404, "There is no such task.")));
    for (TaskFile part : TaskFile.values()) {
      routes.add(part.isStream() ? stream(part) : object(part));
    }
    routes.add(
        Route.get("/api/tasks/{task_id}/logs/full", "All files of a task as one object", this::full)
            .with(TASK, TAIL)
            .describe("With 'tail', only so many lines of each of the two streams.")
            .answers(
                Reply.json(200, TaskJson.FULL, "The task; what it has not yet is null."),
                Reply.empty(304, "As in If-None-Match."),
                Reply.problem(404, "There is no such task.")));
    return routes;
  }

  private Route search() {
    return Route.get("/api/tasks", "Search tasks", this::find)
        .with(
            Parameter.query(
                    "status",
                    Schema.oneOf(Arrays.stream(TaskStatus.values()).map(TaskStatus::word).toList()),
                    "any of these; may be given several times")
                .many(),
            Parameter.query("agent", Schema.text(), "only of this agent"),
            Parameter.query("provider", Schema.text(), "only from this webhook provider"),
            Parameter.query("source", Schema.text(), "how it came: webhook, cli, api, events"),
            Parameter.query("from", Schema.time(), "created then or later: a date or a time, UTC"),
            Parameter.query("to", Schema.time(), "created before: a date or a time, UTC"),
            Parameter.query("min_cost", Schema.number(), "US dollars, at least"),
            Parameter.query(
                "text",
                Schema.text(),
                "words in request or error: \"in quotes\" together, 'deplo*' as a beginning"),
            Parameter.query("sort", Schema.oneOf(sorts()).byDefault("newest"), "in which order"),
            Parameter.query(
                "limit", Schema.integer().between(1, TaskQuery.MOST).byDefault(50), "at most"),
            Parameter.query("page", Schema.text(), "'next' of the answer before, to go on there"),
            Parameter.query(
                "format",
                Schema.oneOf(List.of("json", "csv")).byDefault("json"),
                "csv: all that are found, refused above "
                    + mostRows
                    + ", as flightlog export tasks has them"))
        .answers(
            Reply.json(200, TaskJson.PAGE, "A page; 'next' is null behind the last one."),
            Reply.of(200, "text/csv", Schema.text(), "a line a task"));
  }

  private Route object(TaskFile part) {
    return Route.get(
            path(part), "The file " + part.fileName(), request -> sendObject(request, part))
        .with(TASK)
        .answers(
            Reply.json(200, Schema.object(), "The file, as it is."),
            Reply.empty(304, "As in If-None-Match."),
            Reply.problem(404, "There is no such task, or it has no such file yet."));
  }

  private Route stream(TaskFile part) {
    return Route.get(
            path(part), "The file " + part.fileName(), request -> sendStream(request, part))
        .with(
            TASK,
            TAIL,
            Parameter.header("Range", Schema.text().example("bytes=-4096"), "one range of bytes"))
        .describe("Grows while the task runs. 'tail' and 'Range' both shorten it; not together.")
        .answers(
            Reply.of(200, LogFile.LINES, Schema.text(), "The lines, one JSON object each."),
            Reply.of(206, LogFile.LINES, Schema.text(), "The range."),
            Reply.empty(304, "As in If-None-Match."),
            Reply.problem(404, "There is no such task, or it has no such file yet."),
            Reply.problem(416, "There are no such bytes."));
  }

  private static String path(TaskFile part) {
    return "/api/tasks/{task_id}/logs/" + part.word();
  }

  private static List<String> sorts() {
    return Arrays.stream(TaskQuery.Sort.values())
        .map(sort -> sort.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private Response find(Request request) throws IOException {
    Long limit = request.number("limit", 1, TaskQuery.MOST);
    TaskQuery query =
        TaskQuery.all()
            .statuses(statuses(request))
            .agent(request.query("agent"))
            .provider(request.query("provider"))
            .source(request.query("source"))
            .from(time(request, "from"))
            .to(time(request, "to"))
            .minCost(cost(request))
            .text(request.query("text"))
            .sort(sort(request))
            .limit(limit == null ? 50 : limit.intValue())
            .page(request.query("page"));
    if (query.page() == null) {
      takeIn.run();
    }
    String format = request.query("format");
    if ("csv".equals(format)) {
      return csv(query, limit != null);
    } else if (format != null && !format.equals("json")) {
      throw Problem.badRequest("'format' is json or csv, not '" + format + "'").exception();
    }
    TaskPage page = page(query);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tasks", page.tasks().stream().map(TaskJson::of).toList());
    json.put("next", page.next());
    return Response.value(200, json);
  }

  private TaskPage page(TaskQuery query) {
    try {
      return index.search(query);
    } catch (TaskIndexException e) {
      if (e.isWrongQuestion()) {
        throw Problem.badRequest(String.valueOf(e.getMessage())).exception();
      }
      throw e;
    }
  }

  /** All tasks that are found, or a page where its size was asked for. */
  private Response csv(TaskQuery query, boolean onePage) throws IOException {
    StringBuilder out = new StringBuilder();
    TaskCsv csv = new TaskCsv(out);
    TaskQuery next = onePage ? query : query.limit(Math.min(TaskQuery.MOST, mostRows));
    int rows = 0;
    while (true) {
      TaskPage page = page(next);
      for (IndexedTask task : page.tasks()) {
        csv.write(task);
      }
      rows += page.tasks().size();
      if (onePage || page.next() == null) {
        break;
      }
      if (rows >= mostRows) {
        throw Problem.badRequest(tooMany()).exception();
      }
      next = next.page(page.next());
    }
    return Response.of(200, "text/csv; charset=utf-8", out.toString())
        .header("Content-Disposition", "attachment; filename=\"tasks.csv\"");
  }

  private String tooMany() {
    return "more than "
        + mostRows
        + " tasks are found: narrow them by 'from' and 'to', take pages by 'limit' and 'page', or"
        + " run flightlog export tasks, which has no limit";
  }

  private Response one(Request request) {
    takeIn.run();
    return index
        .find(request.pathParameter("task_id"))
        .map(task -> Response.value(200, TaskJson.of(task)))
        .orElseThrow(TasksFeature::unknown);
  }

  private static Set<TaskStatus> statuses(Request request) {
    Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
    for (String word : request.queries("status")) {
      statuses.add(
          TaskStatus.of(word)
              .orElseThrow(
                  () -> Problem.badRequest("there is no status '" + word + "'").exception()));
    }
    return statuses;
  }

  private static @Nullable Instant time(Request request, String name) {
    String text = request.query(name);
    if (text == null) {
      return null;
    }
    long micros = Timestamps.parse(text);
    if (micros == Timestamps.NONE) {
      throw Problem.badRequest("'" + name + "' is a date or an RFC 3339 time, not '" + text + "'")
          .exception();
    }
    return Timestamps.instant(micros);
  }

  private static @Nullable Double cost(Request request) {
    String text = request.query("min_cost");
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw Problem.badRequest("'min_cost' is US dollars such as 0.25, not '" + text + "'")
          .exception();
    }
    return Double.valueOf(text);
  }

  private static TaskQuery.Sort sort(Request request) {
    String word = request.query("sort");
    if (word == null) {
      return TaskQuery.Sort.NEWEST;
    }
    for (TaskQuery.Sort sort : TaskQuery.Sort.values()) {
      if (sort.name().toLowerCase(Locale.ROOT).equals(word)) {
        return sort;
      }
    }
    throw Problem.badRequest("'sort' is one of " + String.join(", ", sorts())).exception();
  }

  private Response sendObject(Request request, TaskFile part) throws IOException {
    return LogFile.object(request, file(request, part));
  }

  private Response sendStream(Request request, TaskFile part) throws IOException {
    return LogFile.stream(request, file(request, part), request.number("tail", 0, MOST_LINES));
  }

  private Response full(Request request) throws IOException {
    TaskId id = task(request);
    return new FullLog(folders, id, request.number("tail", 0, MOST_LINES)).response(request);
  }

  private Path file(Request request, TaskFile part) {
    TaskId id = task(request);
    return folders
        .file(id, part)
        .orElseThrow(
            () -> Problem.notFound("the task " + id + " has no " + part.fileName()).exception());
  }

  /** The task that the path names, if it has a folder. */
  private TaskId task(Request request) {
    String text = request.pathParameter("task_id");
    if (!TaskId.isValid(text)) {
      throw unknown();
    }
    TaskId id = new TaskId(text);
    if (folders.file(id, TaskFile.METADATA).isEmpty()) {
      throw unknown();
    }
    return id;
  }

  private static ProblemException unknown() {
    return Problem.notFound("there is no task with this id; GET /api/tasks lists them").exception();
  }
}
