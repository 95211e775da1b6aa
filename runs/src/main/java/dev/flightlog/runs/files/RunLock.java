package dev.flightlog.runs.files;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Tells who has a run open: processes that log in it share the lock, and one that completes it has
 * it alone. The operating system frees it when a process dies.
 */
public final class RunLock implements AutoCloseable {
  private final FileChannel channel;
  private @Nullable FileLock lock;

  private RunLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock together with others, or answers null while one has it alone.
   *
   * @throws IOException when the folder cannot be written
   */
  public static @Nullable RunLock shared(RunFolder run) throws IOException {
    return take(run, true);
  }

  /** Takes the lock alone, or answers null while any other process logs in the run. */
  public static @Nullable RunLock alone(RunFolder run) throws IOException {
    return take(run, false);
  }

  private static @Nullable RunLock take(RunFolder run, boolean shared) throws IOException {
    if (SharedRuns.isOpen(run)) {
      return null;
    }
    Path file = run.file(RunFolder.LOCK);
    OwnerOnly.createFile(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      if (lock != null) {
        return new RunLock(channel, lock);
      }
    } catch (OverlappingFileLockException e) {
      // This process has it itself. Closing this channel could free that lock, so it stays open.
      return null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  /** Goes over to having it alone; false, and shared still, while another process logs. */
  public boolean becomeAlone() throws IOException {
    FileLock held = lock;
    if (held != null && held.isShared()) {
      held.release();
    }
    FileLock alone = channel.tryLock();
    lock = alone == null ? channel.tryLock(0, Long.MAX_VALUE, true) : alone;
    return alone != null;
  }

  /** Whether some process, this one included, logs in the run. */
  public static boolean isHeld(RunFolder run) {
    if (!Files.exists(run.file(RunFolder.LOCK)) || SharedRuns.isOpen(run)) {
      return SharedRuns.isOpen(run);
    }
    try (RunLock alone = alone(run)) {
      return alone == null;
    } catch (IOException e) {
      // Who may not write there does not log there either.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
