package dev.flightlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Webhooks, recorders, imports and questions go on all the time, while everything they need breaks
 * in turn ({@link Fault}). Whatever was acknowledged is done in the end, once, and nothing stays
 * broken. {@code build/chaos --minutes N --seed N} is its long form; a seed repeats the order of
 * faults.
 */
class ChaosTest {
  private static final long SECONDS = Long.getLong("flightlog.chaos.seconds", 30);
  private static final long SEED = Long.getLong("flightlog.seed", System.nanoTime());

  /**
   * Clocks are set in long runs only, where there is libfaketime: it makes a process several times
   * slower.
   */
  private static final boolean CLOCKS = SECONDS > 90;

  @TempDir Path folder;

  @Test
  @Timeout(value = 2700, unit = TimeUnit.SECONDS)
  void whateverWasAcknowledgedIsDoneOnceAndNothingStaysBroken() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    boolean mounted = run("true") == 0;
    if (!mounted) {
      System.out.println(
          "NOT TESTED: a disk that is full or read-only in the middle of everything, unshare -rm is"
              + " not allowed here");
    }
    if (CLOCKS && !Programs.clocksCanBeSet()) {
      System.out.println("NOT TESTED: clocks that are set, there is no libfaketime");
    }
    System.out.println("ChaosTest -Dflightlog.seed=" + SEED);
    List<String> chaos =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Chaos.class.getName(),
            Files.createDirectory(folder.resolve("work")).toString(),
            mounted ? mount.toString() : "-",
            Long.toString(SECONDS),
            Long.toString(SEED),
            Boolean.toString(CLOCKS));
    int exit = mounted ? run(chaos.toArray(String[]::new)) : printed(new ProcessBuilder(chaos));
    assertThat(exit).as("seed " + SEED + "; what went wrong is printed above").isZero();
  }

  /** Runs a command where a small file system is mounted; 1 when that cannot be. */
  private int run(String... command) throws InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=192m chaos \"$0\" && exec \"$@\"",
                folder.resolve("mount").toString()));
    words.addAll(List.of(command));
    try {
      return printed(new ProcessBuilder(words));
    } catch (IOException noUnshare) {
      return 1;
    }
  }

  private static int printed(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.redirectErrorStream(true).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(line);
      }
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
