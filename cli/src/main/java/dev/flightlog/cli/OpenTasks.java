package dev.flightlog.cli;

import dev.flightlog.cli.settings.Setting;
import dev.flightlog.cli.settings.Settings;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.Content;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.index.TaskIndex;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.RedisQueue;
import dev.flightlog.tasks.queue.RetryPolicy;
import dev.flightlog.tasks.queue.SqliteQueue;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * The tasks of a home, open: their folders, their index, and the recorder that writes what happens
 * to them.
 *
 * @param redactor with the key of the home
 */
record OpenTasks(Redactor redactor, FlightRecorder recorder, TaskFolders folders, TaskIndex index)
    implements AutoCloseable {

  /** Opens them as the settings say. */
  static OpenTasks of(Call call) {
    Redactor redactor = Index.redactor(call);
    TaskIndex index = TaskIndex.open(call.home().resolve("tasks_index.db"));
    FlightRecorder recorder = FlightRecorder.open(recorderConfig(call));
    try {
      return new OpenTasks(
          redactor, recorder, new TaskFolders(folderSettings(call), redactor, recorder), index);
    } catch (IOException e) {
      recorder.close();
      index.close();
      throw Failure.failed(
          "the task folders in "
              + call.settings().taskLogs()
              + " cannot be opened ("
              + e
              + "): check its permissions, or set tasks.logs_dir");
    }
  }

  /** The queue that the settings name, to be closed by the caller. */
  static TaskQueue queue(Call call) {
    Settings settings = call.settings();
    RetryPolicy retries =
        new RetryPolicy(
            settings.number(Setting.TASK_ATTEMPTS),
            Duration.ofSeconds(settings.number(Setting.TASK_PAUSE)),
            RetryPolicy.USUAL.longestPause());
    String address = settings.text(Setting.QUEUE_ADDRESS);
    try {
      return address.isEmpty()
          ? SqliteQueue.open(call.home().resolve("tasks_queue.db"), retries, call.console().clock())
          : RedisQueue.open(address, retries);
    } catch (QueueException | IllegalArgumentException e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  private static RecorderConfig recorderConfig(Call call) {
    Settings settings = call.settings();
    return RecorderConfig.at(call.basePath())
        .home(call.home())
        .story(settings.text(Setting.CURRENT_STORY))
        .content(Content.valueOf(settings.text(Setting.CONTENT).toUpperCase(Locale.ROOT)));
  }

  private static TaskFolderSettings folderSettings(Call call) {
    Settings settings = call.settings();
    return TaskFolderSettings.in(settings.taskLogs())
        .streams(settings.flag(Setting.TASK_LOGS_ENABLED))
        .outputLimit((long) settings.number(Setting.TASK_OUTPUT_LIMIT) << 20)
        .retention(Duration.ofDays(settings.number(Setting.TASK_LOGS_RETENTION_DAYS)));
  }

  @Override
  public void close() {
    recorder.close();
    index.close();
  }
}
