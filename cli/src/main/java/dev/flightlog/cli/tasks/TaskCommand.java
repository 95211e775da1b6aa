package dev.flightlog.cli.tasks;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.tasks.AgentSettings;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskField;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.folder.TaskListing;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.tasks.queue.TaskQueue.Cancellation;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.worker.TaskEnding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code task}: the tasks of this home, one of them, and what can be done with it. */
public final class TaskCommand implements Command {
  private static final List<String> ACTIONS =
      List.of("list", "show", "logs", "cancel", "retry", "add");
  private static final int LISTED = 20;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "task",
            "List tasks, show one, print its logs, cancel it; retry a parked one; add one by hand. Without an action:"
                + " list, newest first.")
        .takes("[list|show|logs|cancel|retry|add] [ID|TEXT]", 0, 2)
        .with(
            Option.text(
                "--status", "S", "list: queued, running, succeeded, failed, cancelled or parked"),
            Option.text("--agent", "AGENT", "list: whose tasks; add: who shall do it"),
            Option.number(
                "--limit", "N", "list: how many (" + LISTED + " as text, all as json and csv)"),
            Option.text(
                "--part",
                "PART",
                "logs: metadata, input, webhook-flow, agent-output (unless named) or final-result"))
        .example(
            "flightlog task list --status parked",
            "flightlog task logs task-7f3a",
            "flightlog task add \"Review the last commit\" --agent reviewer");
  }

  @Override
  public Launch launch() {
    return Launch.TASKS;
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "list" : words.getFirst();
    if (!ACTIONS.contains(action)) {
      List<String> nearest = Nearest.to(action, ACTIONS, 1);
      throw CommandException.usage(
          "task has no action '"
              + SafeText.shortened(action, 40)
              + "'"
              + (nearest.isEmpty() ? "" : "; did you mean '" + nearest.getFirst() + "'?"));
    }
    try (HomeTasks tasks = HomeTasks.of(call.home())) {
      switch (action) {
        case "list" -> list(call, tasks);
        case "add" -> add(call, tasks, word(words, "a text"));
        case "show" -> show(call, tasks, known(tasks, word(words, "an id")));
        case "logs" -> logs(call, tasks, known(tasks, word(words, "an id")));
        case "retry" -> retry(call, tasks, known(tasks, word(words, "an id")));
        default -> cancel(call, tasks, known(tasks, word(words, "an id")));
      }
      return CommandException.OK;
    } catch (QueueException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static String word(List<String> words, String what) {
    if (words.size() < 2) {
      throw CommandException.usage("task " + words.getFirst() + " needs " + what);
    }
    return words.get(1);
  }

  private static Task known(HomeTasks tasks, String word) throws IOException {
    if (TaskId.isValid(word)) {
      var found = tasks.folders().find(new TaskId(word));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw CommandException.failed(
        "there is no task " + SafeText.shortened(word, 80) + "; see: flightlog task list");
  }

  private static void list(Invocation call, HomeTasks tasks) throws IOException {
    Integer limit = call.number("--limit");
    if (limit != null && limit < 0) {
      throw CommandException.usage("--limit is not negative: " + limit);
    }
    int most = limit != null ? limit : call.format() == Format.TEXT ? LISTED : Integer.MAX_VALUE;
    List<Task> all = chosen(call, tasks);
    List<TaskField> fields = TaskField.OF_METADATA;
    Table table = new Table(fields.stream().map(TaskField::key).toList());
    for (Task task : all.subList(0, Math.min(most, all.size()))) {
      table.add(fields.stream().map(field -> field.of(task)).toArray());
    }
    table.print(call.format(), call.console().out(), call.console().screen());
    if (call.format() == Format.TEXT && all.size() > most) {
      call.console().say((all.size() - most) + " more; --limit shows them");
    }
  }

  private static List<Task> chosen(Invocation call, HomeTasks tasks) throws IOException {
    String status = call.option("--status");
    if (status != null && TaskStatus.of(status).isEmpty()) {
      throw CommandException.usage(
          "--status is queued, running, succeeded, failed, cancelled or parked, not "
              + SafeText.shortened(status, 40));
    }
    String agent = call.option("--agent");
    List<Task> all = new ArrayList<>();
    TaskListing listing = tasks.folders().list();
    for (TaskListing.Unreadable each : listing.unreadable()) {
      call.console().say("task " + each.id() + " cannot be listed: " + each.reason());
    }
    for (Task task : listing.tasks()) {
      if ((status == null || task.status().word().equals(status))
          && (agent == null || agent.equals(task.assignedAgent()))) {
        all.add(task);
      }
    }
    all.sort(
        Comparator.comparing(Task::createdAt).thenComparing(t -> t.taskId().value()).reversed());
    return all;
  }

  private static void show(Invocation call, HomeTasks tasks, Task task) throws IOException {
    TaskId id = task.taskId();
    if (call.format() != Format.TEXT) {
      JsonWriter json = new JsonWriter().beginObject();
      for (TaskFile part : List.of(TaskFile.METADATA, TaskFile.INPUT, TaskFile.FINAL_RESULT)) {
        Map<String, @Nullable Object> object = tasks.folders().object(id, part).orElse(null);
        json.key(part.word().replace('-', '_')).value(object);
      }
      call.console().out().println(json.endObject());
      return;
    }
    for (TaskFile part : List.of(TaskFile.METADATA, TaskFile.INPUT, TaskFile.FINAL_RESULT)) {
      Map<String, @Nullable Object> object = tasks.folders().object(id, part).orElse(Map.of());
      object.forEach((key, value) -> {
        String text =
            value instanceof String plain ? plain : new JsonWriter().value(value).toString();
        call.console()
            .out()
            .println(SafeText.sentence(key) + ": " + SafeText.sentence(value == null ? "" : text));
      });
    }
    tasks
        .folders()
        .file(id, TaskFile.METADATA)
        .map(Path::getParent)
        .ifPresent(folder ->
            call.console().out().println("folder: " + SafeText.sentence(folder.toString())));
  }

  private static void logs(Invocation call, HomeTasks tasks, Task task) throws IOException {
    String word = call.option("--part");
    TaskFile part =
        word == null
            ? TaskFile.AGENT_OUTPUT
            : TaskFile.of(word)
                .orElseThrow(() ->
                    CommandException.usage(
                        "--part is metadata, input, webhook-flow, agent-output or final-result, not "
                            + SafeText.shortened(word, 40)));
    Path file = tasks.folders().file(task.taskId(), part).orElse(null);
    if (file == null) {
      call.console().say("task " + task.taskId() + " has no " + part.word() + " yet");
      return;
    }
    TaskLines.print(file, call.format(), call.console().out());
  }

  private static void cancel(Invocation call, HomeTasks tasks, Task task) throws IOException {
    TaskEnding ending = new TaskEnding(tasks.folders(), tasks.recorder());
    try (TaskQueue queue = HomeTasks.queue(call.home())) {
      Cancellation done = ending.cancel(queue, task.taskId(), call.console().clock().instant());
      switch (done) {
        case CANCELLED -> call.console().say("task " + task.taskId() + " is cancelled");
        case REQUESTED ->
            call.console().say("task " + task.taskId() + " runs; its worker ends the agent");
        case NOTHING ->
            throw CommandException.failed(
                "task " + task.taskId() + " is " + task.status().word() + ": nothing to cancel");
      }
    }
  }

  private static void retry(Invocation call, HomeTasks tasks, Task task) throws IOException {
    TaskEnding ending = new TaskEnding(tasks.folders(), tasks.recorder());
    try (TaskQueue queue = HomeTasks.queue(call.home())) {
      switch (ending.retry(queue, task.taskId())) {
        case QUEUED -> call.console().say("task " + task.taskId() + " is queued again");
        case WAITED -> call.console().say("task " + task.taskId() + " waits for an agent already");
        case RUNS ->
            throw CommandException.failed(
                "task "
                    + task.taskId()
                    + " runs; cancel it first: flightlog task cancel "
                    + task.taskId());
        case SUCCEEDED ->
            throw CommandException.failed(
                "task " + task.taskId() + " has succeeded; add another one");
      }
    }
  }

  private static void add(Invocation call, HomeTasks tasks, String text) throws IOException {
    String agent = call.option("--agent");
    if (agent != null && !AgentSettings.of(call.settings()).containsKey(agent)) {
      throw CommandException.failed(
          "there is no agent " + SafeText.shortened(agent, 60) + " under agents in config.json");
    }
    TaskId id = TaskId.ofKey("cli:" + UUID.randomUUID());
    Task task = Task.queued(id, "cli", null, call.console().clock().instant(), agent);
    try (TaskQueue queue = HomeTasks.queue(call.home())) {
      tasks.folders().create(task, new TaskInput(text, Map.of()), List.of());
      queue.push(id);
    }
    call.console().out().println(id);
  }
}
