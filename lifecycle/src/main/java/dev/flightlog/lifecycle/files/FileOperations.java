package dev.flightlog.lifecycle.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * All that a run does to files. A run is safe when it may end before and after each of these calls:
 * that is how it is tested. Implementations are stateless, block, and fail with the name of the
 * file.
 */
public interface FileOperations {
  /** The disk. */
  FileOperations DISK = new Disk();

  /** Begins a file for its owner only; one that is there, left by a run that ended, is emptied. */
  OutputStream create(Path file) throws IOException;

  /** Makes the bytes of the file survive a power cut. */
  void force(Path file) throws IOException;

  /** Gives the file another name in the same folder, in place of what has it; at once. */
  void rename(Path from, Path to) throws IOException;

  /**
   * Gives the file another name, unless something has it.
   *
   * @return false when something has it; then nothing happened
   */
  boolean renameIfAbsent(Path from, Path to) throws IOException;

  /** Appends the bytes in one write, and makes them survive a power cut. */
  void append(Path file, byte[] bytes) throws IOException;

  /** Removes the file; nothing happens when it is not there. */
  void delete(Path file) throws IOException;

  /** Makes the folder and its missing parents, for their owner only. */
  void createFolder(Path folder) throws IOException;
}
