package dev.flightlog.stores.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that tests start and kill. */
final class Children {
  private Children() {}

  /** The command that runs a class as this process runs. */
  static List<String> command(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Process start(Class<?> main, String... arguments) throws Exception {
    return new ProcessBuilder(command(main, arguments)).inheritIO().start();
  }

  /** Kills the process once it has told so many times that it went on. */
  static void kill(Process process, Path told, int times) throws Exception {
    String last = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (int seen = 0; seen <= times && System.nanoTime() < end && process.isAlive(); ) {
      String now = Files.exists(told) ? Files.readString(told) : "";
      if (!now.isEmpty() && !now.equals(last)) {
        last = now;
        seen++;
      }
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    if (Files.readString(told).isBlank()) {
      // It died while it told; what it had told before holds.
      Files.writeString(told, last);
    }
  }
}
