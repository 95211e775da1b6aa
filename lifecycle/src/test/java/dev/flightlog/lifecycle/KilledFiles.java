package dev.flightlog.lifecycle;

import dev.flightlog.lifecycle.files.FileOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The disk, until a number of operations; then the process gets {@code kill -9}. */
final class KilledFiles implements FileOperations {
  private int left;

  KilledFiles(int operations) {
    this.left = operations;
  }

  private void step() throws IOException {
    if (left-- <= 0) {
      Process kill =
          new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      kill.onExit().join();
      throw new IOException("the process outlived kill -9");
    }
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    step();
    return DISK.create(file);
  }

  @Override
  public void force(Path file) throws IOException {
    step();
    DISK.force(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    DISK.rename(from, to);
  }

  @Override
  public boolean renameIfAbsent(Path from, Path to) throws IOException {
    step();
    return DISK.renameIfAbsent(from, to);
  }

  @Override
  public void append(Path file, byte[] bytes) throws IOException {
    step();
    DISK.append(file, bytes);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    DISK.delete(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    step();
    DISK.createFolder(folder);
  }
}
