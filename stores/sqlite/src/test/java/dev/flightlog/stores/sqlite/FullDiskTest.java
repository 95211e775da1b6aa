package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a file system of three megabytes (Linux with namespaces). */
class FullDiskTest {
  @TempDir Path folder;

  @Test
  void afterAFullDiskTheSameStoreGoesOnAsSoonAsThereIsSpace() throws Exception {
    if (!run("true").containsKey("mounted")) {
      System.out.println(
          "NOT TESTED: a full disk as a small tmpfs, unshare -rm is not allowed here;"
              + " SqliteFileTest bounds the pages of the file instead");
      return;
    }
    Map<String, String> seen =
        run(
            String.join(
                " ",
                Children.command(FullDisk.class, "$MOUNT").stream()
                    .map(FullDiskTest::quoted)
                    .toList()));
    for (int round = 0; round < 3; round++) {
      String before = Integer.toString(400 + 200 * round);
      assertThat(seen)
          .containsEntry(round + ".full0", "FULL")
          .containsEntry(round + ".full1", "FULL")
          .containsEntry(round + ".full2", "FULL")
          .containsEntry(round + ".marks", "{calls=" + before + "}")
          .containsEntry(round + ".count", before)
          .containsEntry(round + ".inserted", "200")
          .containsEntry(round + ".again", Integer.toString(600 + 200 * round));
    }
    assertThat(seen).containsEntry("whole", "ok");
  }

  private Map<String, String> run(String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=3m flightlog-test \"$MOUNT\" && echo mounted=yes && exec "
                + command);
    builder.environment().put("MOUNT", folder.toString());
    Path out = Files.createTempFile("full-disk", ".out");
    try {
      builder.redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.start().waitFor();
    } catch (IOException e) {
      return Map.of(); // There is no unshare.
    }
    Map<String, String> seen = new HashMap<>();
    List<String> lines = Files.readAllLines(out);
    Files.delete(out);
    for (String line : lines) {
      seen.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    System.out.println("full disk: " + seen);
    return seen;
  }

  private static String quoted(String argument) {
    return argument.equals("$MOUNT") ? "\"$MOUNT\"" : "'" + argument.replace("'", "'\\''") + "'";
  }
}
