package dev.flightlog.learning.instructions;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Keeps the bytes that instruction files had before they were last written, so that they can be
 * given back exactly. One folder for all files; calls block on the disk.
 */
public final class Undo {
  private final Path folder;

  public Undo(Path folder) {
    this.folder = folder;
  }

  /** What came of giving bytes back. */
  public sealed interface Result {
    /** The file has the bytes it had. */
    record Restored(Path target, int bytes) implements Result {}

    /** The file did not exist before, and is gone again. */
    record Removed(Path target) implements Result {}

    /** Nothing was ever written there, or it was given back already. */
    record NothingToUndo(Path target) implements Result {}

    /** Somebody changed the file since; it was left alone. */
    record ChangedSince(Path target) implements Result {}
  }

  /**
   * Keeps a change before it is made, and makes it. A crash between the two leaves a change that
   * cannot be undone because it was not made.
   *
   * @return whether it was made; false when the file has changed since it was read
   */
  public boolean write(Plan.Change change) throws IOException {
    OwnerOnly.createFolder(folder);
    AtomicFile.write(kept(change.target(), "before"), change.before());
    AtomicFile.write(kept(change.target(), "after"), change.after());
    return InstructionFile.write(change);
  }

  /** Notes that a file was made, with this content, where there was none. */
  public void made(Path file, byte[] content) throws IOException {
    OwnerOnly.createFolder(folder);
    Path target = file.toRealPath();
    Files.deleteIfExists(kept(target, "before"));
    AtomicFile.write(kept(target, "after"), content);
  }

  /** Gives a file back the bytes that it had before it was last written. */
  public Result undo(Path file) throws IOException {
    Path target = file.toRealPath();
    byte[] after;
    try {
      after = Files.readAllBytes(kept(target, "after"));
    } catch (NoSuchFileException e) {
      return new Result.NothingToUndo(target);
    }
    if (!Arrays.equals(Files.readAllBytes(target), after)) {
      return new Result.ChangedSince(target);
    }
    if (!Files.exists(kept(target, "before"))) {
      Files.delete(target);
      Files.delete(kept(target, "after"));
      return new Result.Removed(target);
    }
    byte[] before = Files.readAllBytes(kept(target, "before"));
    if (!InstructionFile.undo(new Plan.Change(target, before, after))) {
      return new Result.ChangedSince(target);
    }
    Files.deleteIfExists(kept(target, "after"));
    Files.deleteIfExists(kept(target, "before"));
    return new Result.Restored(target, before.length);
  }

  private Path kept(Path target, String which) {
    return folder.resolve(Sha256.hex(target.toString()).substring(0, 16) + "." + which);
  }
}
