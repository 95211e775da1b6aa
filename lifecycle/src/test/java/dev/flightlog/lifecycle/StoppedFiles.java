package dev.flightlog.lifecycle;

import dev.flightlog.lifecycle.files.FileOperations;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk, until a number of operations; then everything ends, before or in the middle of one. */
final class StoppedFiles implements FileOperations {
  /** A process that is no more. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final int last;
  private int done;

  StoppedFiles(int last) {
    this.last = last;
  }

  int done() {
    return done;
  }

  private void step() {
    if (done++ >= last) {
      throw new Killed();
    }
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    step();
    OutputStream out = DISK.create(file);
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        if (done++ >= last) {
          out.write(bytes, from, length / 2);
          out.close();
          throw new Killed();
        }
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
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
    if (!Files.isDirectory(folder)) {
      step();
      DISK.createFolder(folder);
    }
  }
}
