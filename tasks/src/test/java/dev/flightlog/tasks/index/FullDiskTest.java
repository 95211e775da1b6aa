package dev.flightlog.tasks.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a file system of four megabytes (Linux with namespaces). */
class FullDiskTest {
  @TempDir Path folder;

  @Test
  void afterAFullDiskTheSameIndexGoesOnAndMissesNothing() throws Exception {
    if (!run("true").containsKey("mounted")) {
      System.out.println(
          "NOT TESTED: a full disk as a small tmpfs, unshare -rm is not allowed here");
      return;
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            FullDisk.class.getName());
    Map<String, String> seen =
        run(
            String.join(" ", command.stream().map(each -> "'" + each + "'").toList())
                + " \"$MOUNT\"");
    assertThat(seen).containsEntry("first", "200");
    for (int round = 1; round < 4; round++) {
      assertThat(seen)
          .containsEntry(round + ".full0", "broken")
          .containsEntry(round + ".full1", "broken")
          .containsEntry(round + ".full2", "broken")
          .containsEntry(round + ".readable", Integer.toString(200 * round))
          .containsEntry(round + ".freed", "200")
          .containsEntry(round + ".size", Integer.toString(200 * (round + 1)));
    }
  }

  private Map<String, String> run(String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=4m flightlog-test \"$MOUNT\" && echo mounted=yes && exec "
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
    for (String line : Files.readAllLines(out)) {
      seen.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    Files.delete(out);
    System.out.println("full disk: " + seen);
    return seen;
  }
}
