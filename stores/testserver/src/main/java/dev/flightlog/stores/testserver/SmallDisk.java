package dev.flightlog.stores.testserver;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk in memory that only the processes of one command see, and that ends with them. */
record SmallDisk(int megabytes) {

  /** The beginning of a command that has this disk at a folder. */
  List<String> mounting(Path folder) {
    return List.of(
        "unshare",
        "-rm",
        "sh",
        "-c",
        "mount -t tmpfs -o size=" + megabytes + "m flightlog-test \"$0\" && exec \"$@\"",
        folder.toString());
  }

  /** Whether this process may have such disks. */
  boolean isAllowed() {
    Path folder = ClickHouseNode.temporaryFolder();
    List<String> command = new ArrayList<>(mounting(folder));
    command.add("true");
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      Folders.delete(folder);
    }
  }

  /** A file as a process sees it. */
  static Path within(Process process, Path file) {
    return Path.of("/proc", Long.toString(process.pid()), "root", file.toString().substring(1));
  }

  /** Writes a file until the disk is full. */
  static void fill(Path file) {
    byte[] some = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      // It is.
    }
  }
}
