package dev.flightlog.recorder.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files and folders for their owner alone, 0600 and 0700, where the file system knows such
 * permissions; elsewhere the permissions of the parent folder hold.
 */
public final class Owner {
  private static final FileAttribute<?>[] NONE = {};
  private static final FileAttribute<?>[] FILE = posix("rw-------");
  private static final FileAttribute<?>[] FOLDER = posix("rwx------");

  private Owner() {}

  private static FileAttribute<?>[] posix(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /** The attributes to make a file with, for {@link java.nio.file.Files} and channels. */
  public static FileAttribute<?>[] fileAttributes(Path path) {
    return hasPosix(path) ? FILE : NONE;
  }

  /** Makes the folder and its missing parents. */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, hasPosix(folder) ? FOLDER : NONE);
    }
  }

  private static boolean hasPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
