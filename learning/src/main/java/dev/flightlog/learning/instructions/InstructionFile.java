package dev.flightlog.learning.instructions;

import dev.flightlog.event.files.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

/**
 * A file by which agents are instructed, and that belongs to somebody else: only our block in it is
 * ours. Every other byte, the mode, the owner, the line ends and a symbolic link stay as they are.
 *
 * <p>Stateless but for its path; calls block on the disk.
 */
public final class InstructionFile {
  private final Path path;

  public InstructionFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  public Path path() {
    return path;
  }

  /**
   * What the file would become; nothing is written.
   *
   * @return a change, possibly to the same bytes, or the reason why the file must be left alone
   */
  public Plan plan(Block block) throws IOException {
    return switch (ForeignFile.of(path)) {
      case ForeignFile.Missing missing ->
          new Plan.Refused(
              path + " does not exist: create it (an empty file will do) and try again");
      case ForeignFile.Refused refused -> new Plan.Refused(refused.reason());
      case ForeignFile.Read read -> plan(read.target(), read.bytes(), block);
    };
  }

  private Plan plan(Path target, byte[] before, Block block) {
    return switch (BlockPlace.of(before)) {
      case BlockPlace.Unclear unclear ->
          new Plan.Refused(path + " was left alone: " + unclear.reason());
      case BlockPlace place ->
          new Plan.Change(target, before, BlockPlace.with(before, block, place));
    };
  }

  /**
   * Writes what was planned, unless the file has changed since: beside it, then put in its place in
   * one step, so that a reader or a crash meets the old or the new bytes, whole.
   *
   * @return whether it was written; false when the file has changed since
   */
  public static boolean write(Plan.Change change) throws IOException {
    return replace(change.target(), change.before(), change.after());
  }

  /**
   * Gives a file back the bytes that it had, unless somebody has changed it since.
   *
   * @return whether it was written
   */
  public static boolean undo(Plan.Change change) throws IOException {
    return replace(change.target(), change.after(), change.before());
  }

  private static boolean replace(Path target, byte[] expected, byte[] wanted) throws IOException {
    if (Arrays.equals(expected, wanted)) {
      return Arrays.equals(Files.readAllBytes(target), expected);
    }
    Path beside =
        target.resolveSibling(
            "." + target.getFileName() + "." + Sha256.hex(wanted).substring(0, 8) + ".tmp");
    try {
      Files.copy(
          target, beside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      keepOwner(target, beside);
      try (FileChannel channel =
          FileChannel.open(
              beside, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(wanted);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      if (!Arrays.equals(Files.readAllBytes(target), expected)) {
        return false;
      }
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void keepOwner(Path from, Path to) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes made = view.readAttributes();
    if (!made.owner().equals(wanted.owner())) {
      view.setOwner(wanted.owner());
    }
    if (!made.group().equals(wanted.group())) {
      view.setGroup(wanted.group());
    }
    view.setPermissions(wanted.permissions());
  }
}
