package dev.flightlog.tasks.folder;

import dev.flightlog.event.files.FileTree;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Removes what is old from the folder of folders. For one call. */
final class Retention {
  private static final Duration LEFTOVER = Duration.ofHours(1);

  /** So long the streams of a finished task stay plain. */
  private static final Duration PLAIN = Duration.ofDays(7);

  private final TaskFolders folders;
  private final TaskFolderSettings settings;

  Retention(TaskFolders folders, TaskFolderSettings settings) {
    this.folders = folders;
    this.settings = settings;
  }

  int sweep(Instant now) throws IOException {
    removeLeftovers(now.minus(LEFTOVER));
    PackedStreams.removeCopies(settings.folder(), now.minus(LEFTOVER));
    pack(now.minus(PLAIN));
    if (settings.retention().isZero()) {
      return 0;
    }
    Instant before = now.minus(settings.retention());
    int removed = 0;
    for (TaskId id : folders.ids()) {
      if (isOld(id, before)) {
        // Renamed first: what a reader finds under a task's name is whole.
        Path away = settings.folder().resolve(TaskFolders.HIDDEN + "deleted-" + UUID.randomUUID());
        Files.move(folders.folder(id), away, StandardCopyOption.ATOMIC_MOVE);
        FileTree.delete(away);
        Files.deleteIfExists(folders.locks().resolve(id + "." + TaskFolders.LOCK));
        removed++;
      }
    }
    return removed;
  }

  private void pack(Instant before) throws IOException {
    for (TaskId id : folders.ids()) {
      if (hasPlainStream(id) && isOld(id, before)) {
        for (TaskFile part : TaskFile.values()) {
          if (part.isStream()) {
            PackedStreams.pack(folders.folder(id).resolve(part.fileName()));
          }
        }
      }
    }
  }

  private boolean hasPlainStream(TaskId id) {
    Path folder = folders.folder(id);
    return Files.exists(folder.resolve(TaskFile.WEBHOOK_FLOW.fileName()))
        || Files.exists(folder.resolve(TaskFile.AGENT_OUTPUT.fileName()));
  }

  private boolean isOld(TaskId id, Instant before) throws IOException {
    Optional<Task> task;
    Optional<TaskResult> result;
    try {
      task = folders.find(id);
      result = folders.result(id);
    } catch (IOException e) {
      // Nobody knows what this was; it stays for whoever looks into it.
      return false;
    }
    if (task.isEmpty() || !task.get().status().isFinal()) {
      return false;
    }
    // A parked task waits for a person.
    if (task.get().status() == TaskStatus.PARKED) {
      return false;
    }
    Instant told = result.isPresent() ? result.get().completedAt() : task.get().createdAt();
    Optional<Path> metadata = folders.file(id, TaskFile.METADATA);
    return told.isBefore(before)
        && metadata.isPresent()
        && Files.getLastModifiedTime(metadata.get()).toInstant().isBefore(before);
  }

  private void removeLeftovers(Instant before) throws IOException {
    try (DirectoryStream<Path> hidden =
        Files.newDirectoryStream(settings.folder(), TaskFolders.HIDDEN + "{new,deleted}-*")) {
      for (Path each : hidden) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
          FileTree.delete(each);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
