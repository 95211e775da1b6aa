package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  @TempDir Path folder;

  /** On a file system of one megabyte, where a user may mount one (Linux with namespaces). */
  @Test
  void aFullDiskCostsNoExceptionNoTimeAndNoCountAndTheFirstEventAfterItIsReadable()
      throws Exception {
    boolean mounts = mayMount();
    System.out.println(
        mounts
            ? "full disk: a tmpfs of 1 MiB"
            : "NOT TESTED: a full disk as a small tmpfs, unshare -rm is not allowed here;"
                + " a blocked journal stands for it");
    String script = "mount -t tmpfs -o size=1m flightlog-test \"$MOUNT\" && exec " + java("filler");
    Map<String, String> seen = mounts ? run("unshare", "-rm", "sh", "-c", script) : blocked();
    check(seen);
    if (mounts) {
      assertThat(seen.get("problem")).contains("full");
    }
    assertThat(Integer.parseInt(seen.get("torn"))).isLessThanOrEqualTo(2);
  }

  @Test
  void aJournalThatCannotBeWrittenCostsNoMoreThanAFullDisk() throws Exception {
    Map<String, String> seen = blocked();
    check(seen);
    assertThat(seen).containsEntry("torn", "0");
  }

  private Map<String, String> blocked() throws Exception {
    List<String> command =
        Child.command(Child.currentJava(), FullDisk.class.getName(), folder.toString(), "blocked");
    return run(command.toArray(String[]::new));
  }

  private static String java(String obstacle) {
    List<String> command =
        Child.command(Child.currentJava(), FullDisk.class.getName(), "$MOUNT", obstacle);
    return String.join(" ", command.stream().map(FullDiskTest::quoted).toList());
  }

  private Map<String, String> run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MOUNT", folder.toString());
    Process child = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, String> seen = new HashMap<>();
    for (String line : Child.lines(child)) {
      seen.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    System.out.println(seen);
    assertThat(child.waitFor()).isZero();
    return seen;
  }

  private static void check(Map<String, String> seen) {
    assertThat(seen)
        .containsEntry("mapped", "true")
        .containsEntry("equal", "true")
        .containsEntry("first_found", "true")
        .containsEntry("same_as_acknowledged", "true")
        .containsEntry("copies", "0")
        .containsEntry("dropped_is_told", "true")
        .containsEntry("pending", "0")
        .containsEntry("offered_is_exact", "true")
        .containsEntry("written_is_exact", "true");
    assertThat(Integer.parseInt(seen.get("p99_micros"))).isLessThanOrEqualTo(1000);
    assertThat(Integer.parseInt(seen.get("millis_to_recover"))).isLessThanOrEqualTo(5000);
  }

  private static String quoted(String argument) {
    return argument.equals("$MOUNT") ? "\"$MOUNT\"" : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static boolean mayMount() throws InterruptedException {
    try {
      Path probe = Files.createTempDirectory("flightlog-mount");
      Process process =
          new ProcessBuilder(
                  "unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "t", probe.toString())
              .start();
      boolean mounted = process.waitFor() == 0;
      Files.delete(probe);
      return mounted;
    } catch (IOException e) {
      return false;
    }
  }
}
