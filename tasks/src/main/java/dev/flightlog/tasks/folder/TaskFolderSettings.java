package dev.flightlog.tasks.folder;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where task folders lie and what they keep.
 *
 * @param streams whether the two streams are written; the other files always are, because the work
 *     itself needs them
 * @param folder the folder that holds one folder a task
 * @param retention how long the folder of a finished task stays; zero for ever
 * @param outputLimit bytes of agent output that a folder may hold
 */
public record TaskFolderSettings(
    boolean streams, Path folder, Duration retention, long outputLimit) {
  /** Bytes of agent output that a folder holds unless configured. */
  public static final long OUTPUT_LIMIT = 100L << 20;

  /** Everything is kept, for ever. */
  public static TaskFolderSettings in(Path folder) {
    return new TaskFolderSettings(true, folder, Duration.ZERO, OUTPUT_LIMIT);
  }

  public TaskFolderSettings outputLimit(long bytes) {
    return new TaskFolderSettings(streams, folder, retention, bytes);
  }

  public TaskFolderSettings retention(Duration kept) {
    return new TaskFolderSettings(streams, folder, kept, outputLimit);
  }

  public TaskFolderSettings streams(boolean written) {
    return new TaskFolderSettings(written, folder, retention, outputLimit);
  }
}
