package dev.flightlog.cli.alerts;

import dev.flightlog.alerts.rules.Moment;
import dev.flightlog.alerts.rules.OpenWork.Open;
import dev.flightlog.alerts.rules.Shipping;
import dev.flightlog.alerts.rules.Storage;
import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.JournalFiles;
import dev.flightlog.home.lifecycle.Transcripts;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.index.IndexedTask;
import dev.flightlog.tasks.index.TaskQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What rules of alerts look at beside the events: waiting sessions, tasks, room on the disk. */
final class HomeConditions {
  private static final int MOST = 200;

  private final Supplier<Home> home;
  private final Index index;
  private final Answerer answerer;
  private final dev.flightlog.home.tasks.HomeTasks tasks;

  /**
   * @param answerer answers from what was taken in, without taking in more
   */
  HomeConditions(
      Supplier<Home> home,
      Index index,
      Answerer answerer,
      dev.flightlog.home.tasks.HomeTasks tasks) {
    this.home = home;
    this.index = index;
    this.answerer = answerer;
    this.tasks = tasks;
  }

  /** The sessions that wait for a person, by the same rules as the question {@code now}. */
  List<Open> waiting(Moment moment) {
    List<Open> waiting = new ArrayList<>();
    Answer answer = answerer.ask(QuestionCall.of("now").limit(MOST));
    byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
    if (!(new JsonReader().reset(json, 0, json.length).value() instanceof Map<?, ?> map)
        || !(map.get("rows") instanceof List<?> rows)) {
      return waiting;
    }
    for (Object each : rows) {
      if (each instanceof Map<?, ?> row
          && "waiting".equals(row.get("state"))
          && "yes".equals(row.get("certain"))
          && row.get("since") instanceof String since) {
        String session = String.valueOf(row.get("session"));
        Object project = row.get("project");
        waiting.add(
            new Open(
                session,
                "session "
                    + session
                    + (project == null ? "" : " of " + project)
                    + " "
                    + row.get("reason"),
                Timestamps.parse(since),
                "all of them: flightlog ask now"));
      }
    }
    return waiting;
  }

  /** The tasks that are queued or run, with the time of their last sign. */
  List<Open> tasks(Moment moment) {
    List<Open> open = new ArrayList<>();
    TaskQuery query =
        TaskQuery.all()
            .statuses(Set.of(TaskStatus.QUEUED, TaskStatus.RUNNING))
            .sort(TaskQuery.Sort.OLDEST)
            .limit(MOST);
    for (IndexedTask task : tasks.index().search(query).tasks()) {
      boolean runs = task.status() == TaskStatus.RUNNING;
      open.add(
          new Open(
              task.taskId(),
              "task " + task.taskId() + (runs ? " runs without a word" : " is queued"),
              Timestamps.of(lastSign(task)),
              runs
                  ? "what it said last: flightlog task logs " + task.taskId()
                  : "is there a worker? flightlog doctor"));
    }
    return open;
  }

  private Instant lastSign(IndexedTask task) {
    Instant started = task.startedAt();
    Instant since = started == null ? task.createdAt() : started;
    if (!TaskId.isValid(task.taskId())) {
      return since;
    }
    return tasks
        .folders()
        .file(new TaskId(task.taskId()), TaskFile.AGENT_OUTPUT)
        .map(file -> {
          try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            return written.isAfter(since) ? written : since;
          } catch (IOException e) {
            return since;
          }
        })
        .orElse(since);
  }

  /** What waits to be shipped into a store that machines share. */
  Optional<Shipping.Waiting> waitingForStore() {
    Home now = home.get();
    return HomeShipping.backlog(now)
        .map(backlog ->
            new Shipping.Waiting(
                backlog.events(),
                backlog.bytes(),
                backlog.age(now.clock().instant()),
                backlog.problem()));
  }

  /** How much room there is, and what is about to be deleted by others. */
  Storage.Room room() {
    Home now = home.get();
    try {
      List<Path> files = new ArrayList<>(index.files());
      files.addAll(JournalFiles.in(now.settings().basePath()));
      long used = 0;
      for (Path file : files) {
        used += size(file);
      }
      return new Storage.Room(
          Files.getFileStore(now.path()).getUsableSpace(),
          used,
          (long) now.settings().number(Setting.CAP_MB) << 20,
          new Transcripts(now).ending(now.clock().instant()).size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
