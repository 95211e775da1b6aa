package dev.flightlog.home.tasks;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.recorder.FlightRecorder;
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

/**
 * The tasks of a home, open: their folders, their index, and the recorder that writes what happens
 * to them.
 *
 * @param redactor with the key of the home
 */
public record HomeTasks(
    Redactor redactor, FlightRecorder recorder, TaskFolders folders, TaskIndex index)
    implements AutoCloseable {

  /** Opens them as the settings say. */
  public static HomeTasks of(Home home) {
    Redactor redactor = home.redactor();
    TaskIndex index = TaskIndex.open(home.file("tasks_index.db"));
    FlightRecorder recorder = FlightRecorder.open(home.recorderConfig());
    try {
      return new HomeTasks(
          redactor, recorder, new TaskFolders(folderSettings(home), redactor, recorder), index);
    } catch (IOException e) {
      recorder.close();
      index.close();
      throw new HomeException(
          "the task folders in "
              + home.settings().taskLogs()
              + " cannot be opened ("
              + e
              + "): check its permissions, or set tasks.logs_dir");
    }
  }

  /** The queue that the settings name, to be closed by the caller. */
  public static TaskQueue queue(Home home) {
    Settings settings = home.settings();
    RetryPolicy retries =
        new RetryPolicy(
            settings.number(Setting.TASK_ATTEMPTS),
            Duration.ofSeconds(settings.number(Setting.TASK_PAUSE)),
            RetryPolicy.USUAL.longestPause());
    String address = settings.text(Setting.QUEUE_ADDRESS);
    try {
      return address.isEmpty()
          ? SqliteQueue.open(home.file("tasks_queue.db"), retries)
          : RedisQueue.open(address, retries);
    } catch (QueueException | IllegalArgumentException e) {
      throw new HomeException(String.valueOf(e.getMessage()));
    }
  }

  private static TaskFolderSettings folderSettings(Home home) {
    Settings settings = home.settings();
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
