package dev.flightlog.event.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files that stand where others can put something else: a pipe, which nobody may ever write
 * to, a device without end, a folder.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * All bytes of a file, or of the one that a link leads to. Blocks for the disk only.
   *
   * @throws java.nio.file.NoSuchFileException when nothing is there
   * @throws IOException when it is no regular file, or cannot be read
   */
  public static byte[] read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is no regular file");
    }
    return Files.readAllBytes(file);
  }
}
