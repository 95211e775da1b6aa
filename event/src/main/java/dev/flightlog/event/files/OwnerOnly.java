package dev.flightlog.event.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders for their owner alone, 0600 and 0700 whatever the umask, where the file system
 * knows such permissions; elsewhere the permissions of the parent folder hold. What is there
 * already keeps its permissions. Stateless; blocks for file access.
 */
public final class OwnerOnly {
  private static final FileAttribute<?>[] NONE = {};
  private static final FileAttribute<?>[] FILE = posix("rw-------");
  private static final FileAttribute<?>[] FOLDER = posix("rwx------");

  private OwnerOnly() {}

  private static FileAttribute<?>[] posix(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /**
   * Makes the folder and its missing parents.
   *
   * @throws IOException if it cannot be made, or something else has its name
   */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, hasPosix(folder) ? FOLDER : NONE);
    }
  }

  /**
   * Makes an empty file unless it is there; several may try at once.
   *
   * @return whether it was made by this call
   */
  public static boolean createFile(Path file) throws IOException {
    if (Files.exists(file)) {
      return false;
    }
    try {
      Files.createFile(file, hasPosix(file) ? FILE : NONE);
      return true;
    } catch (FileAlreadyExistsException another) {
      return false;
    }
  }

  /** Opens a channel; a file that it makes is its owner's. */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, Set.of(options), hasPosix(file) ? FILE : NONE);
  }

  /** Appends all bytes to the file, and makes it if need be; not forced to the disk. */
  public static void append(Path file, byte[] bytes) throws IOException {
    createFile(file);
    Files.write(file, bytes, StandardOpenOption.APPEND);
  }

  static boolean hasPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
