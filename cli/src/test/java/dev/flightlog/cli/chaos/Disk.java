package dev.flightlog.cli.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file system that the home lies on: a small one of its own, which is filled and locked. */
final class Disk {
  private final Path place;
  private final Path filler;
  private final Path view;

  /**
   * @param place where it is mounted
   */
  Disk(Path place) {
    this.place = place;
    filler = place.resolve("filler");
    view = place.resolveSibling("view");
  }

  /** Makes what {@link #lock} needs, before anything is open. */
  void prepare() throws IOException, InterruptedException {
    Files.createDirectory(view);
    run("mount", "--bind", place.toString(), view.toString());
    run("mount", "-o", "remount,bind,ro", view.toString());
  }

  void fill() throws IOException {
    byte[] much = new byte[1 << 20];
    for (int size = much.length; size >= 4096; size /= 16) {
      try (OutputStream out =
          Files.newOutputStream(
              filler,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND)) {
        while (true) {
          out.write(much, 0, size);
        }
      } catch (IOException full) {
        continue;
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler);
  }

  /**
   * Puts a view over it through which nothing can be written. What is open for writing stays so,
   * because the system locks no file system on which files are open for writing.
   */
  void lock() throws IOException, InterruptedException {
    run("mount", "--bind", view.toString(), place.toString());
  }

  /** Takes the view away; who has opened files through it keeps them, read-only. */
  void unlock() throws IOException, InterruptedException {
    run("umount", "-l", place.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }
}
